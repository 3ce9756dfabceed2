"""The objects analysts query: every file of sql/main, report and macros, created anew in one transaction."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from itertools import chain
from typing import TYPE_CHECKING

from flows.load.database import VIEW_FOLDERS, literal, sql_digest
from flows.resources import sql_files

if TYPE_CHECKING:
    from flows.load.database import Connection

SCHEMAS = ("main", "report")
_CREATED = re.compile(r"^create or replace (?:view|macro) ([\w.]+)", re.MULTILINE)
_REFERENCE = re.compile(r"\b(?:from|join)\s+((?:raw|main|report)\.\w+)|\b((?:raw|main|report)\.\w+)\(")


def create_views(con: Connection) -> None:
    """Create all views and macros, each after those it reads; do nothing if the store holds just these already."""
    digest = sql_digest()
    if con.execute("select sql_digest from raw.meta").fetchall() == [(digest,)]:
        return
    texts = {
        _CREATED.findall(text)[0]: text
        for folder in VIEW_FOLDERS
        for text in (file.read_text(encoding="utf-8") for file in sql_files(folder))
    }
    # What is read, and what is called.
    sources = {name: {*chain(*_REFERENCE.findall(text))} & (texts.keys() - {name}) for name, text in texts.items()}
    con.execute("begin")
    existing = con.execute(
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
        f" and schema_name in {literal(('raw', *SCHEMAS))}"
    ).fetchall()
    for (view,) in existing:
        con.execute(f"drop view {view}")
    for name in TopologicalSorter(sources).static_order():
        con.execute(texts[name])
    con.execute(f"update raw.meta set sql_digest = {literal(digest)}")
    con.execute("commit")
