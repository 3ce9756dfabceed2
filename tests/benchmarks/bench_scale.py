"""What a document costs as the collection grows: builds of generated articles, from thousands to a million.

    python -m tests.benchmarks.bench_scale [--sizes 10000 100000 1000000] [--folder DIR] [--json FILE] [--write]

Each size is built in its own warehouse from six sources, `--direct --no-entities`, as a whole process whose memory is
watched; then built again unchanged, and with one file in a hundred edited. Each report view is timed twice, each time
with a connection of its own: its first thousand rows with all their columns, as somebody looks at it, and all of its
rows and columns into a table. `--folder` must have room: a million articles take 25 GB with their store.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.benchmarks.generate import write_articles
from tests.benchmarks.measuring import dateline, machine, run_measured, table, write_section

ROWS = 1_000
SLOWEST_VIEWS = 8
MOST_GROWTH = 1.3
MOST_MEBIBYTES = 4096
MOST_UNCHANGED_SECONDS = 15
MOST_VIEW_SECONDS = 1


class Size(NamedTuple):
    """What one size came to; seconds of stages and views, and MiB of stages, by their names."""

    documents: int
    full_seconds: float
    stage_seconds: dict[str, float]
    peak_mebibytes: float
    stage_mebibytes: dict[str, float]
    unchanged_seconds: float
    edited_seconds: float
    edited_stage_seconds: dict[str, float]
    first_rows_seconds: dict[str, float]
    all_rows_seconds: dict[str, float]

    @property
    def micro(self) -> float:
        """Return the microseconds of the full build per document."""
        return self.full_seconds / self.documents * 1e6


def measure(documents: int, folder: Path) -> Size:
    """Generate below `folder`, build three times, and time the views."""
    corpus, warehouse = folder / "corpus", folder / "warehouse"
    write_articles(corpus, documents)
    # What is still to be written would be written during the builds.
    os.sync()
    command = dateline("build", *sorted(corpus.iterdir()), "--warehouse", warehouse, "--direct", "--no-entities")
    full = run_measured(command, with_memory=True)
    stages = _stages(warehouse)
    # Said at once: a later build may fail, and a million takes half an hour.
    print(f"{documents:,} documents: full build {full.seconds:.1f} s, {full.mebibytes:,.0f} MiB", flush=True)
    unchanged = run_measured(command)
    print(f"{documents:,} documents: unchanged build {unchanged.seconds:.1f} s", flush=True)
    for number, file in enumerate(sorted(corpus.rglob("*.md"))):
        if number % 100 == 0:
            with file.open("ab") as text:
                text.write(b"\nEdited.\n")
    edited = run_measured(command)
    print(f"{documents:,} documents: 1 % edited {edited.seconds:.1f} s", flush=True)
    edited_stages = _stages(warehouse)
    store = warehouse / "dateline.duckdb"
    return Size(
        *(documents, full.seconds, stages, full.mebibytes, full.peaks(stages)),
        *(unchanged.seconds, edited.seconds, edited_stages),
        time_views(store, "create temp table fetched as from report.{} limit " + str(ROWS)),
        time_views(store, "create temp table fetched as from report.{}"),
    )


def time_views(store: Path, query: str) -> dict[str, float]:
    """Return the seconds that a query takes with the name of each report view in it."""
    with duckdb.connect(store, read_only=True) as con:
        names = con.execute("select view_name from duckdb_views() where schema_name = 'report' order by all").fetchall()
    seconds = {}
    for (name,) in names:
        with duckdb.connect(store, read_only=True) as con:
            started = time.perf_counter()
            con.execute(query.format(name))
            seconds[name] = time.perf_counter() - started
    return seconds


def _stages(warehouse: Path) -> dict[str, float]:
    seconds: dict[str, float] = json.loads((warehouse / "last_run.json").read_text(encoding="utf-8"))["seconds"]
    # The copy is made while loading, and counted there.
    return {stage: spent for stage, spent in seconds.items() if stage != "copy"}


def report(sizes: list[Size]) -> str:
    """Return what was measured, as Markdown."""
    small, large = sizes[0], sizes[-1]
    stages = [
        (f"{stage}, µs per document", *(f"{size.stage_seconds[stage] / size.documents * 1e6:.1f}" for size in sizes))
        for stage in small.stage_seconds
    ]
    memory = [
        (
            f"{stage}, peak MiB",
            *(f"{mebibytes:,.0f}" if (mebibytes := size.stage_mebibytes[stage]) else "not sampled" for size in sizes),
        )
        for stage in small.stage_mebibytes
    ]
    slowest = sorted(large.first_rows_seconds, key=lambda name: -large.first_rows_seconds[name])[:SLOWEST_VIEWS]
    views = [
        (
            f"`report.{name}`, seconds",
            *(f"{size.first_rows_seconds[name]:.2f} ({size.all_rows_seconds[name]:.2f})" for size in sizes),
        )
        for name in slowest
    ]
    rows = [
        ("full build, seconds", *(f"{size.full_seconds:.1f}" for size in sizes)),
        ("full build, µs per document", *(f"{size.micro:.0f}" for size in sizes)),
        *stages,
        ("peak memory, MiB", *(f"{size.peak_mebibytes:,.0f}" for size in sizes)),
        *memory,
        ("unchanged build, seconds", *(f"{size.unchanged_seconds:.1f}" for size in sizes)),
        ("1 % edited, seconds", *(f"{size.edited_seconds:.1f}" for size in sizes)),
        *views,
    ]
    return "\n\n".join(
        (
            table(("", *(f"{size.documents:,}" for size in sizes)), rows),
            *(f"- {line}" for line in _verdicts(small, large)),
            f"Of the views, the {SLOWEST_VIEWS} slowest are shown: the first {ROWS:,} rows, and in brackets all rows.",
        )
    )


def _verdicts(small: Size, large: Size) -> list[str]:
    """Return each bar with what was measured."""
    slowest = max(large.first_rows_seconds, key=lambda name: large.first_rows_seconds[name])
    fewest, most = f"{small.documents:,}", f"{large.documents:,}"
    bars = [
        (f"A document of {most} costs so many times one of {fewest}", large.micro / small.micro, MOST_GROWTH, "times"),
        ("All processes together at their peak", large.peak_mebibytes, MOST_MEBIBYTES, "MiB"),
        ("The unchanged build", large.unchanged_seconds, MOST_UNCHANGED_SECONDS, "s"),
        (f"The slowest view, {slowest}", large.first_rows_seconds[slowest], MOST_VIEW_SECONDS, "s"),
    ]
    return [
        f"{what}: {value:,.2f} {unit}, {'within' if value <= bar else 'over'} the bar of {bar:,} {unit}."
        for what, value, bar, unit in bars
    ]


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder otherwise")
    parser.add_argument("--json", type=Path, help="where to write the figures as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    sizes = []
    for documents in sorted(options.sizes):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            sizes.append(measure(documents, Path(folder)))
        print(json.dumps(sizes[-1]._asdict()), flush=True)
        if options.json:
            options.json.write_text(json.dumps([size._asdict() for size in sizes], indent=2) + "\n", encoding="utf-8")
    text = f"On {machine()}.\n\n{report(sizes)}"
    print(text)
    if options.write:
        write_section("growth", text)


if __name__ == "__main__":
    main()
