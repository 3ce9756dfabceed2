"""Twenty readers in other processes query all the time during twenty builds: none fails, none sees half a build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

READERS = 20
BUILDS = 20
DOCUMENTS = 40

# Every version has one marker only, in all documents; a reader that sees two has seen half a build.
READER = """
import json, os, sys, time, duckdb
link, stop = sys.argv[1:]
queries, markers = 0, set()
while not os.path.exists(stop):
    with duckdb.connect(link, read_only=True) as con:
        rows = con.execute("select distinct description, count(*) over () from documents").fetchall()
        [(documents,)] = con.execute("select count(*) from documents").fetchall()
        [(segments,)] = con.execute("select count(distinct document_id) from segments").fetchall()
    queries += 1
    time.sleep(1)
    assert len({row[0] for row in rows}) == 1, rows
    assert documents == segments, (documents, segments)
    markers.add(rows[0][0])
print(json.dumps({"queries": queries, "markers": sorted(markers), "documents": documents}))
"""


def write_version(folder: Path, number: int) -> None:
    for document in range(DOCUMENTS):
        text = f"---\ndescription: version {number:02}\n---\n\nDocument {document} of version {number}.\n"
        (folder / f"{document}.md").write_text(text)


def test_readers_never_wait_and_never_see_half(tmp_path: Path, build: Callable[..., dict[str, Any]]) -> None:
    folder, stop = tmp_path / "notes", tmp_path / "stop"
    folder.mkdir()
    write_version(folder, 0)
    build(folder)
    link = tmp_path / "warehouse" / "dateline.duckdb"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(link), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        for number in range(1, BUILDS + 1):
            write_version(folder, number)
            assert build(folder)["files_edited"] == DOCUMENTS
    finally:
        stop.touch()
    results = [reader.communicate(timeout=60) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS, [error for _, error in results if error][:1]
    reports = [json.loads(output) for output, _ in results]
    assert all(report["documents"] == DOCUMENTS for report in reports)
    assert len({marker for report in reports for marker in report["markers"]}) > BUILDS / 2
    assert sum(report["queries"] for report in reports) > READERS
