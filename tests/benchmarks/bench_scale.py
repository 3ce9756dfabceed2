"""What a document costs as the collection grows: builds of generated articles, from thousands to a million.

    python -m tests.benchmarks.bench_scale [--sizes 10000 100000 1000000] [--folder DIR] [--write]

Each size is built in its own warehouse, `--direct --no-entities`, as a whole process whose memory is watched; then
built again unchanged, and with one file in a hundred edited. Of each report view a thousand rows are fetched with
all their columns, as somebody looks at it; what a view sorts or adds up, it does over all of its rows. `--folder`
must have room: a million articles take 25 GB with their store.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.benchmarks.generate import write_articles
from tests.benchmarks.measuring import dateline, machine, run_measured, table, write_section

ROWS = 1_000
SLOWEST_VIEWS = 5


class Size(NamedTuple):
    """What one size came to: documents, seconds of three builds, stages of the first, MiB, seconds by view."""

    documents: int
    full: float
    unchanged: float
    edited: float
    stages: dict[str, float]
    mebibytes: float
    views: dict[str, float]


def measure(documents: int, folder: Path) -> Size:
    """Generate, build three times, and time the views."""
    corpus, warehouse = folder / "corpus", folder / "warehouse"
    write_articles(corpus, documents)
    os.sync()
    command = dateline("build", corpus, "--warehouse", warehouse, "--direct", "--no-entities")
    full = run_measured(command, with_memory=True)
    stages = json.loads((warehouse / "last_run.json").read_text())["seconds"]
    unchanged = run_measured(command)
    for number, file in enumerate(corpus.rglob("*.md")):
        if number % 100 == 0:
            with file.open("a", encoding="utf-8") as text:
                text.write("\nEdited.\n")
    edited = run_measured(command)
    views = time_views(warehouse / "dateline.duckdb")
    shutil.rmtree(corpus)
    shutil.rmtree(warehouse)
    return Size(documents, full.seconds, unchanged.seconds, edited.seconds, stages, full.mebibytes, views)


def time_views(store: Path) -> dict[str, float]:
    """Return the seconds that the first rows of each report view take, each with a connection of its own."""
    with duckdb.connect(store, read_only=True) as con:
        names = con.execute("select view_name from duckdb_views() where schema_name = 'report' order by all").fetchall()
    seconds = {}
    for (name,) in names:
        with duckdb.connect(store, read_only=True) as con:
            started = time.perf_counter()
            con.execute(f"select * from report.{name} limit {ROWS}").fetchall()
            seconds[name] = time.perf_counter() - started
    return seconds


def report(sizes: list[Size]) -> str:
    """Return what was measured, as Markdown."""
    header = ("", *(f"{size.documents:,}" for size in sizes))
    micro = [1e6 / size.documents for size in sizes]
    rows = [
        ("full build, seconds", *(f"{size.full:.1f}" for size in sizes)),
        ("µs per document", *(f"{size.full * each:.0f}" for size, each in zip(sizes, micro, strict=True))),
        *(
            (f"{stage}, µs", *(f"{size.stages[stage] * each:.0f}" for size, each in zip(sizes, micro, strict=True)))
            for stage in sizes[0].stages
        ),
        ("peak memory, MiB", *(f"{size.mebibytes:,.0f}" for size in sizes)),
        ("unchanged build, seconds", *(f"{size.unchanged:.1f}" for size in sizes)),
        ("1 % edited, seconds", *(f"{size.edited:.1f}" for size in sizes)),
        *(
            (f"`report.{name}`, seconds", *(f"{size.views[name]:.2f}" for size in sizes))
            for name in sorted(sizes[-1].views, key=lambda name: -sizes[-1].views[name])[:SLOWEST_VIEWS]
        ),
    ]
    per_document = [size.full / size.documents for size in sizes]
    growth = f"A document of the largest collection costs {per_document[-1] / per_document[0]:.2f} times one of the smallest."
    return f"{table(header, rows)}\n\n{growth} Of the views, the {SLOWEST_VIEWS} slowest are shown."


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder otherwise")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    sizes = []
    for documents in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            sizes.append(measure(documents, Path(folder)))
            print(sizes[-1], flush=True)
    text = f"On {machine()}.\n\n{report(sizes)}"
    print(text)
    if options.write:
        write_section("growth", text)


if __name__ == "__main__":
    main()
