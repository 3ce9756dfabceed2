"""What a run says of itself to people: its name, its account as Markdown, the table of its checks. No Prefect here."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.errors import ChecksFailedError, DatelineError, StorageError
from flows.output_tables import cell_text

CHANGES = ("added", "edited", "renamed", "deleted", "rejected")
SHOWN_STAGES = 5
SHOWN_SOURCES = 3


def run_name(sources: Sequence[str], row: Mapping[str, Any]) -> str:
    """Return what to call a run: its sources and what changed, such as ``news: 3 added, 1 edited``."""
    shown = ", ".join(sources[:SHOWN_SOURCES]) + (f" and {len(sources) - SHOWN_SOURCES} more" if sources[3:] else "")
    if not row["published"]:
        return f"{shown}: nothing to do"
    counts = [f"{row[f'files_{change}']:,} {change}" for change in CHANGES if row[f"files_{change}"]]
    return f"{shown}: {', '.join(counts) or 'derived again'}"


def account(row: Mapping[str, Any], summary: Mapping[str, Any], pages: Mapping[str, Path]) -> str:
    """Return a published run as Markdown: what changed, problems by code, slowest stages, where to look.

    `row` is what the build returned, `summary` the state of the store, `pages` what was written, by name.
    """
    changed = [(change, f"{row[f'files_{change}']:,}") for change in (*CHANGES, "unchanged")]
    stages = sorted(row["seconds"].items(), key=lambda stage: -stage[1])[:SHOWN_STAGES]
    problems = [(each["code"], each["severity"], each["source"], each["problems"]) for each in summary["problems"]]
    parts = [f"{row['documents']:,} documents in {len(summary['sources'])} sources. Run `{row['run_id']}`.", ""]
    parts += ["## What changed", "", markdown_table(("files", "number"), changed), ""]
    parts += ["## Problems", "", markdown_table(("code", "severity", "source", "number"), problems), ""]
    parts += ["## Slowest stages", "", markdown_table(("stage", "seconds"), stages), ""]
    if row["notes"]:
        parts += ["## Notes", "", *(f"- {note}" for note in row["notes"]), ""]
    if pages:
        links = [f"- {name}: [{folder}]({folder.absolute().as_uri()})" for name, folder in pages.items()]
        parts += ["## Where to look", "", *links, ""]
    return "\n".join(parts)


def check_rows(checks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return checks as rows of a table, those that fail first."""
    rows = [
        {
            "check": each["name"],
            "outcome": "holds" if not each["failures"] else f"fails: {each['failures']:,} rows",
            "severity": each["severity"],
            "meaning": each["meaning"],
        }
        for each in checks
    ]
    return sorted(rows, key=lambda row: row["outcome"] == "holds")


WRITING = "write "
"""How the stages begin that come after publishing; what they write follows."""
KEPT = "The published version is as it was."


def failure(error: DatelineError, warehouse: Path) -> str:
    """Return what went wrong, in which stage, and what to do about it."""
    where = f"in stage {error.stage}" if error.stage else "before the first stage"
    written = error.stage.removeprefix(WRITING) if error.stage.startswith(WRITING) else ""
    kept = f"The build before it is published; {written} of the version before stand." if written else KEPT
    return f"{where}: {error}\n{_advice(error, warehouse)} {kept}"


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as a table in Markdown, or `None.` where there are none."""
    lines = [f"| {' | '.join(map(markdown_cell, row))} |" for row in rows]
    return "\n".join([f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *lines]) if lines else "None."


def markdown_cell(value: Any) -> str:
    """Return a value as it can stand in a cell of a Markdown table."""
    return " ".join(("" if value is None else cell_text(value)).split()).replace("|", "\\|")


def _advice(error: DatelineError, warehouse: Path) -> str:
    folder = shlex.quote(str(warehouse))
    if isinstance(error, ChecksFailedError):
        return "Mend the files that the rows name, or the check; then build again."
    if isinstance(error, StorageError):
        return f"Make room on the disk, or allow writing to {folder}; the next run goes on where this one stopped."
    return f"Try `dateline build --direct --warehouse {folder}` at a terminal once that is mended."
