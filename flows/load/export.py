"""Parquet exports of the published version: a folder per schema, the same bytes for the same data.

Files whose rows did not change since the last export to the same place are linked, not written again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from flows.load.database import literal, read_published
from flows.load.versioned_folder import MANIFEST, replace_folder
from flows.load.views import SCHEMAS
from flows.load.warehouse import Warehouse, sync, write_json
from flows.resources import sql_text

if TYPE_CHECKING:
    from flows.load.database import Connection

COPY_OPTIONS = "(format parquet, compression zstd, row_group_size 100000)"
# One file a month where files would be large and questions are about a time.
MONTHLY = "main.documents"
_KEY = re.compile(r"^-- key: (.+)$", re.MULTILINE)


class ExportFile(NamedTuple):
    """One Parquet file to come: the object, its place, the rows it holds, and a fingerprint of them."""

    name: str
    path: str
    where: str
    fingerprint: str


def export_published(warehouse: Warehouse, target: Path | None = None) -> dict[str, Any]:
    """Export every object of main and report, put the result in place at once, and return its manifest.

    `target` is a folder to make, which becomes a link; None means ``exports`` in the warehouse. Raises StorageError
    when something else is in the way, or the disk is full; what was there before stays.
    """
    version = warehouse.require_published()
    link = target or warehouse.folder / "exports"
    with replace_folder(link, version.stem, "dateline export") as draft, read_published(version) as con:
        return write_exports(con, draft.folder, draft.previous, version.stem)


def write_exports(con: Connection, folder: Path, previous: Path | None, run_id: str) -> dict[str, Any]:
    """Write all files and the manifest below `folder`, linking those that `previous` holds already."""
    old_manifest = _read_manifest(previous)
    same_writer = old_manifest.get("duckdb_version") == duckdb.__version__
    old_files = {entry["path"]: entry for entry in old_manifest.get("files", ())} if same_writer else {}
    files = []
    for file in _planned_files(con):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        entry = old_files.get(file.path)
        if entry and previous and entry["fingerprint"] == file.fingerprint and (previous / file.path).exists():
            _link_or_copy(previous / file.path, path)
            files.append({**entry, "is_rewritten": False})
        else:
            query = f"select * from {file.name} where {file.where} order by {_order_of(file.name)}"
            con.execute(f"copy ({query}) to {literal(path)} {COPY_OPTIONS}")
            sync(path)
            files.append(_describe(con, file, path))
    manifest = {"run_id": run_id, "duckdb_version": duckdb.__version__, "files": files}
    write_json(folder / MANIFEST, manifest)
    return manifest


def _planned_files(con: Connection) -> Iterator[ExportFile]:
    views = con.execute(
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
        f" and schema_name in {literal(SCHEMAS)} order by 1"
    ).fetchall()
    for (name,) in views:
        month = "date_trunc('month', published_at)" if name == MONTHLY else "null::timestamptz"
        columns = "|".join(str(column) for column in con.execute(f"describe {name}").fetchall())
        rows = con.execute(
            f"select {month}, count(*), sum(hash(x)::hugeint) from {name} as x group by 1 order by 1"
        ).fetchall()
        if not rows and name != MONTHLY:
            rows = [(None, 0, 0)]
        for start, count, total in rows:
            path, where = _partition(start) if name == MONTHLY else (f"{name.replace('.', '/')}.parquet", "true")
            digest = hashlib.sha256(f"{columns} {count} {total}".encode()).hexdigest()[:32]
            yield ExportFile(name, path, where, digest)


def _partition(month: Any) -> tuple[str, str]:
    # Documents without a date: a plain number, since pandas cannot read partitions that are null.
    year_name, month_name = "0", "00"
    where = "published_at is null"
    if month is not None:
        year_name, month_name = f"{month.year}", f"{month.month:02}"
        where = f"date_trunc('month', published_at) = '{month.isoformat()}'"
    return f"main/documents/year={year_name}/month={month_name}/documents.parquet", where


def _order_of(name: str) -> str:
    """Return a total order: the key that the view's file states, else all columns."""
    key = _KEY.search(sql_text(f"{name.replace('.', '/')}.sql"))
    return key[1] if key else "all"


def _describe(con: Connection, file: ExportFile, path: Path) -> dict[str, Any]:
    columns = con.execute(f"describe select * from read_parquet({literal(path)}, hive_partitioning = false)").fetchall()
    [(rows,)] = con.execute(f"select count(*) from read_parquet({literal(path)})").fetchall()
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "object": file.name,
        "path": file.path,
        "rows": rows,
        "bytes": path.stat().st_size,
        "columns": {column[0]: column[1] for column in columns},
        "sha256": digest,
        "fingerprint": file.fingerprint,
        "is_rewritten": True,
    }


def _read_manifest(folder: Path | None) -> dict[str, Any]:
    try:
        return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))) if folder else {}
    except (OSError, ValueError):
        return {}


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
