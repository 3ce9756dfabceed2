"""How a worker treats memory while it derives: rows are made by the thousand, kept to the end, and let go at once.

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


def keep_freed_columns() -> None:
    """Keep for a minute what Polars frees, where its allocator is jemalloc; call it before Polars is imported.

    It would give memory back while both cores are at work, and each time all threads would stop for it.
    """
    os.putenv("_RJEM_MALLOC_CONF", "dirty_decay_ms:60000")
