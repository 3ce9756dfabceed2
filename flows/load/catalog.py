"""The catalogue: what analysts can query, as the store itself describes it."""

from __future__ import annotations

from typing import Any

import duckdb

from flows.load.database import Connection, check_schema, read_published, run_sql, upgrade
from flows.load.views import create_views
from flows.load.warehouse import Warehouse


def read_catalog(warehouse: Warehouse) -> list[dict[str, Any]]:
    """Return the objects of main and report: schema, name, comment, rows, and columns with name, type and comment."""
    with read_published(warehouse.require_published()) as con:
        check_schema(con)
        objects = _objects(con)
        for each in objects:
            [(each["rows"],)] = con.execute(f"select count(*) from {each['schema']}.{each['name']}").fetchall()
        return objects


def describe_schema() -> list[dict[str, Any]]:
    """Return the same of a store that this code would make, without rows: what the reference is written from."""
    with duckdb.connect() as con:
        upgrade(con)
        create_views(con)
        return _objects(con)


def _objects(con: Connection) -> list[dict[str, Any]]:
    objects: dict[tuple[str, str], dict[str, Any]] = {}
    for schema, name, object_comment, column, kind, comment in run_sql(con, "catalog/columns.sql"):
        found = objects.setdefault(
            (schema, name), {"schema": schema, "name": name, "comment": object_comment, "columns": []}
        )
        found["columns"].append({"name": column, "type": kind, "comment": comment})
    return list(objects.values())
