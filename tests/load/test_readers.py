"""Twenty readers ask all the time while builds are published: no error, no half state, and no build waits."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Build = Callable[..., dict[str, Any]]

READERS = 20
BUILDS = 20
DOCUMENTS = 30

# What an analyst's notebook or dashboard does: nothing of Dateline, a new connection for each look.
READER = """
import json, os, random, sys, time
import duckdb

warehouse, stop, ready = sys.argv[1:]
looks, errors, states = 0, [], []
while not os.path.exists(stop):
    try:
        with duckdb.connect(warehouse, read_only=True, config={"threads": 1}) as con:
            state = con.execute(
                "select list(distinct title order by title), count(*), count(distinct path),"
                " (select arg_max(documents, run_id) from runs),"
                " (select count(*) from segments where text like '%Marker%'),"
                " (select list(distinct tag) from document_tags) from documents"
            ).fetchone()
            time.sleep(0.1)  # The connection stays open for a while, across swaps.
            # An open connection goes on seeing the version it opened.
            again = con.execute("select list(distinct title order by title) from documents").fetchone()
        if again[0] != state[0]:
            errors.append(f"{state[0]} became {again[0]}")
        if state not in states:
            states.append(state)
        looks += 1
        if looks == 1:
            open(ready, "w").close()
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
    time.sleep(random.uniform(0.5, 1.5))
print(json.dumps({"looks": looks, "errors": errors, "states": states}))
"""


def write_round(folder: Path, number: int) -> int:
    """Give every document the same marker, and the collection a size that tells rounds apart."""
    folder.mkdir(exist_ok=True)
    documents = DOCUMENTS + number % 3
    for path in folder.iterdir():
        path.unlink()
    for place in range(documents):
        text = f"---\ntitle: Round {number:02}\ntags: [round-{number:02}]\n---\nMarker of document {place}.\n"
        (folder / f"{place:03}.md").write_text(text)
    return documents


def test_readers_see_whole_versions_and_builds_do_not_wait(build: Build, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    sizes = {"Round 00": write_round(notes, 0)}
    build(notes)
    stop, link = tmp_path / "stop", tmp_path / "warehouse" / "dateline.duckdb"
    flags = [tmp_path / f"ready-{number}" for number in range(READERS)]
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(link), str(stop), str(flag)], stdout=subprocess.PIPE, text=True
        )
        for flag in flags
    ]
    try:
        deadline = time.monotonic() + 60
        while not all(flag.exists() for flag in flags) and time.monotonic() < deadline:
            time.sleep(0.05)
        for number in range(1, BUILDS + 1):
            sizes[f"Round {number:02}"] = write_round(notes, number)
            assert build(notes, wait=False)["published"] is True
        stop.touch()
        outputs = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    finally:
        stop.touch()
        for reader in readers:
            reader.kill()
            reader.wait()
    assert [output["errors"] for output in outputs if output["errors"]] == []
    assert all(output["looks"] > 1 for output in outputs)
    seen: set[str] = set()
    for output in outputs:
        for titles, documents, paths, counted, marked, tags in output["states"]:
            [title] = titles
            seen.add(title)
            assert tags == [title.lower().replace(" ", "-")]
            assert {documents, paths, counted, marked} == {sizes[title]}
    # Twenty readers in a second or ten look at more than the first and the last version.
    assert len(seen) > BUILDS // 2
