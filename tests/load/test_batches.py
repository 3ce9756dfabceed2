"""What is derived does not depend on how the work was cut, in which order it came, or who did it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.derive.batch import derive_batch
from flows.derive.content import derive_contents
from flows.derive.profile import Profile
from flows.derive.shards import Rows
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tasks import PARTS, BatchTask, DerivationOptions, cut_batches
from flows.extract.discover import FoundFile, list_source
from flows.settings import DEFAULT_INCLUDE
from tests.conftest import ROOT
from tests.load.test_incremental import contents_of

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]


def derived_rows(folder: Path, work: Path, batches: int, seed: int) -> dict[str, list[str]]:
    """Derive a folder in so many batches, shuffled, and return the rows of each table, sorted."""
    files = list(list_source(folder, DEFAULT_INCLUDE).files)
    random.Random(seed).shuffle(files)
    (work / "known").write_bytes(b"")
    rows: dict[str, list[str]] = {table: [] for table in CONTENT_TABLES}
    for number in range(batches):
        task = BatchTask(
            name=f"{seed}-{number}",
            source="notes",
            root=str(folder),
            files=tuple(files[number::batches]),
            options=DerivationOptions(profile=Profile()),
            max_file_bytes=10_000_000,
            known_contents=str(work / "known"),
            shards=str(work / f"shards-{seed}"),
            scans=str(work),
        )
        manifest = derive_batch(task)
        for table in CONTENT_TABLES:
            rows[table] += map(repr, pl.read_parquet(f"{manifest.shards}/{table}.parquet").iter_rows())
    return {table: sorted(table_rows) for table, table_rows in rows.items()}


def test_batches_and_order_make_no_difference(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    shutil.copytree(ROOT / "seeds" / "articles", folder)
    for case in (ROOT / "tests" / "corpus").glob("*.md"):
        shutil.copy(case, folder / case.name)
    whole = derived_rows(folder, tmp_path, 1, 0)
    assert {table for table, rows in whole.items() if not rows} <= {"rejected", "mentions"}
    for batches, seed in ((2, 1), (7, 2), (len(whole["contents"]), 3)):
        assert derived_rows(folder, tmp_path, batches, seed) == whole


class PanicException(BaseException):
    """What libraries written in Rust raise when they fail."""


@pytest.mark.parametrize("error", [OverflowError("too large"), PanicException("too large")])
def test_a_file_on_which_the_derivation_fails_keeps_its_document_and_stops_no_other(
    build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(group: Iterable[tuple[bytes, bytes]], *others: Any) -> None:
        contents = list(group)
        if any(b"odd" in data for _, data in contents):
            raise error
        derive_contents(contents, *others)

    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in (("a", "plain"), ("b", "odd"), ("c", "other"), ("d", "first"), ("e", "odd too")):
        (folder / f"{name}.md").write_text(f"{text}\n")
    with monkeypatch.context() as patched:
        patched.setattr("flows.derive.batch.derive_contents", fail)
        row = build(folder)
        assert (row["documents"], row["files_rejected"], row["problems"]) == (3, 2, 2)
        assert ask("select path, status, stage, code from files join problems using (source, path) order by all") == [
            ("b.md", "rejected", "derive", "derivation_failed"),
            ("e.md", "rejected", "derive", "derivation_failed"),
        ]
        [(message,)] = ask("select distinct message from problems")
        assert f"fails on this file: {type(error).__name__}: too large (test_batches.py, line" in message
        copies: list[str] = []
        patched.setattr("flows.load.warehouse.Warehouse.start_draft", lambda _, run_id: copies.append(run_id))
        assert build(folder)["status"] == "nothing to do"
        # The whole store would be copied to find out that.
        assert copies == []
        patched.undo()
        patched.setattr("flows.derive.batch.derive_contents", fail)
        (folder / "d.md").write_text("odd\n")
        (folder / "a.md").write_text("plainer\n")
        row = build(folder)
        assert (row["documents"], row["files_edited"], row["files_rejected"], row["files_deleted"]) == (3, 1, 3, 0)
        assert ask("select path, body from documents order by path") == [
            ("a.md", "plainer\n"),
            ("c.md", "other\n"),
            ("d.md", "first\n"),
        ]
        (folder / "b.md").write_text("odd again\n")
        build(folder)
        assert build(folder)["status"] == "nothing to do"
        # What it says may be another thing each time: that is no reason to publish.
        error.args = ("too \ud800 small\0\n",)
        assert build(folder)["status"] == "nothing to do"
        (folder / "a.md").write_text("plainest\n")
        build(folder)
        [(message,)] = ask("select distinct message from problems")
        assert "too \\ud800 small\\x00\\n (" in message
        (folder / "e.md").unlink()
        row = build(folder)
        assert (row["documents"], row["files_rejected"], row["problems"]) == (3, 2, 2)
        # As a file that is no text, and back.
        (folder / "c.md").write_bytes(b"\x89PNG\r\n\x1a\n")
        build(folder)
        (folder / "c.md").write_text("odd\n")
        build(folder)
        assert ask("select code from problems where path = 'c.md' order by code") == [
            ("derivation_failed",),
            ("not_text",),
        ]
        (folder / "c.md").write_bytes(b"\x89PNG\r\n\x1a\n")
        assert build(folder)["published"] is True
        assert ask("select code from problems where path = 'c.md'") == [("not_text",)]
        (folder / "c.md").write_text("other\n")
        build(folder)
    # With code that does not fail on them.
    row = build(folder)
    assert (row["documents"], row["files_added"], row["files_edited"], row["files_rejected"]) == (4, 1, 1, 0)
    assert ask("select * from problems") == []


def test_what_every_file_fails_on_is_no_problem_of_files(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.md").write_text(f"{name}\n")
    monkeypatch.setattr("flows.derive.batch.derive_contents", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(folder)

    def panic(*_: Any) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("flows.derive.batch.derive_contents", panic)
    with pytest.raises(RuntimeError, match="PanicException: index out of bounds"):
        build(folder)


def test_what_only_several_files_bring_about_together_is_derived_in_parts(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(group: Iterable[tuple[bytes, bytes]], *others: Any) -> None:
        contents = list(group)
        if len(contents) > 2:
            raise OverflowError("too many")
        derive_contents(contents, *others)

    build(ROOT / "seeds" / "articles", warehouse=tmp_path / "whole")
    monkeypatch.setattr("flows.derive.batch.derive_contents", fail)
    build(ROOT / "seeds" / "articles", warehouse=tmp_path / "parts")
    assert contents_of(tmp_path / "parts") == contents_of(tmp_path / "whole")


def test_a_value_that_no_table_takes_is_a_problem_of_its_file(
    build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_too_much(group: Iterable[tuple[bytes, bytes]], options: DerivationOptions, rows: Rows) -> None:
        contents = list(group)
        derive_contents(contents, options, rows)
        rows["code_blocks"] += [(content_id, 0, None, 1 << 64) for content_id, data in contents if b"odd" in data]

    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("odd\n")
    (folder / "b.md").write_text("even\n")
    monkeypatch.setattr("flows.derive.batch.derive_contents", add_too_much)
    assert build(folder)["documents"] == 1
    assert ask("select path, code from problems") == [("a.md", "derivation_failed")]


@pytest.mark.parametrize(("workers", "most"), [(2, 1.1), (4, 1.35), (8, 2.0)])
@pytest.mark.parametrize("batches", [2, 3, 5, 20])
def test_the_last_batches_leave_no_worker_alone_for_long(workers: int, most: float, batches: int) -> None:
    """The busiest of some workers, each of whom takes the next batch, has so many times its share of the bytes."""
    files = [FoundFile(f"{number}.md", f"{number}.md", 4096, 0) for number in range(batches * 1024)]
    cut = list(cut_batches(files, 1024 * 4096))
    assert [found for batch in cut for found in batch] == files
    assert len(cut) <= batches + 2 * PARTS
    loads = [0] * workers
    for batch in cut:
        loads[loads.index(min(loads))] += sum(found.size for found in batch)
    assert max(loads) <= most * sum(loads) / workers


def test_workers_make_no_difference(build: Build, tmp_path: Path) -> None:
    folder = ROOT / "seeds" / "articles"
    build(folder, warehouse=tmp_path / "one")
    build(folder, warehouse=tmp_path / "two", executor="processes", workers=2, batch_bytes=3000)
    assert contents_of(tmp_path / "one") == contents_of(tmp_path / "two")
