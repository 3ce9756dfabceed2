"""Views by cases: `tests/sql/<schema>.<view>/<case>.yaml` has `given` rows of what the view reads, and `expect` rows.

Only the columns that matter are named. Any text serves as the id of a document or content (`document_id: ferry`). An
empty `expect` means no rows. `query` replaces the plain select where a case looks at more than the view's own order.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from flows.load.database import literal, upgrade
from flows.load.views import create_views
from flows.resources import sql_files
from tests.conftest import ROOT

CASES = sorted((ROOT / "tests" / "sql").glob("*/*.yaml"))
# Views of main that only join and name; what they compute is tested through stores (tests/load).
COMPUTING_MAIN_VIEWS = ("main.keywords",)


def view_of(case: Path) -> str:
    return case.parent.name


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("set time zone 'UTC'")
        upgrade(con)
        create_views(con)
        yield con


def types_of(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in con.execute(f"describe {name}").fetchall()}


def stored(value: Any, kind: str) -> str:
    """Return a value of a case as SQL of a column's type."""
    if isinstance(value, str) and kind == "UUID":
        value = uuid.uuid5(uuid.NAMESPACE_OID, value)
    if isinstance(value, (date, datetime)):
        value = value.isoformat()
    if isinstance(value, dict):
        pairs = ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items())
        return f"map {{{pairs}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[" + ", ".join("{" + ", ".join(f"{k}: {literal(v)}" for k, v in i.items()) + "}" for i in value) + "]"
    return literal(value)


def give(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    """Put a table with the given rows in the place of a view, or rows into a table of raw."""
    types = types_of(con, name)
    views = con.execute("select schema_name || '.' || view_name from duckdb_views() where not internal").fetchall()
    if (name,) in views:
        columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
        con.execute(f"drop view {name}; create table {name} ({columns})")
    for row in rows:
        unknown = set(row) - set(types)
        assert not unknown, f"{name} has no column {unknown}"
        values = ", ".join(stored(value, types[column]) for column, value in row.items())
        con.execute(f"insert into {name} ({', '.join(row)}) values ({values})")


def shown(value: Any, names: dict[str, str]) -> Any:
    """Return a value as cases write it: ids by their names, moments and days as text, numbers as numbers."""
    if isinstance(value, uuid.UUID):
        return names.get(str(value), str(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [shown(item, names) for item in value]
    return float(value) if hasattr(value, "as_integer_ratio") and not isinstance(value, int) else value


def names_in(given: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    texts = {value for rows in given.values() for row in rows for value in row.values() if isinstance(value, str)}
    return {str(uuid.uuid5(uuid.NAMESPACE_OID, text)): text for text in texts}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{view_of(case)}/{case.stem}")
def test_case(case: Path, con: duckdb.DuckDBPyConnection) -> None:
    parts = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert set(parts) <= {"given", "expect", "query"}
    given = parts.get("given") or {}
    for name, rows in given.items():
        give(con, name, rows)
    expected = parts["expect"] or []
    columns = list(expected[0]) if expected else ["*"]
    query = parts.get("query") or f"select {', '.join(columns)} from {view_of(case)}"
    found = con.execute(query).fetchall()
    names = names_in(given)
    assert [dict(zip(columns, shown(row, names), strict=False)) for row in found] == [
        {key: shown(value, names) for key, value in row.items()} for row in expected
    ]


def test_every_report_has_cases() -> None:
    tested = {view_of(case) for case in CASES}
    reports = {f"report.{file.stem}" for file in sql_files("report")}
    assert reports - tested == set()
    assert tested - reports <= set(COMPUTING_MAIN_VIEWS) <= tested


def test_every_case_is_of_a_view(con: duckdb.DuckDBPyConnection) -> None:
    for case in CASES:
        assert types_of(con, view_of(case))


def test_every_object_and_column_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    bare = con.execute(
        """
        select schema_name || '.' || view_name as name from duckdb_views()
        where schema_name in ('main', 'report') and not internal and comment is null
        union all
        select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()
        where schema_name in ('main', 'report', 'raw') and not internal and comment is null
        union all
        select schema_name || '.' || table_name from duckdb_tables() where schema_name = 'raw' and comment is null
        """
    ).fetchall()
    assert bare == []


def test_reports_are_short_and_hold_on_an_empty_store(con: duckdb.DuckDBPyConnection) -> None:
    for file in sql_files("report"):
        assert len(file.read_text(encoding="utf-8").splitlines()) < 80, file.name
        assert con.execute(f"select * from report.{file.stem}").fetchall() == []
