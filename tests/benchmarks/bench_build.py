"""Whole builds beside the bare loop of python-frontmatter over the same files, as ratios within one run.

    python -m tests.benchmarks.bench_build [FOLDER] [--documents N] [--rounds N] [--no-prefect] [--write]

Without a folder, articles are generated. In each round every measurement is taken once, one after the other, so that
what else a machine does meets them all; a ratio is the middle one of the rounds. Every figure is of whole processes,
from start to exit; what the loop takes by itself, without imports and listing, is named beside. `--write` puts the
table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks.generate import write_articles
from tests.benchmarks.measuring import dateline, machine, run_measured, table, write_section

LOOP = """
import os, sys, time, frontmatter
SUFFIXES = (".md", ".mdx", ".markdown", ".qmd", ".txt")
files = [f"{folder}/{name}" for folder, _, names in os.walk(sys.argv[1]) for name in names if name.endswith(SUFFIXES)]
started = time.perf_counter()
for file in files:
    try:
        frontmatter.load(file)
    except Exception:
        pass
print(len(files), time.perf_counter() - started)
"""
QUICK = ("--direct", "--no-entities")


class Bench:
    """One corpus, one working folder, and what the rounds have measured: name -> seconds, a value per round."""

    def __init__(self, corpus: Path, work: Path) -> None:
        self.corpus = corpus
        self.warehouse = work / "warehouse"
        self.seconds: dict[str, list[float]] = {}
        self.stages: dict[str, list[float]] = {}
        self.loops_alone: list[float] = []
        self.documents = 0
        self.mebibytes = 0.0

    def round(self, number: int, *, with_prefect: bool) -> None:
        """Take every measurement once."""
        loop = run_measured([sys.executable, "-c", LOOP, self.corpus])
        count, alone = loop.output.split()
        self.documents = int(count)
        self.loops_alone.append(float(alone))
        self._note("loop", loop.seconds)
        shutil.rmtree(self.warehouse, ignore_errors=True)
        self._build("full build", QUICK)
        for stage, seconds in json.loads((self.warehouse / "last_run.json").read_text())["seconds"].items():
            self.stages.setdefault(stage, []).append(seconds)
        self._build("unchanged build", QUICK)
        self._edit(number)
        self._build("1 % edited", QUICK)
        self._note("`dateline status`", run_measured(dateline("status", "--warehouse", self.warehouse)).seconds)
        self._note("`dateline --help`", run_measured(dateline("--help")).seconds)
        if with_prefect:
            shutil.rmtree(self.warehouse)
            self._build("full build through Prefect", ("--no-entities",))
            self._build("unchanged build through Prefect", ("--no-entities",))

    def measure_memory(self) -> None:
        """Build once more while memory is watched, which would slow the rounds."""
        shutil.rmtree(self.warehouse)
        command = dateline("build", self.corpus, "--warehouse", self.warehouse, *QUICK)
        self.mebibytes = run_measured(command, with_memory=True).mebibytes

    def _build(self, name: str, flags: tuple[str, ...]) -> None:
        command = dateline("build", self.corpus, "--warehouse", self.warehouse, *flags)
        self._note(name, run_measured(command).seconds)

    def _edit(self, number: int) -> None:
        files = sorted(path for path in self.corpus.rglob("*.md") if path.is_file())
        for file in files[number::100]:
            with file.open("a", encoding="utf-8") as text:
                text.write(f"\nEdited in round {number}.\n")

    def _note(self, name: str, seconds: float) -> None:
        self.seconds.setdefault(name, []).append(seconds)

    def ratio(self, values: list[float]) -> float:
        """Return the middle of the rounds' ratios to the loop of the same round."""
        return median(value / loop for value, loop in zip(values, self.seconds["loop"], strict=True))

    def report(self) -> str:
        """Return what was measured, as Markdown."""
        names = {"loop": "python-frontmatter, bare loop"}
        whole = [
            (names.get(name, name), f"{median(values):.2f} s", f"{self.ratio(values):.2f}")
            for name, values in self.seconds.items()
        ]
        stages = [
            (name, f"{median(values):.2f} s", f"{self.ratio(values):.2f}") for name, values in self.stages.items()
        ]
        return "\n\n".join(
            (
                f"{self.documents:,} documents, {len(self.seconds['loop'])} rounds, warm cache; the middle of the rounds.",
                table(("whole process", "seconds", "times the loop"), whole),
                "The stages of the full build:",
                table(("stage", "seconds", "times the loop"), stages),
                f"The loop by itself, its files listed before, takes {median(self.loops_alone):.2f} s.",
                f"Peak memory of all processes of the full build together: {self.mebibytes:,.0f} MiB.",
            )
        )


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a collection; it is copied, since files are edited")
    parser.add_argument("--documents", type=int, default=10_000, help="how many to generate without a folder")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-prefect", action="store_true", help="leave out the builds through Prefect")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    if options.folder and not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        corpus = work / "corpus"
        make: Callable[[], object] = (
            (lambda: shutil.copytree(options.folder, corpus, symlinks=True))
            if options.folder
            else (lambda: write_articles(corpus, options.documents))
        )
        make()
        # So that no round writes back what a copy has left in memory.
        os.sync()
        bench = Bench(corpus, work)
        for number in range(options.rounds):
            bench.round(number, with_prefect=not options.no_prefect)
        bench.measure_memory()
    name = options.folder.name if options.folder else "generated articles"
    text = f"**{name}** on {machine()}.\n\n{bench.report()}"
    print(text)
    if options.write:
        write_section("builds of a collection" if options.folder else "builds of generated articles", text)


if __name__ == "__main__":
    main()
