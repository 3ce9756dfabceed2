"""Many files are looked at by several processes, and come to what one would have seen."""

from __future__ import annotations

import errno
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from prefect.states import Failed

from flows import discovery, executors
from flows.build import is_transient
from flows.errors import SourceError, UsageError
from flows.extract.discover import Listing
from flows.pipeline import build_store
from flows.progress import Reporter
from flows.settings import load_settings
from flows.source_arguments import source_of_argument

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the files of a test be many; what is returned gets the workers of every pool that is opened to look at them."""
    pools: list[int] = []

    def noting(kind: str, workers: int, *others: Any) -> Any:
        # Who derives says more.
        if not others:
            pools.append(workers)
        return open_executor(kind, workers, *others)

    open_executor = executors.open_executor
    monkeypatch.setattr(discovery, "MANY_FILES", 2)
    monkeypatch.setattr(discovery.executors, "open_executor", noting)
    return pools


@pytest.fixture
def sources(tmp_path: Path, articles: Path) -> list[Path]:
    """Three sources: the articles, and two small ones."""
    folders = [tmp_path / "notes", tmp_path / "drafts"]
    for folder in folders:
        folder.mkdir()
        (folder / "one.md").write_text(f"# One of {folder.name}\n")
        (folder / "two.md").write_text(f"# Two of {folder.name}\n")
    return [articles, *folders]


def change(sources: list[Path]) -> None:
    """Edit, add, rename, delete; make one file unreadable, and link to a folder that is listed already."""
    articles, notes, drafts = sources
    (articles / "a.md").write_text("# Edited\n")
    (articles / "sub" / "new.md").write_text("# New\n")
    (notes / "one.md").rename(notes / "renamed.md")
    (notes / "around").symlink_to(notes)
    (drafts / "one.md").unlink()
    (drafts / "gone.md").symlink_to(drafts / "nowhere")


def test_several_processes_see_what_one_sees(
    build: Build, ask: Ask, sources: list[Path], tmp_path: Path, begun: list[int]
) -> None:
    alone, together = {"executor": "inline", "warehouse": tmp_path / "alone"}, {"executor": "processes", "workers": 2}
    # Nothing is known yet, so that one process looks whatever was asked for.
    build(*sources, **alone)
    build(*sources, **together)
    change(sources)
    rows = [build(*sources, **alone), build(*sources, **together)]
    assert begun == [2]
    counts = [{name: value for name, value in row.items() if name.startswith("files_")} for row in rows]
    assert counts[0] == counts[1]
    assert counts[0] | {"files_seen": 9, "files_edited": 1, "files_renamed": 1, "files_rejected": 1} == counts[0]
    query = "select source, path, status, size, mtime_ns from raw.files order by all"
    assert ask(query) == ask(query, tmp_path / "alone")
    query = "select source, path, stage, code, message from problems order by all"
    assert ask(query) == ask(query, tmp_path / "alone")


def test_unchanged_files_need_nothing_from_any_process(build: Build, sources: list[Path], begun: list[int]) -> None:
    for folder in sources:
        for file in folder.rglob("*.md"):
            os.utime(file, (1_700_000_000, 1_700_000_000))
    build(*sources)
    row = build(*sources, executor="processes", workers=8)
    assert (row["status"], row["files_seen"], row["files_unchanged"]) == ("nothing to do", 8, 8)
    # No more processes than there are sources.
    assert begun == [3]


def test_a_source_that_went_away_is_said_as_clearly(
    build: Build, sources: list[Path], begun: list[int], tmp_path: Path
) -> None:
    build(*sources)
    values = {"warehouse": tmp_path / "warehouse", "entities": False, "executor": "processes", "workers": 2}
    settings = load_settings(values | {"sources": [source_of_argument(str(folder)) for folder in sources]})
    sources[1].rename(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="notes is not a folder that exists"):
        build_store(settings, Reporter(quiet=True))
    assert begun == [2]


def test_few_files_or_one_source_are_looked_at_here(build: Build, sources: list[Path], begun: list[int]) -> None:
    build(sources[0])
    build(sources[0], executor="processes", workers=2)
    assert begun == []


def test_whether_a_failure_may_pass_is_known_where_its_cause_is_lost(
    build: Build, sources: list[Path], begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Elsewhere(executors.InlineExecutor):
        """Loses what an error was caused by, as processes do."""

        def submit(self, *call: Any, **named: Any) -> Future[Any]:
            calls.append(call)
            future, handed_over = super().submit(*call, **named), Future[Any]()
            error = pickle.loads(pickle.dumps(future.exception()))
            # A text takes its place; and a library may have taught errors to keep it that far.
            error.__cause__ = None
            handed_over.set_exception(error)
            return handed_over

    def fails(root: Path, *_: object) -> Listing:
        raise SourceError(f"{root} cannot be listed") from causes[0]

    calls: list[Any] = []
    causes = [OSError(errno.ESTALE, "stale"), OSError(errno.EACCES, "forbidden")]
    build(*sources)
    monkeypatch.setattr(discovery.executors, "open_executor", lambda *_: nullcontext(Elsewhere()))
    monkeypatch.setattr(discovery, "list_source", fails)
    for expected in (True, False):
        with pytest.raises(SourceError, match="cannot be listed") as raised:
            build(*sources, executor="processes", workers=2)
        assert raised.value.__cause__ is None
        assert is_transient(None, None, Failed(data=raised.value)) == expected  # type: ignore[arg-type]  # not looked at
        causes.pop(0)
    assert len(calls) == 2 * len(sources)
