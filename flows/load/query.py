"""Questions to the published version, read-only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from flows.errors import QueryError
from flows.load import run_log
from flows.load.alarms import run_alarms, run_time
from flows.load.checks import CheckResult, check_exports, run_checks
from flows.load.database import check_schema, read_published
from flows.load.warehouse import Warehouse

if TYPE_CHECKING:
    from flows.settings import Settings


class Answer(NamedTuple):
    """A query's result: column names, their types, and rows as tuples."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]

    def mappings(self) -> list[dict[str, Any]]:
        """Return the rows as mappings of column to value; a repeated column gets a number."""
        names: list[str] = []
        for column in self.columns:
            names.append(column if column not in names else f"{column}_{self.columns.index(column) + len(names)}")
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def ask(warehouse: Warehouse, query: str) -> Answer:
    """Run a query on the published version. Raises QueryError with DuckDB's message if it cannot be run."""
    with read_published(warehouse.require_published()) as con:
        check_schema(con)
        try:
            cursor = con.execute(query)
            description = cursor.description or []
            rows = cursor.fetchall() if description else []
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
        return Answer([column[0] for column in description], [str(column[1]) for column in description], rows)


def check_published(warehouse: Warehouse, settings: Settings) -> list[CheckResult]:
    """Run checks and alarms on the published version, and compare its exports with it."""
    version = warehouse.require_published()
    with read_published(version) as con:
        check_schema(con)
        exports = check_exports(con, warehouse.folder / "exports", version.stem)
        alarms = run_alarms(con, settings, _looked_at(con, warehouse))
        return [*run_checks(con), *exports, *alarms]


def summarise(warehouse: Warehouse, settings: Settings) -> dict[str, Any]:
    """Return sources, problems by code, alarms, the last published run, and a build that died, if one did."""
    version = warehouse.require_published()
    dead = run_log.find_dead(warehouse)
    with read_published(version) as con:
        check_schema(con)
        return {
            "version": version.name,
            "last_run": warehouse.read_last_run(),
            "sources": mappings(con, "select * from report.sources"),
            "problems": mappings(con, "select * from report.problems"),
            "alarms": [alarm._asdict() for alarm in run_alarms(con, settings, _looked_at(con, warehouse))],
            "last_published_run": _last_published(con),
            "dead_build": dead.describe() if dead else None,
        }


def _last_published(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return mappings(con, "select * from main.runs order by run_id desc limit 1")[0]


def _looked_at(con: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> datetime:
    return run_time(warehouse.read_last_run(), _last_published(con)["finished_at"])


def mappings(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """Return a query's rows as mappings of column to value."""
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
