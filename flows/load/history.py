"""The versions of one document, and what changed from each to the next."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import UsageError
from flows.load.database import read_published, set_variables
from flows.load.query import mappings
from flows.load.warehouse import Warehouse
from flows.resources import sql_text

if TYPE_CHECKING:
    from flows.load.database import Connection

CONTEXT_LINES = 2


def document_history(warehouse: Warehouse, path: str) -> list[dict[str, Any]]:
    """Return the intervals of every document that ever was at `path`, oldest first, each with its changes.

    `path` is as in the store (below the root of its source), or a place on this machine. The changes are
    `front_matter` (a list of key, before, after) and `text` (a unified diff of the bodies). Raises UsageError
    for a path that the store never knew.
    """
    with read_published(warehouse.require_published()) as con:
        set_variables(con, path=_stored_path(con, path))
        intervals = mappings(con, sql_text("load/history.sql"))
    if not intervals:
        raise UsageError(f"the store never knew a document at {path}")
    previous: dict[str, Any] | None = None
    for interval in intervals:
        is_same_document = previous is not None and previous["document_id"] == interval["document_id"]
        before = previous if is_same_document and interval["change"] != "added" else None
        interval["front_matter"] = _changed_keys(before, interval) if before else []
        interval["text"] = _diff(before, interval) if before else ""
        previous = dict(interval)
    return [{name: value for name, value in each.items() if not name.startswith("_")} for each in intervals]


def _stored_path(con: Connection, path: str) -> str:
    if Path(path).is_absolute() or Path(path).exists():
        place = Path(path).parent.resolve() / Path(path).name
        for (root,) in con.execute("select root from raw.sources").fetchall():
            if place.is_relative_to(root):
                return place.relative_to(root).as_posix()
    return path


def _changed_keys(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    old, new = json.loads(before["_front_matter"]), json.loads(after["_front_matter"])
    return [
        {"key": key, "before": old.get(key), "after": new.get(key)}
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key) or (key in old) != (key in new)
    ]


def _diff(before: dict[str, Any], after: dict[str, Any]) -> str:
    lines = difflib.unified_diff(
        before["_body"].splitlines(),
        after["_body"].splitlines(),
        before["path"],
        after["path"],
        n=CONTEXT_LINES,
        lineterm="",
    )
    return "\n".join(lines)
