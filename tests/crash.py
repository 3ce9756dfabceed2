"""Kill builds at random moments, a hundred times and more; run by `make crash`.

Each round edits a collection, starts a build in a process group of its own, kills the group with SIGKILL at a
random moment, and looks at the published version as a reader would. In the end the store must equal that of the
same edits built without any kill.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parent.parent
TABLES = (
    "select * exclude (last_run_id) from main.files where status <> 'deleted' order by all",
    "select * exclude (document_id, first_seen_at, updated_at) from main.documents order by all",
    "select path, segments.* exclude (document_id) from main.segments join main.documents using (document_id) order by all",
    "select path, links.* exclude (document_id, target_document_id) from main.links join main.documents using (document_id) order by all",
    "select path, document_tags.* exclude (document_id) from main.document_tags join main.documents using (document_id) order by all",
    "select * exclude (run_id) from main.problems order by all",
)


def write_collection(folder: Path, documents: int, seed: int) -> None:
    """Write invented documents, some of them broken, that depend on `seed` only."""
    chance = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(documents):
        if chance.random() < 0.1:
            continue
        words = " ".join(chance.choices(["ferry", "harbour", "tide", "渡轮", "海港", "[link](0001.md)"], k=200))
        closing = "" if chance.random() < 0.05 else "---\n"
        text = f"---\ntitle: Document {number}\ntags: [sea, t{number % 7}]\n{closing}\n# Heading {seed}\n\n{words}\n"
        (folder / f"{number:04}.md").write_text(text, encoding="utf-8")


def build_command(folder: Path, warehouse: Path) -> list[str]:
    command = [sys.executable, "-m", "flows", "build", f"notes={folder}", "--warehouse", str(warehouse)]
    return [*command, "--direct", "--no-entities"]


def build(folder: Path, warehouse: Path, *, kill_after: float | None = None) -> float:
    """Run a build, or kill it after some seconds; return how long it ran."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATELINE_BATCH_BYTES": "20000"}
    started = time.perf_counter()
    process = subprocess.Popen(
        build_command(folder, warehouse), env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        status = process.wait(timeout=kill_after)
        assert status == 0, f"the build failed with {status}"
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return time.perf_counter() - started


def state_of(warehouse: Path) -> list[object]:
    with duckdb.connect(warehouse / "dateline.duckdb", read_only=True) as con:
        return [con.execute(query).fetchall() for query in TABLES]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    chance = random.Random(options.seed)
    work = Path(tempfile.mkdtemp(prefix="dateline-crash-"))
    folder, warehouse = work / "notes", work / "killed"
    write_collection(folder, options.documents, 0)
    duration = build(folder, warehouse)
    killed = finished = 0
    while killed < options.kills:
        write_collection(folder, options.documents, chance.randrange(1_000_000))
        before = (warehouse / "dateline.duckdb").readlink()
        # Moments after the usual end belong to it too: machines are shared and noisy.
        delay = chance.uniform(0.02, duration * 1.2)
        took = build(folder, warehouse, kill_after=delay)
        is_killed = (warehouse / "dateline.duckdb").readlink() == before
        killed += 1
        finished += not is_killed
        documents = state_of(warehouse)[1]
        assert documents, "the published version is empty"
        headings = {row[1] for row in documents}  # type: ignore[attr-defined]  # an untyped table
        assert headings, took
        if killed % 10 == 0:
            build(folder, warehouse)
            build(folder, work / f"clean-{killed}")
            assert state_of(warehouse) == state_of(work / f"clean-{killed}"), f"differs after {killed} kills"
            print(f"{killed} kills, {finished} after publishing; equal to a store that was never killed", flush=True)
    leftovers = list(warehouse.rglob("*.draft*"))
    assert not leftovers, leftovers
    shutil.rmtree(work)
    print(f"{killed} passed, 0 failed")


if __name__ == "__main__":
    main()
