"""The objects analysts query: every file of sql/main, sql/report and sql/macros, created anew in one transaction."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from flows.load.database import literal, sql_digest
from flows.resources import sql_files

if TYPE_CHECKING:
    from flows.load.database import Connection

SCHEMAS = ("main", "report")
_REFERENCE = re.compile(r"\b(?:from|join)\s+((?:main|report)\.\w+)")


def create_views(con: Connection) -> None:
    """Create all views, each after those it reads; do nothing if the store holds just these already."""
    digest = sql_digest()
    if con.execute("select sql_digest from raw.meta").fetchall() == [(digest,)]:
        return
    texts = {
        f"{schema}.{file.stem}": file.read_text(encoding="utf-8") for schema in SCHEMAS for file in sql_files(schema)
    }
    sources = {name: [read for read in _REFERENCE.findall(text) if read != name] for name, text in texts.items()}
    con.execute("begin")
    existing = con.execute(
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
        f" and schema_name in {literal(SCHEMAS)}"
    ).fetchall()
    for (view,) in existing:
        con.execute(f"drop view {view}")
    for name in TopologicalSorter(sources).static_order():
        con.execute(texts[name])
    for macro in sql_files("macros"):
        con.execute(macro.read_text(encoding="utf-8"))
    con.execute(f"update raw.meta set sql_digest = {literal(digest)}")
    con.execute("commit")
