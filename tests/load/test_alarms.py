"""Alarms fire where a source is silent, unusually loud or troubled, by the thresholds of dateline.toml."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.load.alarms import run_time
from flows.load.query import summarise
from flows.load.warehouse import Warehouse
from flows.settings import Alarms, Settings, load_settings
from tests.conftest import json_of

Build = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]
NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)


def write(folder: Path, days_ago: dict[int, int]) -> Path:
    """Write so many documents dated so many days before now."""
    folder.mkdir(exist_ok=True)
    for days, count in days_ago.items():
        day = (NOW - timedelta(days=days)).date()
        for number in range(count):
            (folder / f"{day}-{number}.md").write_text(f"---\ndate: {day}\ntitle: {days}/{number}\n---\nText.\n")
    return folder


def alarms_of(store: Path, alarms: dict[str, float], **sources: dict[str, float]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each alarm that fires, at the time of the last build."""
    named = [{"name": name, "path": store / name, "alarms": own} for name, own in sources.items()]
    settings = load_settings({"warehouse": store, "alarms": alarms, "sources": named or None}, {})
    return {
        each["name"]: each["examples"] for each in summarise(Warehouse(store), settings)["alarms"] if each["failures"]
    }


@pytest.fixture
def news(build: Build, tmp_path: Path) -> Path:
    """A store with a source that brings two documents a week, the last one ten days ago."""
    build(write(tmp_path / "news", {7 * week + 10: 2 for week in range(8)}), clock=NOW)
    return tmp_path / "warehouse"


@pytest.mark.parametrize(
    ("alarms", "fires"),
    [({}, False), ({"stale_days": 9}, True), ({"stale_days": 11}, False), ({"stale_days": 0}, False)],
)
def test_silent_source(news: Path, alarms: dict[str, float], fires: bool) -> None:
    assert ("source_is_fresh" in alarms_of(news, alarms)) == fires


def test_threshold_of_one_source_overrules(news: Path) -> None:
    assert alarms_of(news, {"stale_days": 9}, news={"stale_days": 30}) == {}
    [row] = alarms_of(news, {"stale_days": 30}, news={"stale_days": 9})["source_is_fresh"]
    assert (row["source"], row["allowed_days"]) == ("news", 9.0)


def test_time_of_the_last_look_counts_not_that_of_publication(news: Path, build: Build) -> None:
    assert alarms_of(news, {"stale_days": 15}) == {}
    build(clock=NOW + timedelta(days=7))
    assert "source_is_fresh" in alarms_of(news, {"stale_days": 15})


@pytest.mark.parametrize(("last_week", "fires"), [(2, False), (3, False), (30, True)])
def test_volume_outside_its_band(build: Build, tmp_path: Path, last_week: int, fires: bool) -> None:
    build(write(tmp_path / "news", {1: last_week, **{7 * week + 8: 3 for week in range(8)}}), clock=NOW)
    fired = alarms_of(tmp_path / "warehouse", {"volume_factor": 3})
    assert ("volume_is_usual" in fired) == fires
    if fires:
        [row] = fired["volume_is_usual"]
        assert (row["documents"], row["usual_documents"]) == (30, 3.0)


@pytest.mark.parametrize(("percent", "fires"), [(20, True), (30, False)])
def test_share_of_problems(build: Build, articles: Path, tmp_path: Path, percent: float, fires: bool) -> None:
    build(articles)
    fired = alarms_of(tmp_path / "warehouse", {"problem_percent": percent})
    assert ("problems_are_few" in fired) == fires


def test_status_shows_alarms_and_strict_fails(built: Run, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text("[alarms]\nproblem_percent = 10\n")
    assert "alarm problems_are_few: source articles, files_with_problems 1" in built("status").stdout
    [alarm] = json_of(built("status", "--json"))["alarms"]
    assert alarm["failures"] == 1
    built("status", "--strict", status=1)
    checks = {each["name"]: each["failures"] for each in json_of(built("check", "--json"))["checks"]}
    assert checks["problems_are_few"] == 1
    (tmp_path / "dateline.toml").write_text("[alarms]\nproblem_percent = 60\n")
    built("status", "--strict")


def test_wrong_thresholds_are_refused(dateline: Run, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text("[alarms]\nstale_days = -1\n")
    assert "stale_days must be more than 0" in dateline("status", status=2).stderr


def test_run_time_falls_back_to_the_publication() -> None:
    assert run_time(None, NOW) == run_time({"started_at": "?"}, NOW) == NOW
    assert run_time({"started_at": "2025-07-01T00:00:00+00:00"}, NOW) == datetime(2025, 7, 1, tzinfo=UTC)


def test_no_threshold_means_no_alarm() -> None:
    assert Settings(alarms=Alarms()).alarm_thresholds() == {}
