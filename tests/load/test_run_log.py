"""A build that dies leaves a note, and the next one says so."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.load import run_log
from flows.load.warehouse import Warehouse
from tests.conftest import ROOT, json_of

Run = Callable[..., subprocess.CompletedProcess[str]]
DIES = """
import os, signal
from pathlib import Path
from flows import pipeline
from flows.progress import Reporter
from flows.settings import load_settings
from flows.source_arguments import source_of_argument

def die(build):
    os.kill(os.getpid(), signal.SIGKILL)

pipeline.load = die
settings = load_settings({"sources": (source_of_argument("articles"),), "entities": False, "executor": "inline"})
pipeline.build_store(settings, Reporter(), flow_run_id="run-1")
"""


def test_dead_build_is_noted_by_status_and_by_the_next_one(dateline: Run, articles: Path, tmp_path: Path) -> None:
    dateline("build", articles, "--direct", "--no-entities")
    store = Warehouse(tmp_path / "warehouse")
    assert run_log.find_dead(store) is None
    (articles / "new.md").write_text("New.\n")
    died = subprocess.run([sys.executable, "-c", DIES], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert died.returncode == -signal.SIGKILL
    dead = run_log.find_dead(store)
    assert dead is not None
    assert dead.flow_run_id == "run-1"
    assert "died before its end" in dateline("status").stdout
    dateline("status", "--strict", status=1)
    row = json_of(dateline("build", articles, "--direct", "--no-entities", "--json"))
    assert (row["files_added"], row["notes"][0]) == (1, dead.describe())
    assert run_log.find_dead(store) is None
    dateline("status", "--strict")


def test_running_build_is_not_dead(tmp_path: Path) -> None:
    store = Warehouse(tmp_path)
    with store.lock(wait=False, on_wait=lambda _: None):
        (tmp_path / "running.json").write_text('{"started_at": "2025-01-01", "process": 1, "flow_run_id": ""}')
        assert run_log.find_dead(store) is None
    assert run_log.find_dead(store) is not None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"other": 1}'])
def test_spoilt_note_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "running.json").write_text(text)
    assert run_log.find_dead(Warehouse(tmp_path)) is None


def test_failed_build_is_not_dead(build: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(Exception, match="nothing to build"):
        build()
    assert run_log.read_running(Warehouse(tmp_path / "warehouse")) is None
