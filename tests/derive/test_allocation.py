"""How a worker treats memory and cores while it derives."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from flows.derive.allocation import collector_paused, keep_freed_memory
from tests.conftest import ROOT


@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_collector_is_as_it_was_after_a_pause(was_enabled: bool) -> None:
    (gc.enable if was_enabled else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError), collector_paused():
            1 // int(gc.isenabled())
        assert gc.isenabled() is was_enabled
    finally:
        gc.enable()


def test_memory_may_be_kept_on_any_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_freed_memory()
    keep_freed_memory.cache_clear()
    monkeypatch.setattr("sys.platform", "darwin")
    assert keep_freed_memory() is None


def test_a_worker_is_one_core_to_its_libraries() -> None:
    script = "import flows.derive.preload, polars; print(polars.thread_pool_size())"
    environment = {**os.environ, "POLARS_MAX_THREADS": "7", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert done.stdout.strip() == b"1"
