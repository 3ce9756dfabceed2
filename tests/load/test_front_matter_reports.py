"""Which keys a collection uses, and how that changes from build to build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]
DRIFT = "select key, type, drift, values_after from report.front_matter_drift order by run_id, key, type"


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: A\nweight: 1\ntags: [x, y]\n---\n")
    (folder / "b.md").write_text("---\ntitle: B\nweight: heavy\n---\n")
    (folder / "c.md").write_text("no front matter\n")
    return folder


def test_keys_with_shares_and_types(posts: Path, build: Build, ask: Ask) -> None:
    build(posts)
    assert ask("select key, documents, share, types, example_path from report.front_matter_keys order by key") == [
        ("tags", 1, 0.3333, ["list", "text"], "a.md"),
        ("title", 2, 0.6667, ["text"], "a.md"),
        ("weight", 2, 0.6667, ["integer", "text"], "a.md"),
    ]


def test_drift_from_build_to_build(posts: Path, build: Build, ask: Ask) -> None:
    build(posts)
    assert ask(DRIFT) == []
    (posts / "b.md").write_text("---\ntitle: B\nweight: 2\ndraft: true\n---\n")
    build(posts)
    assert ask(DRIFT) == [("draft", "boolean", "key appeared", 1), ("weight", "text", "type vanished", 0)]
    (posts / "b.md").rename(posts / "d.md")
    build(posts)
    assert len(ask(DRIFT)) == 2
    (posts / "d.md").unlink()
    build(posts)
    assert ask(DRIFT)[2:] == [("draft", "boolean", "key vanished", 0)]
    (posts / "d.md").write_text("---\ntitle: 3\ndraft: false\n---\n")
    build(posts)
    assert ask(DRIFT)[3:] == [("draft", "boolean", "key appeared", 1), ("title", "integer", "type appeared", 1)]
