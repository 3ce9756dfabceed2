"""Workers begin early for the first build of a store, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.early_start import begin_workers, value_of


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return what workers were begun with."""
    calls: list[tuple[str, int]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("flows.executors.warm_up", lambda *call: calls.append(call))
    return calls


def test_a_new_store_has_its_workers_begun(begun: list[tuple[str, int]]) -> None:
    begin_workers(["build", "notes", "--warehouse", "new", "--workers=3"])
    begin_workers(["build", "notes", "--executor", "inline"])
    assert [kind for kind, _ in begun] == ["processes", "inline"]
    assert begun[0][1] == 3


def test_the_settings_say_where_the_store_is(
    begun: list[tuple[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "dateline.duckdb").touch()
    begin_workers(["build", "notes", "--warehouse", "store"])
    monkeypatch.setenv("DATELINE_WAREHOUSE", "store")
    begin_workers(["build", "notes"])
    assert begun == []
    begin_workers(["build", "notes", "--warehouse=other"])
    assert len(begun) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["status"], ["sql", "build"], ["build", "--help"], ["build", "x", "--workers", "many"]]
)
def test_nothing_else_begins_any(begun: list[tuple[str, int]], arguments: list[str]) -> None:
    begin_workers(arguments)
    assert begun == []


def test_the_last_of_an_option_counts() -> None:
    arguments = ["--warehouse", "a", "--warehouse=b", "--warehouse"]
    assert value_of("--warehouse", arguments[:3]) == "b"
    assert value_of("--warehouse", arguments) is None
    assert value_of("--warehouse", ["a"]) is None
