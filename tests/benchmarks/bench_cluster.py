"""What a second worker of a Dask cluster is worth: the derivation of one collection with one worker and with two.

    python -m tests.benchmarks.bench_cluster FOLDER [--rounds N] [--write]

A real scheduler and its workers run on this machine, one thread each. In each round the same build is derived by one
worker and by two; a ratio is the middle one of the rounds. `derive` is the stage as a build counts it, connecting to
the cluster included.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import dateline, machine, run_measured, table, write_section
from tests.conftest import ROOT, free_port

WORKERS = (1, 2)
# As docs/operations.md advises.
ENVIRONMENT = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """Run a scheduler with workers on loopback and yield its address as Dateline names it."""
    port = free_port()
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [*dask, "worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--nworkers", str(workers)]
    worker += ["--no-dashboard", "--preload", "flows.derive.preload", "--local-directory", str(folder)]
    processes = []
    with (folder / "cluster.log").open("ab") as log:
        for command in (scheduler, worker):
            environment = {**os.environ, **ENVIRONMENT}
            processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT))
            # Workers import what they derive with before they report.
            time.sleep(5)
    try:
        yield f"dask://127.0.0.1:{port}"
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(20)


def derive_seconds(corpus: Path, work: Path, address: str) -> float:
    """Build once and return the seconds of the stage."""
    warehouse = work / "warehouse"
    shutil.rmtree(warehouse, ignore_errors=True)
    options = ("--direct", "--no-entities", "--executor", address, "--warehouse", warehouse)
    run_measured(dateline("build", corpus, *options))
    seconds: float = json.loads((warehouse / "last_run.json").read_text(encoding="utf-8"))["seconds"]["derive"]
    return seconds


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    seconds: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for _ in range(options.rounds):
            for workers in WORKERS:
                with cluster(workers, work) as address:
                    # What workers load once is not what is measured.
                    derive_seconds(options.folder, work, address)
                    seconds[workers].append(derive_seconds(options.folder, work, address))
    ratios = [one / two for one, two in zip(seconds[1], seconds[2], strict=True)]
    rows = [(f"{workers} worker{'s' * (workers > 1)}", f"{median(seconds[workers]):.2f} s") for workers in WORKERS]
    text = "\n\n".join(
        (
            f"**{options.folder.name}** on {machine()}, {options.rounds} rounds; the middle of the rounds.",
            table(("", "derive"), rows),
            f"Two workers are {median(ratios):.2f} times as fast as one ({min(ratios):.2f} to {max(ratios):.2f}).",
        )
    )
    print(text)
    if options.write:
        write_section("cluster", text)


if __name__ == "__main__":
    main()
