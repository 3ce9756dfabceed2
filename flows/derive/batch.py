"""One batch of work: files in, Parquet shards out. The same function whatever executor runs it.

Shards are named by what they hold (the contents, how they were read, the versions of the derivation), so a
batch that finished once is never derived again, and one that was interrupted leaves nothing to mistake for it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from flows.derive.allocation import collector_paused, keep_freed_memory
from flows.derive.content import derive_contents
from flows.derive.dates import day_of_path
from flows.derive.failures import PLAIN
from flows.derive.scan import ScanRow, problem_cells, write_scan
from flows.derive.shards import Rows, empty_rows, finished_shards, frames_of
from flows.derive.tables import CONTENT_TABLES, derivation_key
from flows.derive.tasks import BatchManifest, BatchTask, DerivationOptions
from flows.extract.discover import FoundFile
from flows.extract.reading import ReadFile, read_files
from flows.problems import Problem

# A file, its content's id, and how it was read.
Scanned = tuple[FoundFile, bytes | None, ReadFile]


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


def derive_batch(task: BatchTask) -> BatchManifest:
    """Read, hash and derive one batch; write its shards and its scan; return where they are."""
    keep_freed_memory()
    with collector_paused():
        return _derive(task)


def _derive(task: BatchTask) -> BatchManifest:
    known = KnownContents(task.known_contents)
    new_contents: dict[bytes, bytes] = {}
    scanned: list[Scanned] = []
    for found, read in zip(task.files, read_files(task.root, task.files, task.max_file_bytes), strict=True):
        content_id = None if read.problem else content_id_of(read.data)
        if content_id is not None and content_id not in new_contents and content_id not in known:
            new_contents[content_id] = read.data
        scanned.append((found, content_id, read._replace(data=b"")))

    shards, failed = finished_shards(
        Path(task.shards),
        new_contents,
        lambda ids: _batch_key(ids, task.options),
        lambda some: frames_of(derived_rows(some, task.options)),
        PLAIN.encode(),
    )
    scanned = [_failed(seen, failed) for seen in scanned] if failed else scanned

    # A batch may run twice on a cluster, and a worker may outlive its build: nobody writes the scan of another.
    scan = Path(task.scans) / f"{task.name}-{uuid4().hex[:12]}.parquet"
    write_scan(scan, [_scan_row(task.source, *seen) for seen in scanned])
    return BatchManifest(str(shards), str(scan))


def derived_rows(contents: Mapping[bytes, bytes], options: DerivationOptions) -> Rows:
    """Return the rows of all tables for files' bytes, each with its id."""
    rows = empty_rows(CONTENT_TABLES)
    derive_contents(contents.items(), options, rows)
    return rows


def failure(reason: str) -> Problem:
    """Return the problem of a file that our code fails on."""
    return Problem("derivation_failed", f"Dateline fails on this file: {reason}", stage="derive")


def _failed(seen: Scanned, failed: Mapping[bytes, str]) -> Scanned:
    """Return what was seen of a file as if it could not have been read, if its content is one that fails."""
    found, content_id, read = seen
    if content_id is None or content_id not in failed:
        return seen
    # Never settled, so that every build looks at it again.
    return found, None, read._replace(problem=failure(failed[content_id]), is_settled=False)


def _batch_key(contents: Collection[bytes], options: DerivationOptions) -> str:
    digest = hashlib.sha256(derivation_key(options.profile.profile_id).encode())
    for content_id in sorted(contents):
        digest.update(content_id)
    return digest.hexdigest()[:32]


def _scan_row(source: str, found: FoundFile, content_id: bytes | None, read: ReadFile) -> ScanRow:
    fate = "gone" if read.is_gone else "unreadable" if read.problem else "read"
    day = day_of_path(found.path)
    return (
        *(source, found.path, day, read.size, read.mtime_ns, found.fingerprint, read.is_settled, content_id, fate),
        *problem_cells(read.problem),
    )
