"""The bytes of files, wherever their source is, each with what tells later whether they changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.extract.discover import FoundFile, is_settled
from flows.extract.places import is_url, open_place
from flows.problems import Problem

READ_ATTEMPTS = 3


class ReadFile(NamedTuple):
    """The bytes of a file with the stat that belongs to them; `problem` says why there are none."""

    data: bytes
    size: int
    mtime_ns: int
    is_settled: bool
    problem: Problem | None
    is_gone: bool = False


def read_files(root: str, files: Sequence[FoundFile], max_bytes: int) -> Iterator[ReadFile]:
    """Yield what files of one source hold, in their order; `root` is a folder or a URL."""
    if not is_url(root):
        for found in files:
            yield read_file(f"{root}/{found.disk_path}", max_bytes)
        return
    wanted = [found for found in files if found.size <= max_bytes]
    contents = open_place(root).read(wanted)
    for found in files:
        if found.size > max_bytes:
            yield _too_large(found.size, 0, max_bytes)
            continue
        content = next(contents)
        if isinstance(content, bytes):
            # A listing without fingerprints cannot show what changed.
            yield ReadFile(content, len(content), 0, bool(found.fingerprint), None)
        else:
            yield _not_read(content)


def read_file(path: str, max_bytes: int) -> ReadFile:
    """Read a file with a stat that surely belongs to its bytes, however busily it is being written."""
    try:
        for attempt in range(READ_ATTEMPTS):
            # Without waiting: a named pipe put in a file's place after listing would block an ordinary open for ever.
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            try:
                before = os.fstat(handle)
                if before.st_size > max_bytes:
                    return _too_large(before.st_size, before.st_mtime_ns, max_bytes)
                data = _read_all(handle, before.st_size, max_bytes)
                seen_at = time.time_ns()
                after = os.fstat(handle)
            finally:
                os.close(handle)
            is_stable = len(data) == after.st_size and before.st_mtime_ns == after.st_mtime_ns
            if is_stable or attempt == READ_ATTEMPTS - 1:
                break
    except OSError as error:
        return _not_read(error)
    return ReadFile(data, after.st_size, after.st_mtime_ns, is_stable and is_settled(after.st_mtime_ns, seen_at), None)


def _read_all(handle: int, size: int, max_bytes: int) -> bytes:
    """Read a file of about `size` bytes to its end, or a little beyond `max_bytes` of one that grows."""
    data = os.read(handle, size + 1)
    # As long as its stat says, which is as good as being told that there is no more.
    while len(data) != size and len(data) <= max_bytes and (more := os.read(handle, 1 << 16)):
        data += more
    return data


def _too_large(size: int, mtime_ns: int, max_bytes: int) -> ReadFile:
    message = f"{size:,} bytes; the limit is max_file_bytes = {max_bytes:,}"
    return ReadFile(b"", size, mtime_ns, True, Problem(code="file_too_large", stage="extract", message=message))


def _not_read(error: OSError) -> ReadFile:
    if isinstance(error, FileNotFoundError):
        gone = Problem(code="file_vanished", stage="extract", message="the file went away while it was read")
        return ReadFile(b"", 0, 0, False, gone, is_gone=True)
    message = f"cannot be read: {error.strerror}"
    return ReadFile(b"", 0, 0, False, Problem(code="file_unreadable", stage="extract", message=message))
