"""Connections to the store, its schema, and SQL files run whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows import __version__
from flows.derive.tables import family_versions, stale_families
from flows.errors import StorageError, WarehouseVersionError
from flows.resources import SQL, sql_files, sql_text

SCHEMA_VERSION = 7
STORAGE_VERSION = "v1.5.0"
# Folders of sql/ whose files make views and macros.
VIEW_FOLDERS = ("main", "report", "macros")

Connection = duckdb.DuckDBPyConnection


@contextmanager
def read_published(version: Path, threads: int | None = None) -> Iterator[Connection]:
    """Open a published version read-only; other processes may do the same at the same time."""
    with _connect(version, read_only=True) as con:
        if threads:
            con.execute(f"set threads = {threads}")
        yield con


@contextmanager
def write_draft(draft: Path, threads: int, memory: str, spill: Path) -> Iterator[Connection]:
    """Open a draft for writing, with the tables of this code's schema in place.

    DuckDB takes `memory` at most; what does not fit goes to the folder `spill`.
    """
    with _connect(draft, read_only=False) as con:
        con.execute(f"set threads = {threads}; set memory_limit = {literal(memory)}")
        con.execute(f"set temp_directory = {literal(spill)}")
        upgrade(con)
        yield con


def beside(con: Connection) -> Connection:
    """Return another connection to what `con` has open, for another thread; it sees what is committed."""
    [(catalog,)] = con.execute("select current_database()").fetchall()
    other = con.cursor()
    other.execute(f"""use "{catalog}"; set time zone 'UTC'""")
    return other


def upgrade(con: Connection) -> None:
    """Bring the tables of an older version of this code up to date.

    Raises WarehouseVersionError for a file that a newer version wrote, or one that must be rebuilt.
    """
    known = con.execute("select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'meta'").fetchall()
    if known:
        versions = range(check_schema(con) + 1, SCHEMA_VERSION + 1)
        for version in versions:
            _migrate(con, version)
        if versions:
            _create_tables(con)
        return
    # Together: each by itself would be forced to disk.
    con.execute("begin")
    con.execute("create schema if not exists raw; create schema if not exists main; create schema if not exists report")
    _create_tables(con)
    con.execute(f"insert into raw.meta values ({SCHEMA_VERSION}, {literal(__version__)}, null)")
    record_families(con)
    con.execute("commit")


def _create_tables(con: Connection) -> None:
    for file in sql_files("raw"):
        con.execute(file.read_text(encoding="utf-8"))


def _migrate(con: Connection, version: int) -> None:
    if not (SQL / "migrations" / f"{version}.sql").is_file():
        raise WarehouseVersionError(
            f"the warehouse is too old to be upgraded to schema {version}; build it anew in another --warehouse"
        )
    con.execute("begin")
    run_sql(con, f"migrations/{version}.sql")
    con.execute(f"update raw.meta set schema_version = {version}, sql_digest = null")
    con.execute("commit")


def check_schema(con: Connection) -> int:
    """Return the version of the file's tables. Raises WarehouseVersionError for what this code cannot read."""
    try:
        [(version,)] = con.execute("select schema_version from raw.meta").fetchall()
    except duckdb.CatalogException as error:
        raise WarehouseVersionError("this file was not written by Dateline") from error
    if version > SCHEMA_VERSION:
        raise WarehouseVersionError(
            f"the warehouse was written by a newer Dateline (schema {version}, this one knows {SCHEMA_VERSION}); "
            "upgrade Dateline to open it"
        )
    return int(version)


def is_outdated(con: Connection) -> bool:
    """Say whether the file was written by other code: another schema, other views, other derivations."""
    [(schema, digest)] = con.execute("select schema_version, sql_digest from raw.meta").fetchall()
    stored = dict(con.execute("select family, version from raw.derivations").fetchall())
    return bool(schema != SCHEMA_VERSION or digest != sql_digest() or stale_families(stored))


def run_sql(con: Connection, path: str, **names: str) -> list[tuple[Any, ...]]:
    """Run a file below sql/ whole and return the rows of its last statement; `names` fill its ``{{ name }}``."""
    text = sql_text(path)
    for name, value in names.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return con.execute(text).fetchall()


def set_variables(con: Connection, **values: Any) -> None:
    """Set SQL variables, which SQL files read with ``getvariable``."""
    con.execute("".join(f"set variable {name} = {literal(value)};" for name, value in values.items()))


def literal(value: Any) -> str:
    """Return a value as SQL.

    Used in place of bound parameters, for which DuckDB loads pandas where that is installed: half a second.
    """
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float)):
        return str(value)
    if isinstance(value, datetime):
        return f"'{value.isoformat()}'::timestamptz"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return f"map({literal(list(value))}, {literal(list(value.values()))})"
    return "'" + str(value).replace("'", "''") + "'"


def record_families(con: Connection) -> None:
    """Note the versions of all derivation families as those whose rows are stored; that of entities is noted apart."""
    rows = ", ".join(f"({literal(name)}, {literal(version)})" for name, version in family_versions().items())
    con.execute(f"delete from raw.derivations where family <> 'entities'; insert into raw.derivations values {rows}")


def sql_digest() -> str:
    """Return a hash of the SQL files whose objects a published version holds."""
    digest = hashlib.sha256()
    for folder in VIEW_FOLDERS:
        for file in sql_files(folder):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _connect(path: Path, *, read_only: bool) -> Iterator[Connection]:
    try:
        if read_only:
            con = duckdb.connect(path, read_only=True)
        else:
            con = duckdb.connect(config={"autoinstall_known_extensions": False})
            # A draft that is not finished is thrown away: nothing need be written to recover it by.
            options = f"storage_version '{STORAGE_VERSION}', recovery_mode no_wal_writes"
            con.execute(f"attach {literal(path)} as dateline ({options})")
            con.execute("use dateline")
    except duckdb.Error as error:
        raise StorageError(f"{path} cannot be opened: {_first_line(error)}") from error
    try:
        con.execute("set time zone 'UTC'")
        yield con
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        advice = " Set `memory` higher." if isinstance(error, duckdb.OutOfMemoryException) else ""
        message = f"{path}: {_first_line(error)}. The published version is as it was.{advice}"
        raise StorageError(message) from error
    finally:
        con.close()


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
