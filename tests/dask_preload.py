"""What the tests' Dask workers load first: a log of what they derive, and ways to be odd or to die.

Run by `dask worker --preload`, with the environment that tests/test_dask.py gives.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import flows.cluster
from flows.derive import batch

LOG = Path(os.environ["TEST_DERIVED_LOG"])
DIE_AFTER = int(os.environ.get("TEST_DIE_AFTER", "0"))
flows.cluster.__version__ = os.environ.get("TEST_VERSION", flows.cluster.__version__)

finished_shards, write_scan = batch.finished_shards, batch.write_scan
scans: list[Path] = []


def logged_shards(folder: Path, texts: Any, key_of: Any, *arguments: Any) -> tuple[Path, dict[bytes, str]]:
    is_new = not (folder / key_of(texts)).is_dir()
    shards, failed = finished_shards(folder, texts, key_of, *arguments)
    if is_new:
        with LOG.open("a") as log:
            log.write(f"{os.getpid()} {shards.name}\n")
        # Long enough for the other worker to get its share, and for a test to act in the middle.
        time.sleep(0.05)
    return shards, failed


def counted_scan(file: Path, *arguments: Any) -> str:
    written = write_scan(file, *arguments)
    scans.append(file)
    if len(scans) == DIE_AFTER:
        # The batch is finished, and nobody has been told.
        os.kill(os.getpid(), signal.SIGKILL)
    return written


batch.finished_shards, batch.write_scan = logged_shards, counted_scan
