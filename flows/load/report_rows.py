"""What the report page reads of the published version: the catalogue of report views, and rows of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flows.errors import WarehouseVersionError
from flows.load.catalog import describe_objects

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
    """Return every view of the schema report by its full name, such as ``report.tags``.

    Raises WarehouseVersionError for a store without any.
    """
    views = {
        f"report.{each['name']}": View(
            each["comment"],
            {column["name"]: ViewColumn(column["type"], column["comment"]) for column in each["columns"]},
        )
        for each in describe_objects(con)
        if each["schema"] == "report"
    }
    if not views:
        raise WarehouseVersionError("this store has no report views; `dateline build` brings it up to date")
    return views


def read_rows(con: Connection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return con.execute(query).fetchall()
