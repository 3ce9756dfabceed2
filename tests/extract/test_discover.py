"""Listing sources and comparing them with the index."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import UsageError
from flows.extract.discover import compare, is_settled, list_source, name_filter
from flows.extract.path_names import path_of_text, text_of_path

MARKDOWN = ("*.md", "*.txt")


def paths_of(root: Path, **options: object) -> list[str]:
    return [found.path for found in list_source(root, MARKDOWN, **options).files]  # type: ignore[arg-type]  # any of its options


def fill(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def test_lists_matching_files_in_order_and_no_hidden_folders(tmp_path: Path) -> None:
    fill(tmp_path, "b.md", "a/c.MD", "a/d.html", ".git/e.md", "a/.hidden/f.md", "g.txt", ".draft.md")
    assert paths_of(tmp_path) == [".draft.md", "a/c.MD", "b.md", "g.txt"]


@pytest.mark.parametrize(
    ("patterns", "path", "matches"),
    [
        (("*.md",), "x/README.MD", True),
        (("*.md",), "x/readme.mdx", False),
        (("drafts/",), "drafts/x.md", True),
        (("drafts/",), "a/drafts/x.md", True),
        (("/drafts/",), "a/drafts/x.md", False),
        (("posts/**/*.md", "*.txt"), "posts/2024/x.md", True),
        (("posts/**/*.md", "*.txt"), "pages/x.md", False),
        (("posts/**/*.md", "*.txt"), "pages/x.txt", True),
        ((), "x.md", False),
    ],
)
def test_patterns(patterns: tuple[str, ...], path: str, matches: bool) -> None:
    assert name_filter(patterns)(path) is matches


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "drafts/b.md", "node_modules/x/c.md")
    assert paths_of(tmp_path, exclude=("drafts/", "node_modules/")) == ["a.md"]


def test_links_add_what_is_elsewhere_once_and_loops_end(tmp_path: Path) -> None:
    root = fill(tmp_path / "root", "a/b.md")
    fill(tmp_path / "elsewhere", "c.md")
    (root / "a" / "up").symlink_to(root)
    (root / "other").symlink_to(tmp_path / "elsewhere")
    (root / "again").symlink_to(tmp_path / "elsewhere")
    listing = list_source(root, MARKDOWN)
    assert [found.path for found in listing.files] == ["a/b.md", "again/c.md"]
    assert sorted((path, problem.code) for path, problem in listing.notes) == [
        ("a/up", "link_skipped"),
        ("other", "link_skipped"),
    ]


def test_a_link_to_what_the_source_is_in_lists_nothing_twice(tmp_path: Path) -> None:
    source = tmp_path / "above" / "source"
    (source / "real").mkdir(parents=True)
    (source / "real" / "a.md").write_text("A")
    (tmp_path / "above" / "beside").mkdir()
    (tmp_path / "above" / "beside" / "b.md").write_text("B")
    (source / "up").symlink_to(tmp_path / "above")
    listing = list_source(source, ("*.md",), skip_folders=(source / "real" / "warehouse",))
    assert [found.path for found in listing.files] == ["real/a.md", "up/beside/b.md"]
    assert [note.path for note in listing.notes] == ["up/source"]


def test_a_skipped_folder_is_known_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "a.md").write_text("A")
    (tmp_path / "b.md").write_text("B")
    (tmp_path / "link").symlink_to("store")
    listing = list_source(tmp_path, ("*.md",), skip_folders=(tmp_path / "link",))
    assert [found.path for found in listing.files] == ["b.md"]


def test_broken_links_and_pipes_are_rejected_not_opened(tmp_path: Path) -> None:
    (tmp_path / "broken.md").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.md")
    listing = list_source(tmp_path, MARKDOWN)
    assert sorted((path, problem.code) for path, problem in listing.rejected) == [
        ("broken.md", "file_unreadable"),
        ("pipe.md", "file_unreadable"),
    ]


def test_odd_names_are_stored_reversibly(tmp_path: Path) -> None:
    names = [b"caf\xe9.md", b"line\nbreak.md", b"spa ce.md", "中文.md".encode(), b"back\\xe9.md"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("x")
    listing = list_source(tmp_path, MARKDOWN)
    assert {os.fsencode(path_of_text(found.path)) for found in listing.files} == set(names)
    assert [(path, problem.code) for path, problem in listing.notes] == [("caf\\xe9.md", "path_not_utf8")]


@given(st.lists(st.binary(min_size=1, max_size=12), min_size=2, max_size=2, unique=True))
def test_no_two_names_share_a_text(names: list[bytes]) -> None:
    first, second = (os.fsdecode(name) for name in names)
    assert text_of_path(first) != text_of_path(second)
    assert path_of_text(text_of_path(first)) == first
    text_of_path(first).encode("utf-8")


def test_missing_folder_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a folder"):
        list_source(tmp_path / "nowhere", MARKDOWN)


def test_compare_sorts_files_by_what_they_need(tmp_path: Path) -> None:
    fill(tmp_path, "same.md", "edited.md", "new.md", "unsettled.md")
    listing = list_source(tmp_path, MARKDOWN)
    size, mtime_ns = {found.path: found.size for found in listing.files}, listing.files[0].mtime_ns
    listing.files = [found._replace(mtime_ns=mtime_ns) for found in listing.files]
    known = {path: (path, size[path], mtime_ns, True, "") for path in ("same.md", "edited.md", "unsettled.md")}
    known["edited.md"] = ("edited.md", size["edited.md"], mtime_ns - 1, True, "")
    known["unsettled.md"] = ("unsettled.md", size["unsettled.md"], mtime_ns, False, "")
    known["gone.md"] = ("gone.md", 1, 1, True, "")
    changes = compare(listing, known)
    assert [found.path for found in changes.to_read] == ["edited.md", "new.md", "unsettled.md"]
    assert changes.gone == ["gone.md"]
    assert changes.unchanged == 1
    assert len(compare(listing, known, full=True).to_read) == 4
    assert compare(listing, known, partial=True).gone == []


def test_files_below_an_unlisted_folder_are_not_gone(tmp_path: Path) -> None:
    listing = list_source(fill(tmp_path, "a.md"), MARKDOWN)
    listing.unlisted_folders.append("locked/")
    known = {path: (path, 1, 1, True, "") for path in ("locked/x.md", "lost.md")}
    assert compare(listing, known).gone == ["lost.md"]


@pytest.mark.parametrize(
    ("mtime_ns", "seen_at_ns", "settled"),
    [
        (1_000_000_000_123, 1_000_000_000_123, False),
        (1_000_000_000_123, 1_000_100_000_123, True),
        (1_000_000_000_000, 1_001_000_000_000, False),
        (1_000_000_000_000, 1_003_000_000_000, True),
    ],
)
def test_settled_only_past_the_clock_resolution(mtime_ns: int, seen_at_ns: int, settled: bool) -> None:
    assert is_settled(mtime_ns, seen_at_ns) is settled
