"""Parquet exports: complete, equal bytes for equal data, rewritten only where rows changed, swapped at once."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from flows.errors import StorageError
from flows.load.export import export_published
from flows.load.query import check_published
from flows.load.remote_export import export_to_url
from flows.load.warehouse import Warehouse
from flows.settings import Settings

Build = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def store(articles: Path, build: Build, tmp_path: Path) -> Warehouse:
    build(articles)
    return Warehouse(tmp_path / "warehouse")


def test_every_object_is_exported_and_described(store: Warehouse) -> None:
    manifest = export_published(store)
    exports = store.folder / "exports"
    with duckdb.connect(store.link, read_only=True) as con:
        views = con.execute(
            "select schema_name, view_name from duckdb_views() where not internal and schema_name in ('main', 'report')"
        ).fetchall()
        for schema, view in views:
            files = [entry for entry in manifest["files"] if entry["object"] == f"{schema}.{view}"]
            count = con.execute(f"select count(*) from {schema}.{view}").fetchall()
            assert [(sum(entry["rows"] for entry in files),)] == count
    for entry in manifest["files"]:
        assert hashlib.sha256((exports / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
        assert list(pl.read_parquet_schema(exports / entry["path"])) == list(entry["columns"])
    assert json.loads((exports / "_manifest.json").read_text()) == manifest
    assert (exports / "main/documents/year=2025/month=01/documents.parquet").exists()


def test_polars_pandas_and_duckdb_read_them(store: Warehouse) -> None:
    export_published(store)
    documents = store.folder / "exports" / "main" / "documents"
    lazy = pl.scan_parquet(documents / "**" / "*.parquet", hive_partitioning=True)
    assert lazy.filter(pl.col("year") == 2025).select("title").collect()["title"].to_list() == ["Ferry"]
    assert sorted(pd.read_parquet(documents)["path"]) == ["a.md", "b.md", "broken.md", "sub/c.md"]
    rows = duckdb.sql(
        f"select count(*), count(*) filter (year > 0) from read_parquet('{documents}/**/*.parquet')"
    ).fetchall()
    assert rows == [(4, 1)]


def test_unchanged_files_are_linked_not_written(store: Warehouse, articles: Path, build: Build) -> None:
    first = export_published(store)
    assert all(entry["is_rewritten"] for entry in first["files"])
    assert not any(entry["is_rewritten"] for entry in export_published(store)["files"])
    (articles / "b.md").write_text("# Second, edited\n\nNothing else.\n")
    build(articles)
    rewritten = {entry["path"] for entry in export_published(store)["files"] if entry["is_rewritten"]}
    assert "main/documents/year=2025/month=01/documents.parquet" not in rewritten
    assert "main/documents/year=0/month=00/documents.parquet" in rewritten
    assert len(list((store.folder / ".exports-versions").glob("2*"))) == 2


def test_equal_data_gives_equal_bytes_however_many_workers(dateline: Run, articles: Path, tmp_path: Path) -> None:
    for number in range(60):
        (articles / f"n{number}.md").write_text(f"---\ntags: [a, b{number % 5}]\n---\n# T{number}\n\nText {number}.\n")
    digests = []
    for name, workers in (("one", 1), ("two", 2), ("again", 2)):
        fixed = {"SOURCE_DATE_EPOCH": "1700000000", "DATELINE_BATCH_BYTES": "500"}
        dateline("build", articles, "--direct", "--no-entities", "--workers", workers, "--warehouse", name, **fixed)
        dateline("export", "--warehouse", name)
        files = sorted((tmp_path / name / "exports").rglob("*.parquet"))
        digests.append(
            {
                path.relative_to(tmp_path / name / "exports"): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in files
                if path.stem != "runs"
            }
        )
    assert digests[0] == digests[1] == digests[2]


def test_export_elsewhere_and_what_stands_in_the_way(store: Warehouse, tmp_path: Path, dateline: Run) -> None:
    (tmp_path / "empty").mkdir()
    dateline("export", "--to", "empty")
    assert (tmp_path / "empty" / "main" / "documents").is_dir()
    dateline("export", "--to", "empty")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    with pytest.raises(StorageError, match="was not made by dateline"):
        export_published(store, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "precious"


def test_damaged_exports_are_found(store: Warehouse) -> None:
    export_published(store)
    assert not [result for result in check_published(store, Settings(warehouse=store.folder)) if result.failures]
    file = store.folder / "exports" / "main" / "files.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    [result] = [result for result in check_published(store, Settings(warehouse=store.folder)) if result.failures]
    assert (result.name, result.examples[0]["path"]) == ("exports_agree", "main/files.parquet")


def test_export_to_a_url_is_led_by_its_manifest(store: Warehouse, articles: Path, build: Build, tmp_path: Path) -> None:
    url = f"file://{tmp_path}/bucket"
    for number in range(4):
        (articles / "a.md").write_text(f"# Edition {number}\n")
        build(articles)
        manifest = export_to_url(store, url)
    stored = json.loads((tmp_path / "bucket" / "_manifest.json").read_text())
    assert stored == manifest
    for entry in stored["files"]:
        content = (tmp_path / "bucket" / entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert len(list((tmp_path / "bucket" / "versions").iterdir())) == 2


def test_unknown_kind_of_url_is_wrong_use(store: Warehouse, dateline: Run) -> None:
    assert "nosuchprotocol" in dateline("export", "--to", "nosuchprotocol://x/y", status=2).stderr
