"""One batch of work: files in, Parquet shards out. The same function whatever executor runs it.

Shards are named by what they hold (the contents, how they were read, the versions of the derivation), so a
batch that finished once is never derived again, and one that was interrupted leaves nothing to mistake for it.
"""

from __future__ import annotations

import hashlib
import os
import time
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from flows.derive.allocation import collector_paused, keep_freed_memory
from flows.derive.content import derive_content
from flows.derive.dates import day_of_path
from flows.derive.scan import ScanRow, problem_cells, write_scan
from flows.derive.shards import empty_rows, write_folder, write_rows
from flows.derive.tables import CONTENT_TABLES, derivation_key
from flows.derive.tasks import BatchManifest, BatchTask, DerivationOptions
from flows.extract.discover import FoundFile, is_settled
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


class KnownContents(Sequence[bytes]):
    """A file of sorted 16-byte content ids, looked up by bisection without loading it."""

    def __init__(self, path: str) -> None:
        self._ids = Path(path).read_bytes()

    def __len__(self) -> int:
        return len(self._ids) // 16

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]  # slices are not needed here
        return self._ids[index * 16 : index * 16 + 16]

    def __contains__(self, content_id: object) -> bool:
        assert isinstance(content_id, bytes)
        place = bisect_left(self, content_id)
        return place < len(self) and self[place] == content_id


def content_id_of(data: bytes) -> bytes:
    """Return the identity of a file's bytes: the first 128 bits of their SHA-256."""
    return hashlib.sha256(data).digest()[:16]


def read_file(path: str, max_bytes: int) -> ReadFile:
    """Read a file with a stat that surely belongs to its bytes, however busily it is being written."""
    try:
        for attempt in range(READ_ATTEMPTS):
            # Without waiting: a named pipe put in a file's place after listing would block an ordinary open for ever.
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            try:
                before = os.fstat(handle)
                if before.st_size > max_bytes:
                    message = f"{before.st_size:,} bytes; the limit is max_file_bytes = {max_bytes:,}"
                    too_large = Problem(code="file_too_large", stage="extract", message=message)
                    return ReadFile(b"", before.st_size, before.st_mtime_ns, True, too_large)
                data = _read_all(handle, before.st_size, max_bytes)
                seen_at = time.time_ns()
                after = os.fstat(handle)
            finally:
                os.close(handle)
            is_stable = len(data) == after.st_size and before.st_mtime_ns == after.st_mtime_ns
            if is_stable or attempt == READ_ATTEMPTS - 1:
                break
    except FileNotFoundError:
        gone = Problem(code="file_vanished", stage="extract", message="the file went away while it was read")
        return ReadFile(b"", 0, 0, False, gone, is_gone=True)
    except OSError as error:
        unreadable = Problem(code="file_unreadable", stage="extract", message=f"cannot be read: {error.strerror}")
        return ReadFile(b"", 0, 0, False, unreadable)
    return ReadFile(data, after.st_size, after.st_mtime_ns, is_stable and is_settled(after.st_mtime_ns, seen_at), None)


def derive_batch(task: BatchTask) -> BatchManifest:
    """Read, hash and derive one batch; write its shards and its scan; return where they are."""
    keep_freed_memory()
    with collector_paused():
        return _derive(task)


def _derive(task: BatchTask) -> BatchManifest:
    known = KnownContents(task.known_contents)
    new_contents: dict[bytes, bytes] = {}
    read_files: list[tuple[FoundFile, bytes | None, ReadFile]] = []
    for found in task.files:
        read = read_file(f"{task.root}/{found.disk_path}", task.max_file_bytes)
        content_id = None if read.problem else content_id_of(read.data)
        if content_id is not None and content_id not in new_contents and content_id not in known:
            new_contents[content_id] = read.data
        read_files.append((found, content_id, read._replace(data=b"")))

    key = _batch_key(new_contents, task.options)
    shards = Path(task.shards) / key
    reused = shards.is_dir()
    if not reused:
        rows = empty_rows(CONTENT_TABLES)
        for content_id, data in new_contents.items():
            derive_content(content_id, data, task.options, rows)
        write_folder(shards, lambda folder: write_rows(folder, rows))

    # A batch may run twice on a cluster, and a worker may outlive its build: nobody writes the scan of another.
    scan = Path(task.scans) / f"{task.name}-{uuid4().hex[:12]}.parquet"
    write_scan(scan, [_scan_row(task.source, *read_file) for read_file in read_files])
    return BatchManifest(str(shards), str(scan), len(new_contents), reused)


def _batch_key(contents: dict[bytes, bytes], options: DerivationOptions) -> str:
    digest = hashlib.sha256(derivation_key(options.profile.profile_id).encode())
    for content_id in sorted(contents):
        digest.update(content_id)
    return digest.hexdigest()[:32]


def _scan_row(source: str, found: FoundFile, content_id: bytes | None, read: ReadFile) -> ScanRow:
    fate = "gone" if read.is_gone else "unreadable" if read.problem else "read"
    day = day_of_path(found.path)
    return (
        *(source, found.path, day, read.size, read.mtime_ns, read.is_settled, content_id, fate),
        *problem_cells(read.problem),
    )


def _read_all(handle: int, size: int, max_bytes: int) -> bytes:
    """Read a file of about `size` bytes to its end, or a little beyond `max_bytes` of one that grows."""
    data = os.read(handle, size + 1)
    while len(data) <= max_bytes and (more := os.read(handle, 1 << 16)):
        data += more
    return data
