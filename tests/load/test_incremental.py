"""Whatever happens to the files, the incremental store equals one that is built anew."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.pipeline import build_store
from flows.progress import Reporter
from flows.settings import Settings, Source

NAMES = ("a.md", "b.md", "sub/c.md", "d.txt", "2025-01-06-e.md")
STORY = "The harbour at Wexcombe opens its tidal gates on Monday, and forty ferries wait outside the breakwater. "
TEXTS = (
    b"",
    b"---\ntitle: One\ntags: [x]\n---\nSee [two](b.md).\n",
    "---\ntitle: 二\n---\n渡轮今天开航。\n\nThe ferry sails today from the old harbour.\n".encode(),
    b"# Heading\n\nNo front matter.\n",
    b"---\nbroken: [\n---\nBody.\n",
    f"---\ndate: 2025-01-07\n---\n{STORY}Captain Ilse Brandt was first, see [all](/notes/c) and [e](2025-01-06-e.md).\n".encode(),
    f"{STORY}Captain Ilse Brandt came first of them. Source: [a](../a.md), [[b]], [c](sub/c.md#top)\n".encode(),
    "渡轮于2025年1月6日载客300人。港口关闭，三分之一的航线停航，码头上的人很多。\n\nThe ferry carried 310 people on 6 January "
    "2025; a third of all routes were closed while the harbour stayed shut for repairs to its gates.\n".encode(),
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff" * 9,
)
edit = st.tuples(
    st.sampled_from(("write", "delete", "rename", "build")), st.sampled_from(NAMES), st.integers(0, len(TEXTS) - 1)
)


def apply(folder: Path, action: str, name: str, number: int) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if action == "write":
        path.write_bytes(TEXTS[number])
    elif action == "delete":
        path.unlink(missing_ok=True)
    elif action == "rename" and path.exists():
        target = folder / NAMES[number % len(NAMES)]
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def build(folder: Path, warehouse: Path) -> None:
    source = Source(name="notes", path=folder)
    build_store(
        Settings(warehouse=warehouse, sources=(source,), executor="inline", entities=False), Reporter(quiet=True)
    )


def contents_of(warehouse: Path) -> dict[str, Any]:
    """Return every main and report object as sorted rows; documents by path, since history decides their ids."""
    with duckdb.connect(warehouse / "dateline.duckdb", read_only=True) as con:
        views = con.execute(
            "select schema_name || '.' || view_name from duckdb_views() where schema_name in ('main', 'report') and not internal"
        ).fetchall()
        result = {}
        for (view,) in views:
            columns = [row[0] for row in con.execute(f"describe {view}").fetchall()]
            if view in HISTORY or (set(columns) & {"run_id", "week_of_change"} and view != "main.problems"):
                continue
            shown = [
                f"(select path from main.documents as d where d.document_id = x.{column})"
                if column.endswith(("document_id", "story_id"))
                else f"x.{column}::varchar"
                for column in columns
                if column
                not in ("run_id", "last_run_id", "first_seen_at", "updated_at", "last_updated_at", "last_seen_at")
            ]
            where = " where status <> 'deleted'" if view == "main.files" else ""
            rows = con.execute(f"select {', '.join(shown)} from {view} as x{where}").fetchall()
            result[view] = sorted(map(repr, rows))
        return result


HISTORY = ("main.document_versions", "main.runs")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edit, min_size=1, max_size=14))
def test_incremental_equals_full(edits: list[tuple[str, str, int]]) -> None:
    work = Path(tempfile.mkdtemp())
    try:
        folder = work / "notes"
        folder.mkdir()
        for action, name, number in edits:
            if action == "build":
                build(folder, work / "incremental")
            else:
                apply(folder, action, name, number)
        build(folder, work / "incremental")
        build(folder, work / "full")
        assert contents_of(work / "incremental") == contents_of(work / "full")
    finally:
        shutil.rmtree(work)
