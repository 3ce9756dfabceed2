"""How fast names are found: whole builds with entities of collections, in characters of visible text per second.

    python -m tests.benchmarks.bench_entities FOLDER... [--rounds N] [--write]

Every text is new to each build; the lists of names that a machine makes once are there before. The stage by itself is
what a build counts for it. The same build without entities is beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

import duckdb

from tests.benchmarks.measuring import dateline, machine, run_measured, table, write_section

CHARACTERS = "select sum(character_count) from documents"
MENTIONS = "select count(*) from mentions"


class Found(NamedTuple):
    """One build: its seconds, those of the stage, characters of visible text, mentions."""

    seconds: float
    stage_seconds: float
    characters: int
    mentions: int


def build(corpus: Path, warehouse: Path, *flags: str) -> Found:
    """Build once, with nothing known of any text."""
    for name in ("versions", "shards", "cache/paragraphs"):
        shutil.rmtree(warehouse / name, ignore_errors=True)
    (warehouse / "dateline.duckdb").unlink(missing_ok=True)
    seconds = run_measured(dateline("build", corpus, "--warehouse", warehouse, "--direct", *flags)).seconds
    stage = json.loads((warehouse / "last_run.json").read_text(encoding="utf-8"))["seconds"]["entities"]
    with duckdb.connect(warehouse / "dateline.duckdb", read_only=True) as con:
        counts = [con.execute(query).fetchall()[0][0] for query in (CHARACTERS, MENTIONS)]
    return Found(seconds, stage, *counts)


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        build(options.folders[0], warehouse)
        for corpus in options.folders:
            plain, found = [], []
            for _ in range(options.rounds):
                plain.append(build(corpus, warehouse, "--no-entities"))
                found.append(build(corpus, warehouse))
            whole = median(each.characters / each.seconds for each in found)
            stage = median(each.characters / each.stage_seconds for each in found)
            rows.append(
                (
                    *(corpus.name, f"{found[0].characters:,}", f"{found[0].mentions:,}"),
                    *(f"{median(each.seconds for each in plain):.1f}", f"{median(each.seconds for each in found):.1f}"),
                    *(f"{whole:,.0f}", f"{stage:,.0f}"),
                )
            )
    header = ("", "characters", "mentions", "seconds without", "seconds with", "characters/s", "of the stage")
    text = f"On {machine()}, {options.rounds} rounds; the middle of the rounds.\n\n{table(header, rows)}"
    print(text)
    if options.write:
        write_section("entities", text)


if __name__ == "__main__":
    main()
