"""Parquet exports of the published version: a folder per schema, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.load.database import read_published
from flows.load.views import SCHEMAS
from flows.load.warehouse import Warehouse, replace_link, storage_errors, sync, write_json

if TYPE_CHECKING:
    from flows.load.database import Connection

COPY_OPTIONS = "(format parquet, compression zstd, row_group_size 100000)"
KEPT_EXPORTS = 2
# Partitions make sense where files would be large and questions are about a time.
MONTHLY = "main.documents"


def export_published(warehouse: Warehouse, target: Path | None = None) -> dict[str, Any]:
    """Write every object of main and report as Parquet, then put the result in place at once; return its manifest.

    `target` is a folder of the caller's; None means the warehouse's own, a link to the current export.
    """
    version = warehouse.require_published()
    link = target or warehouse.folder / "exports"
    exports = link.parent / f".{link.name}-versions"
    folder = exports / version.stem
    draft = exports / f"{version.stem}.draft"
    with storage_errors(link):
        if link.exists() and not link.is_symlink():
            raise FileExistsError(17, "exists", str(link))
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        with read_published(version) as con:
            manifest = {"run_id": version.stem, "files": _export_all(con, draft)}
        write_json(draft / "_manifest.json", manifest)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
        sync(exports)
        replace_link(link, folder.relative_to(link.parent))
        for old in sorted(exports.iterdir())[:-KEPT_EXPORTS]:
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
    return manifest


def _export_all(con: Connection, draft: Path) -> list[dict[str, Any]]:
    views = con.execute(
        "select schema_name, view_name from duckdb_views() where schema_name in (?, ?) and not internal order by all",
        list(SCHEMAS),
    ).fetchall()
    files = []
    for schema, view in views:
        name = f"{schema}.{view}"
        for relative, where in _partitions(con) if name == MONTHLY else [(f"{schema}/{view}.parquet", "true")]:
            path = draft / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            con.execute(f"copy (select * from {name} where {where} order by all) to '{_quoted(path)}' {COPY_OPTIONS}")
            files.append(_describe(con, name, draft, path))
    return files


def _partitions(con: Connection) -> list[tuple[str, str]]:
    months = con.execute("select distinct date_trunc('month', published_at) from main.documents order by 1").fetchall()
    partitions = []
    for (month,) in months:
        if month is None:
            folder, where = "year=__HIVE_DEFAULT_PARTITION__/month=__HIVE_DEFAULT_PARTITION__", "published_at is null"
        else:
            folder = f"year={month.year:04}/month={month.month:02}"
            where = f"date_trunc('month', published_at) = '{month.isoformat()}'"
        partitions.append((f"main/documents/{folder}/documents.parquet", where))
    return partitions


def _describe(con: Connection, name: str, draft: Path, path: Path) -> dict[str, Any]:
    columns = con.execute(f"describe select * from '{_quoted(path)}'").fetchall()
    [(rows,)] = con.execute(f"select count(*) from '{_quoted(path)}'").fetchall()
    return {
        "object": name,
        "path": path.relative_to(draft).as_posix(),
        "rows": rows,
        "columns": {column[0]: column[1] for column in columns},
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
