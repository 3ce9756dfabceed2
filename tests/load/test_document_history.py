"""`dateline history`: the intervals of a document, with what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.errors import UsageError
from flows.load.history import document_history
from flows.load.warehouse import Warehouse


def test_history_tells_what_changed(articles: Path, build: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    build(articles)
    (articles / "a.md").write_text("---\ntitle: Ferry again\ntags: [sea]\n---\nThe ferry sails.\nIt is late.\n")
    build(articles)
    (articles / "a.md").rename(articles / "z.md")
    build(articles)
    (articles / "z.md").unlink()
    build(articles)
    intervals = document_history(Warehouse(tmp_path / "warehouse"), "a.md")
    assert [(each["change"], each["path"]) for each in intervals] == [
        ("added", "a.md"),
        ("edited", "a.md"),
        ("renamed", "z.md"),
        ("deleted", "z.md"),
    ]
    assert len({each["document_id"] for each in intervals}) == 1
    assert [key["key"] for key in intervals[1]["front_matter"]] == ["title", "tags", "date"]
    assert "+It is late." in intervals[1]["text"].splitlines()
    assert intervals[2]["text"] == ""
    assert [each["valid_to"] for each in intervals[:3]] == [each["valid_from"] for each in intervals[1:]]
    assert document_history(Warehouse(tmp_path / "warehouse"), str(articles / "z.md")) == intervals


def test_unknown_path_is_wrong_use(articles: Path, build: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    build(articles)
    with pytest.raises(UsageError, match="never knew"):
        document_history(Warehouse(tmp_path / "warehouse"), "nothing.md")
