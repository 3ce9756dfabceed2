"""Who is building: a note that stands while a build runs, so that the next one knows of one that died."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flows.load.warehouse import Warehouse, write_json


class RunningBuild(NamedTuple):
    """A build that began: when, in which process, and on behalf of which flow run, empty for none."""

    started_at: str
    process: int
    flow_run_id: str

    def describe(self) -> str:
        """Return one sentence for a build that began and never ended."""
        return f"the build that began at {self.started_at} in process {self.process} died before its end"


def begin(warehouse: Warehouse, started_at: datetime, flow_run_id: str) -> RunningBuild | None:
    """Note that a build begins, and return the one that died before it, if any; call it under the lock only."""
    dead = read_running(warehouse)
    running = RunningBuild(started_at.isoformat(timespec="seconds"), os.getpid(), flow_run_id)
    write_json(_file(warehouse), running._asdict())
    return dead


def end(warehouse: Warehouse) -> None:
    """Note that the build came to an end, good or bad."""
    with contextlib.suppress(OSError):
        _file(warehouse).unlink(missing_ok=True)


def read_running(warehouse: Warehouse) -> RunningBuild | None:
    """Return the build that began and has not ended: it runs, or it died."""
    try:
        return RunningBuild(**json.loads(_file(warehouse).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def find_dead(warehouse: Warehouse) -> RunningBuild | None:
    """Return the build that died since the last one that came to an end; None while one runs."""
    running = read_running(warehouse)
    if running is None or is_locked(warehouse.folder / ".lock"):
        return None
    return running


def is_locked(file: Path) -> bool:
    """Say whether a process holds the lock on `file`, without taking it longer than the question lasts."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _file(warehouse: Warehouse) -> Path:
    return warehouse.folder / "running.json"
