"""How results look on the terminal: JSON, CSV, tables, summaries."""

from __future__ import annotations

import codecs
import csv
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from flows.output_tables import cell_text, jsonable, print_table

if TYPE_CHECKING:
    from flows.load.checks import CheckResult

# Of report.sources and report.problems, what a look at the store needs; the views have the rest.
STATUS_SOURCES = ("source", "documents", "words", "last_published_at", "is_stale")
STATUS_PROBLEMS = ("code", "severity", "source", "problems", "example_message")


def escape_what_cannot_be_shown() -> None:
    """Let standard output take what its encoding has no characters for, as JSON escapes it.

    Python would end the command: a terminal in Latin-1 knows no Chinese, one in GBK no emoji. What somebody chose in
    PYTHONIOENCODING stays.
    """
    codecs.register_error("json-escape", _escaped)
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="json-escape")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex(" ", 2)
    return "".join(f"\\u{unit}" for unit in units.split()), error.end


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    print(msgspec.json.format(msgspec.json.encode(jsonable(value)), indent=2).decode())


def print_json_line(value: Any) -> None:
    """Print a value as JSON on one line."""
    print(msgspec.json.encode(jsonable(value)).decode())


def print_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as CSV with a header."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else cell_text(cell) for cell in row])


def print_run(row: Mapping[str, Any], warehouse: Path) -> None:
    """Print what a build did."""
    total = sum(row["seconds"].values())
    if not row["published"]:
        print(f"Nothing to do: {row['files_seen']:,} files, none changed. Nothing was published. ({total:.1f} s)")
    else:
        print(
            f"Published {row['run_id']}: {row['documents']:,} documents ({row['files_added']:,} added, "
            f"{row['files_edited']:,} edited, {row['files_renamed']:,} renamed, {row['files_deleted']:,} deleted, "
            f"{row['files_unchanged']:,} unchanged, {row['files_rejected']:,} rejected) in {total:.1f} s"
        )
    if row["problems"]:
        print(f"{row['problems']:,} problems; see: dateline status --warehouse {shlex.quote(str(warehouse))}")
    for note in row["notes"]:
        print(f"note: {note}")


def print_status(summary: Mapping[str, Any]) -> None:
    """Print the state of the store."""
    run = summary["last_published_run"]
    print(
        f"Published {summary['version']} at {run['finished_at']:%Y-%m-%d %H:%M:%S} UTC: {run['documents']:,} documents"
    )
    last = summary["last_run"]
    if last and last["run_id"] != run["run_id"]:
        finished_at = cell_text(datetime.fromisoformat(last["finished_at"]))
        print(f"Last build {finished_at} UTC: {last['status']}")
    print_table(STATUS_SOURCES, [[source[column] for column in STATUS_SOURCES] for source in summary["sources"]])
    if summary["dead_build"]:
        print(f"warning: {summary['dead_build']}")
    for alarm in summary["alarms"]:
        for row in alarm["examples"]:
            print(f"alarm {alarm['name']}: {', '.join(f'{name} {cell_text(value)}' for name, value in row.items())}")
    if summary["problems"]:
        print_table(STATUS_PROBLEMS, [[code[column] for column in STATUS_PROBLEMS] for code in summary["problems"]])


def print_checks(results: Sequence[CheckResult]) -> None:
    """Print each check with its outcome."""
    rows = [
        (result.name, result.severity, "holds" if not result.failures else f"{result.failures} rows", result.meaning)
        for result in results
    ]
    print_table(("check", "severity", "outcome", "meaning"), rows)
    for result in results:
        for example in result.examples:
            print(f"{result.name}: {jsonable(example)}")


def check_summary(results: Sequence[CheckResult]) -> dict[str, Any]:
    """Return the outcome of checks as one mapping."""
    has_failed = any(result.failures and result.severity == "error" for result in results)
    return {"status": "failed" if has_failed else "passed", "checks": [result._asdict() for result in results]}


def print_inspection(seen: Mapping[str, Any]) -> None:
    """Print what the pipeline sees in one file, for a person."""
    print(f"{seen['path']}: {seen['status']}")
    shown = ("encoding", "front_matter_format", "title", "description", "author", "published_at", "published_precision")
    for name in (*shown, "tags", "language", "languages", "word_count", "cjk_character_count", "reading_minutes"):
        if seen.get(name) not in (None, [], ""):
            print(f"  {name}: {cell_text(seen[name])}")
    for name in ("segments", "sections", "links", "mentions"):
        print(f"  {name}: {len(seen[name])}")
    for problem in seen["problems"]:
        place = f" at line {problem['line']}, column {problem['column_number']}" if problem["line"] else ""
        print(f"  {problem['severity']} {problem['code']}{place}: {problem['message']}")
        if problem["excerpt"]:
            print(f"    {problem['excerpt']}")
    print()


def print_hits(hits: Sequence[Mapping[str, Any]]) -> None:
    """Print what a search found; on a terminal, what was searched for stands out."""
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    if not hits:
        print("nothing found", file=sys.stderr)
    for hit in hits:
        day = f"  {hit['published_at']:%Y-%m-%d}" if hit["published_at"] else ""
        console.print(Text.assemble((hit["title"] or "", "bold"), f"  {hit['source']}/{hit['path']}{day}"))
        pieces = hit["snippet"].split("**")
        if console.is_terminal:
            console.print(Text.assemble("  ", *((p, "bold yellow" if n % 2 else "") for n, p in enumerate(pieces))))
        else:
            print(f"  {hit['snippet']}")


def print_history(intervals: Sequence[Mapping[str, Any]]) -> None:
    """Print the intervals of documents with their changes."""
    for interval in intervals:
        until = f" until {cell_text(interval['valid_to'])}" if interval["valid_to"] else ""
        print(f"{cell_text(interval['valid_from'])}{until}  {interval['change']}  {interval['path']}")
        for key in interval["front_matter"]:
            print(f"    {key['key']}: {cell_text(key['before'])} -> {cell_text(key['after'])}")
        for line in interval["text"].splitlines()[2:]:
            print(f"    {line}")
