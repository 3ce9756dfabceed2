"""The history and the index: every change has its interval, every path its fate."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]

CHANGES = "select path, change, is_current from document_versions order by valid_from, change, path"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nFirst text.\n")
    (folder / "b.md").write_text("# B\n\nSecond text.\n")
    return folder


def test_first_build_adds_everything(notes: Path, build: Build, ask: Ask) -> None:
    row = build(notes)
    assert (row["files_seen"], row["files_added"], row["documents"], row["published"]) == (2, 2, 2, True)
    assert ask(CHANGES) == [("a.md", "added", True), ("b.md", "added", True)]
    assert ask("select path, title, status from documents join files using (source, path) order by path") == [
        ("a.md", "A", "loaded"),
        ("b.md", "B", "loaded"),
    ]


def test_nothing_new_publishes_nothing(notes: Path, build: Build, tmp_path: Path) -> None:
    build(notes)
    published = str((tmp_path / "warehouse" / "dateline.duckdb").readlink())
    row = build(notes)
    assert (row["published"], row["files_unchanged"], row["documents"]) == (False, 2, 2)
    os.utime(notes / "a.md")
    row = build(notes, full=True)
    assert (row["published"], row["status"]) == (False, "nothing to do")
    assert str((tmp_path / "warehouse" / "dateline.duckdb").readlink()) == published


def test_edit_opens_an_interval(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    (notes / "a.md").write_text("# A\n\nAnother text.\n")
    row = build(notes)
    assert (row["files_edited"], row["files_unchanged"], row["documents"]) == (1, 1, 2)
    assert ask(
        "select change, is_current, valid_to is null from document_versions where path = 'a.md' order by valid_from"
    ) == [
        ("added", False, False),
        ("edited", True, True),
    ]
    [(first_seen, updated, body)] = ask("select first_seen_at, updated_at, body from documents where path = 'a.md'")
    assert first_seen < updated
    assert "Another" in body


def test_rename_keeps_identity_and_derives_nothing(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    before = dict(ask("select path, document_id from documents"))
    (notes / "deep").mkdir()
    (notes / "a.md").rename(notes / "deep" / "renamed.md")
    row = build(notes)
    assert (row["files_renamed"], row["files_added"], row["files_deleted"]) == (1, 0, 0)
    after = dict(ask("select path, document_id from documents"))
    assert after["deep/renamed.md"] == before["a.md"]
    assert ask("select count(*) from raw.contents") == [(2,)]
    assert ask("select status from files where path = 'a.md'") == [("deleted",)]


def test_deleted_and_restored_documents_keep_their_id(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    [(identity,)] = ask("select document_id from documents where path = 'a.md'")
    text = (notes / "a.md").read_text()
    (notes / "a.md").unlink()
    row = build(notes)
    assert (row["files_deleted"], row["documents"]) == (1, 1)
    assert ask("select count(*) from documents where path = 'a.md'") == [(0,)]
    assert ask("select bool_and(valid_to is not null) from document_versions where path = 'a.md'") == [(True,)]
    (notes / "a.md").write_text(text + "And more.\n")
    row = build(notes)
    assert row["files_added"] == 1
    assert ask("select document_id from documents where path = 'a.md'") == [(identity,)]
    assert [change for _, change, _ in ask(CHANGES.replace("order", "where path = 'a.md' order"))] == [
        "added",
        "deleted",
        "restored",
    ]


def test_new_file_at_a_renamed_document_s_first_path_is_another_document(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    (notes / "a.md").rename(notes / "moved.md")
    build(notes)
    (notes / "a.md").write_text("# Newcomer\n")
    build(notes)
    (notes / "a.md").rename(notes / "moved again.md")
    build(notes)
    (notes / "a.md").write_text("# Third\n")
    build(notes)
    assert ask("select count(*), count(distinct document_id) from documents") == [(4, 4)]


def test_swapped_files_are_edits(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    (notes / "a.md").rename(notes / "x")
    (notes / "b.md").rename(notes / "a.md")
    (notes / "x").rename(notes / "b.md")
    assert build(notes)["files_edited"] == 2
    assert dict(ask("select path, title from documents")) == {"a.md": "B", "b.md": "A"}


def test_copies_share_one_content(notes: Path, build: Build, ask: Ask) -> None:
    (notes / "copy.md").write_bytes((notes / "a.md").read_bytes())
    build(notes)
    assert ask("select count(*) from raw.contents") == [(2,)]
    assert ask("select count(*), count(distinct document_id) from documents") == [(3, 3)]


def test_not_text_is_rejected_with_its_bytes(notes: Path, build: Build, ask: Ask) -> None:
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\xff\xfe" * 20
    (notes / "c.md").write_bytes(picture)
    row = build(notes)
    assert (row["files_rejected"], row["documents"]) == (1, 2)
    assert ask("select status from files where path = 'c.md'") == [("rejected",)]
    assert ask("select code, severity from problems where path = 'c.md'") == [("not_text", "error")]
    assert ask("select bytes from raw.rejected") == [(picture,)]
    assert build(notes)["published"] is False
    (notes / "a.md").write_bytes(picture)
    assert build(notes)["files_rejected"] == 2
    assert ask("select count(*) from documents") == [(1,)]
    (notes / "a.md").write_text("# A is text again\n")
    build(notes)
    assert ask("select title from documents where path = 'a.md'") == [("A is text again",)]


def test_too_large_files_are_rejected_and_say_so(notes: Path, build: Build, ask: Ask) -> None:
    (notes / "large.md").write_text("x" * 5000)
    build(notes, max_file_bytes=4000)
    assert ask("select status, code from files join problems using (source, path)") == [("rejected", "file_too_large")]
    assert build(notes, max_file_bytes=4000)["published"] is False


def test_unreadable_file_keeps_its_document(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    (notes / "a.md").unlink()
    (notes / "a.md").symlink_to(notes / "a.md")
    build(notes)
    assert ask("select status, code from files join problems using (source, path)") == [("rejected", "file_unreadable")]
    assert ask("select count(*) from documents where path = 'a.md'") == [(1,)]
    assert build(notes)["published"] is False
    (notes / "a.md").unlink()
    (notes / "a.md").write_text("# A\n\nFirst text.\n")
    build(notes)
    assert ask("select status from files where path = 'a.md'") == [("loaded",)]
    assert ask("select count(*) from problems") == [(0,)]


def test_sources_live_side_by_side(notes: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("# Elsewhere\n")
    build(notes)
    build(other)
    assert ask("select source, count(*) from documents group by source order by source") == [("notes", 2), ("other", 1)]
    (other / "a.md").unlink()
    row = build()
    assert (row["files_seen"], row["files_deleted"], row["documents"]) == (2, 1, 2)


def test_one_file_says_nothing_of_the_others(notes: Path, build: Build, ask: Ask) -> None:
    build(notes)
    (notes / "a.md").write_text("# Edited\n")
    (notes / "b.md").unlink()
    row = build(notes / "a.md")
    assert (row["files_edited"], row["files_deleted"], row["documents"]) == (1, 0, 2)


def test_empty_folder_gives_an_empty_store(tmp_path: Path, build: Build, ask: Ask) -> None:
    (tmp_path / "nothing").mkdir()
    assert build(tmp_path / "nothing")["documents"] == 0
    assert ask("select count(*) from documents") == [(0,)]


def test_document_id_is_the_same_in_every_warehouse(notes: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    build(notes)
    build(notes, warehouse=tmp_path / "second")
    query = "select document_id, path from documents order by path"
    assert ask(query) == ask(query, tmp_path / "second")


def test_odd_names_and_odd_files_each_have_one_row(tmp_path: Path, build: Build, ask: Ask) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names = [
        b"caf\xe9.md",
        b"line\nbreak.md",
        b"spa ce.md",
        "中文.md".encode(),
        b"quo'te.md",
        b"back\\xe9.md",
        b"a;b.md",
    ]
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_text(f"# Odd {number}\n")
    (folder / "empty.md").write_bytes(b"")
    (folder / "only front matter.md").write_text("---\ntitle: Only\n---\n")
    (folder / "nul.md").write_bytes(b"# N\n\na\x00b\n")
    (folder / "utf16.md").write_bytes("---\ntitle: 十六\n---\n正文。\n".encode("utf-16"))
    row = build(folder)
    assert (row["files_seen"], row["documents"], row["files_rejected"]) == (11, 11, 0)
    assert ask("select count(*), count(distinct path) from files") == [(11, 11)]
    assert ask("select title from documents where path = 'caf\\xe9.md'") == [("Odd 0",)]
    assert ask("select title, encoding from documents where path = 'utf16.md'")[0][0] == "十六"
    assert ask("select body from documents where path = 'nul.md'") == [("# N\n\na\x00b\n",)]
    assert ask("select title, body from documents where path = 'empty.md'") == [("empty", "")]
    (folder / os.fsdecode(names[0])).rename(folder / os.fsdecode(b"caf\xe8.md"))
    assert build(folder)["files_renamed"] == 1


def test_clock_set_back_does_not_stop_builds(
    notes: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build(notes)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    (notes / "a.md").write_text("# A\n\nAnother text.\n")
    (notes / "b.md").unlink()
    row = build(notes)
    assert (row["files_edited"], row["files_deleted"], row["documents"]) == (1, 1, 1)
    assert row["started_at"].timestamp() == row["finished_at"].timestamp() == 1_700_000_000
    assert "the clock says 2020-09-13" in row["notes"][0]
    assert ask("select path, body from documents") == [("a.md", "# A\n\nAnother text.\n")]
    assert ask("select arg_max(documents, run_id) from runs") == [(1,)]
    published = (tmp_path / "warehouse" / "dateline.duckdb").readlink().name
    assert published == max(path.name for path in (tmp_path / "warehouse" / "versions").iterdir())
    (notes / "b.md").write_text("# B\n\nSecond text.\n")
    assert build(notes)["documents"] == 2
