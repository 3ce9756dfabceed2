"""What the report page reads of the published version: the catalogue of report views, and rows of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flows.errors import WarehouseVersionError
from flows.resources import sql_text

if TYPE_CHECKING:
    from flows.load.database import Connection


class ViewColumn(NamedTuple):
    """A column of a report view: its DuckDB type and its comment."""

    type: str
    comment: str


class View(NamedTuple):
    """A report view: its comment, and its columns by name."""

    comment: str
    columns: dict[str, ViewColumn]


def read_catalogue(con: Connection) -> dict[str, View]:
    """Return every view of the schema report by its full name, such as ``report.tags``."""
    views: dict[str, View] = {}
    for view, comment, column, kind, column_comment in con.execute(sql_text("catalog/report_views.sql")).fetchall():
        views.setdefault(view, View(comment, {})).columns[column] = ViewColumn(kind, column_comment)
    if not views:
        raise WarehouseVersionError("this store has no report views; `dateline build` brings it up to date")
    return views


def read_rows(con: Connection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return con.execute(query).fetchall()
