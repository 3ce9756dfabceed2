"""Two connections that load at a time come to the same store as one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import build_state
from flows.derive import tables
from flows.load import rows
from flows.load.database import Connection, write_draft
from flows.load.lanes import open_lanes
from flows.load.warehouse import Warehouse
from flows.pipeline import open_build
from flows.progress import Reporter
from flows.settings import load_settings

Build = Callable[..., dict[str, Any]]
MEBIBYTE = 1024 * 1024
ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
# What differs from run to run.
TIMES = "run_id last_run_id valid_from valid_to first_seen_at updated_at started_at finished_at seconds mtime_ns fingerprint"


def rows_of(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(store / "dateline.duckdb", read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        times = ", ".join(f"'{name}'" for name in TIMES.split())
        found = {
            table: con.execute(
                f"select columns(lambda name: name not in ({times})) from raw.{table} order by all"
            ).fetchall()
            for (table,) in names
        }
    assert len(found["contents"]) > 20
    assert found["link_targets"]
    assert found["story_documents"]
    return found


def test_two_lanes_load_what_one_does(tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(ARTICLES, folder)
    modes: list[bool] = []

    def noted(con: Connection, *, at_once: bool) -> Any:
        modes.append(at_once)
        return open_lanes(con, at_once=at_once)

    monkeypatch.setattr(rows, "open_lanes", noted)
    stores = {}
    for name, least in (("one", 10**12), ("two", 0)):
        monkeypatch.setattr(build_state, "BYTES_FOR_TWO_LANES", least)
        build(folder, warehouse=tmp_path / name, workers=2)
        stores[name] = rows_of(tmp_path / name)
    assert stores["two"] == stores["one"]
    first, second, third = sorted(folder.rglob("*.md"))[:3]
    first.write_text(second.read_text(encoding="utf-8") + "\nSee [the third](" + third.name + ").\n", encoding="utf-8")
    second.rename(second.with_name("renamed.md"))
    third.unlink()
    for name, least in (("one", 10**12), ("two", 0)):
        monkeypatch.setattr(build_state, "BYTES_FOR_TWO_LANES", least)
        done = build(folder, warehouse=tmp_path / name, workers=2)
        assert (done["files_edited"], done["files_renamed"], done["files_deleted"]) == (1, 1, 1)
        edited = rows_of(tmp_path / name)
        assert edited != stores[name]
        stores[name] = edited
    assert stores["two"] == stores["one"]
    # All of the text families derived again, one more edit, and a second source with what the store has already.
    shutil.copytree(folder, tmp_path / "copies")
    third_edit = sorted(folder.rglob("*.md"))[5]
    third_edit.write_text("---\ntitle: Anew\n---\n渡轮 and [a link](renamed.md).\n", encoding="utf-8")
    family = tables.FAMILIES["language"]
    monkeypatch.setitem(tables.FAMILIES, "language", family._replace(version=family.version + 1))
    for name, least in (("one", 10**12), ("two", 0)):
        monkeypatch.setattr(build_state, "BYTES_FOR_TWO_LANES", least)
        build(folder, tmp_path / "copies", warehouse=tmp_path / name, workers=2)
        derived_again = rows_of(tmp_path / name)
        assert len(derived_again["versions"]) > len(stores[name]["versions"])
        stores[name] = derived_again
    assert stores["two"] == stores["one"]
    assert modes == [False, True] * 3


@pytest.mark.parametrize(
    ("stored", "new", "workers", "lanes"),
    [
        (0, 20, 2, True),
        (0, 20, 1, False),
        (0, 10, 2, False),
        (150, 40, 2, True),
        (190, 40, 2, False),
        (0, 250, 4, False),
    ],
)
def test_two_lanes_where_there_is_much_to_load_for_one_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: int, new: int, workers: int, lanes: bool
) -> None:
    settings = load_settings({"warehouse": tmp_path / "w", "workers": workers, "executor": "inline"})
    with open_build(settings, Reporter(quiet=True), "") as begun:
        monkeypatch.setattr(begun, "new_bytes", lambda: new * MEBIBYTE)
        if stored:
            version = tmp_path / "version"
            version.touch()
            os.truncate(version, stored * MEBIBYTE)
            monkeypatch.setattr(Warehouse, "published", lambda _: version)
        assert begun.has_two_lanes is lanes


@pytest.fixture
def draft(tmp_path: Path) -> Any:
    with write_draft(tmp_path / "x.duckdb.draft", 1, "1GB", tmp_path / "spill") as con:
        con.execute("create table one (n integer); create table two (n integer)")
        yield con


@pytest.mark.parametrize("at_once", [False, True])
def test_lanes_meet(draft: Connection, at_once: bool) -> None:
    seen = []
    with open_lanes(draft, at_once=at_once) as lanes:
        lanes.apart(
            lambda con: con.execute("insert into one values (1)"), lambda con: con.execute("insert into two values (2)")
        )
        lanes.meet()
        lanes.both(lambda con: seen.append(con.execute("select one.n, two.n from one, two").fetchall()))
    assert seen == [[(1, 2)]] * (2 if at_once else 1)


@pytest.mark.parametrize("failing", [0, 1])
def test_what_fails_in_a_lane_ends_the_load(draft: Connection, failing: int) -> None:
    queries = ["insert into one values (1)", "insert into two values (2)"]
    queries[failing] = "insert into nowhere values (3)"
    with pytest.raises(duckdb.CatalogException), open_lanes(draft, at_once=True) as lanes:
        lanes.apart(lambda con: con.execute(queries[0]), lambda con: con.execute(queries[1]))
    draft.execute("rollback")
    assert draft.execute("select (select count(*) from one) + (select count(*) from two)").fetchall() == [(0,)]


def test_nobody_waits_for_the_other_lane_of_one_that_failed(draft: Connection) -> None:
    interrupted = []

    def go_on(con: Connection) -> None:
        try:
            con.execute("select count(*) from range(1_000_000_000_000) where range % 7 = 3").fetchall()
        except duckdb.InterruptException as error:
            interrupted.append(error)
            raise

    def stop(_: Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), open_lanes(draft, at_once=True) as lanes:
        lanes.apart(stop, go_on)
    assert len(interrupted) == 1
