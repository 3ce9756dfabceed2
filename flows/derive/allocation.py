"""How a worker treats memory and cores: rows are made by the thousand, kept to the end, and let go at once.

Python's collector would walk them again and again and find nothing: a quarter of the time. The C library would give
freed memory back to the system and ask for it anew with every array: a tenth.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

# mallopt(3): blocks up to this size come from the heap, and so much of its top is kept when freed.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
KEPT_BYTES = 32 * 1024 * 1024


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let nothing be collected inside; what was running before runs again afterwards."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@lru_cache(maxsize=1)
def keep_freed_memory() -> None:
    """Keep freed blocks of up to 32 MiB for the next use, where the C library is glibc; elsewhere do nothing."""
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    mallopt(_M_MMAP_THRESHOLD, KEPT_BYTES)
    mallopt(_M_TRIM_THRESHOLD, KEPT_BYTES)


def settle_libraries() -> None:
    """Tell Polars and numpy what a worker is; call it before they are imported.

    It is one core: threads of their own would take turns with other workers. And it is busy to its end: memory that
    jemalloc, where that is the allocator, gave back meanwhile would have all threads stop for it each time.
    """
    os.putenv("POLARS_MAX_THREADS", "1")
    os.putenv("OPENBLAS_NUM_THREADS", "1")
    os.putenv("_RJEM_MALLOC_CONF", "dirty_decay_ms:60000")
