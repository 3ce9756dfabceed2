"""The lock, the swap, the failures: readers are never blocked and never see half a build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import pipeline
from flows.build_state import Build as BuildState
from flows.errors import ChecksFailedError, WarehouseBusyError, WarehouseVersionError
from flows.load.warehouse import Warehouse
from tests.conftest import ROOT

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]


def versions_of(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "warehouse" / "versions").iterdir())


def test_open_readers_keep_their_version_and_new_ones_see_the_next(
    articles: Path, build: Build, ask: Ask, tmp_path: Path
) -> None:
    build(articles)
    with duckdb.connect(tmp_path / "warehouse" / "dateline.duckdb", read_only=True) as reader:
        (articles / "a.md").unlink()
        build(articles)
        assert reader.execute("select count(*) from documents").fetchall() == [(4,)]
        assert ask("select count(*) from documents") == [(3,)]


def test_three_versions_are_kept(articles: Path, build: Build, tmp_path: Path) -> None:
    for number in range(5):
        (articles / "a.md").write_text(f"# {number}\n")
        build(articles)
    assert len(versions_of(tmp_path)) == 3
    assert str((tmp_path / "warehouse" / "dateline.duckdb").readlink()) == f"versions/{versions_of(tmp_path)[-1]}"


def test_a_copy_that_was_not_needed_is_not_left(articles: Path, build: Build, tmp_path: Path) -> None:
    """The copy begins while files are read; that nothing in them changed is known later."""
    build(articles)
    version = versions_of(tmp_path)
    os.utime(articles / "a.md", (1_700_000_000.5, 1_700_000_000.5))
    assert not build(articles)["published"]
    assert versions_of(tmp_path) == version


def test_second_build_leaves_when_told_not_to_wait(articles: Path, build: Build, tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    with warehouse.lock(wait=True, on_wait=print), pytest.raises(WarehouseBusyError, match=r"process \d+"):
        build(articles, wait=False)
    assert build(articles, wait=False)["published"]


def test_second_build_waits_for_the_first(articles: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows", "build", str(articles), "--direct", "--no-entities"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    builds = [
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    outputs = [build.communicate(timeout=120) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], outputs
    assert sorted(output[0].split()[0] for output in outputs) == ["Nothing", "Published"]


def test_failing_check_keeps_the_published_version(
    articles: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(articles)
    (articles / "a.md").unlink()

    def spoil(build: BuildState) -> None:
        build.open_draft().execute(
            "insert into raw.versions by name select * replace (null as valid_to) from raw.versions"
        )

    load = pipeline.load
    monkeypatch.setattr(pipeline, "load", lambda build: (load(build), spoil(build)))
    with pytest.raises(ChecksFailedError, match="document_id_is_unique"):
        build(articles)
    assert ask("select count(*) from documents") == [(4,)]
    monkeypatch.undo()
    assert build(articles, warehouse=tmp_path / "warehouse", executor="inline")["files_deleted"] == 1


@pytest.mark.parametrize("stage", ["load", "transform", "check", "publish"])
def test_failure_in_any_stage_changes_nothing(
    articles: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    build(articles)
    before = versions_of(tmp_path)
    (articles / "a.md").unlink()

    def fail(build: BuildState) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(pipeline, stage, fail)
    with pytest.raises(RuntimeError):
        build(articles)
    assert ask("select count(*) from documents") == [(4,)]
    assert versions_of(tmp_path) == before
    monkeypatch.undo()
    assert build(articles, executor="inline")["files_deleted"] == 1


def test_killed_build_leaves_the_published_version_and_the_next_one_recovers(
    articles: Path, build: Build, ask: Ask, tmp_path: Path
) -> None:
    build(articles)
    command = [sys.executable, "-m", "flows", "build", str(articles), "--direct", "--no-entities"]
    for delay in (0.2, 0.35, 0.5, 0.65, 0.8):
        (articles / "a.md").write_text(f"# {delay}\n")
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert ask("select count(*) from documents") == [(4,)]
    build(articles)
    assert ask("select title from documents where path = 'a.md'") == [("0.8",)]
    assert not list((tmp_path / "warehouse").rglob("*.draft*"))


@pytest.mark.parametrize("damage", [b"", b"PAR1 and then nothing", b"PAR1" + bytes(2000) + b"PAR1"])
def test_torn_shards_are_derived_again(
    articles: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    """A power cut can leave a finished name with less than was written to it."""

    def cut(build: BuildState) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "load", cut)
    with pytest.raises(KeyboardInterrupt):
        build(articles)
    monkeypatch.undo()
    shards = list((tmp_path / "warehouse" / "shards").glob("*/contents.parquet"))
    assert shards
    for file in shards:
        file.write_bytes(damage)
    if len(damage) > 1000:
        # What looks whole is found out when it is read, and not tried again.
        with pytest.raises(duckdb.Error):
            build(articles)
    assert build(articles)["documents"] == 4
    assert ask("select count(*) from documents") == [(4,)]


def test_newer_schema_is_refused(articles: Path, build: Build, tmp_path: Path) -> None:
    build(articles)
    with duckdb.connect((tmp_path / "warehouse" / "dateline.duckdb").resolve()) as con:
        con.execute("update raw.meta set schema_version = 999")
    with pytest.raises(WarehouseVersionError, match="newer Dateline"):
        build(articles)


def test_warehouse_inside_its_source_is_not_read(tmp_path: Path, build: Build, ask: Ask) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    build(tmp_path)
    build(tmp_path)
    assert ask("select path from files") == [("a.md",)]


def test_shards_of_failed_builds_do_not_pile_up(
    articles: Path, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(build: BuildState) -> None:
        raise ChecksFailedError("not now")

    monkeypatch.setattr(pipeline, "check", fail)
    kept = set()
    for number in range(4):
        (articles / "a.md").write_text(f"# {number}\n")
        with pytest.raises(ChecksFailedError):
            build(articles)
        folders = {folder.name for folder in (tmp_path / "warehouse" / "shards").iterdir()}
        assert len(folders) == 2, "the shards of the last attempt, and the empty ones"
        kept.add(frozenset(folders))
    assert len(kept) == 4
