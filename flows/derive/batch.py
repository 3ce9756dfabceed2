"""One batch of work: files in, Parquet shards out. The same function whatever executor runs it.

Shards are named by what they hold (the contents, how they were read, the versions of the derivation), so a
batch that finished once is never derived again, and one that was interrupted leaves nothing to mistake for it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from flows.derive.allocation import collector_paused, keep_freed_memory
from flows.derive.content import derive_contents
from flows.derive.dates import day_of_path
from flows.derive.scan import ScanRow, problem_cells, write_scan
from flows.derive.shards import empty_rows, write_folder, write_rows
from flows.derive.tables import CONTENT_TABLES, derivation_key
from flows.derive.tasks import BatchManifest, BatchTask, DerivationOptions
from flows.errors import DerivationError
from flows.extract.discover import FoundFile
from flows.extract.reading import ReadFile, read_files

# A file, its content's id, and how it was read.
Scanned = tuple[FoundFile, bytes | None, ReadFile]
# What a mistake of ours raises that some text brings to light; what machines lack is another matter.
MISTAKES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


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

    key = _batch_key(new_contents, task.options)
    shards = Path(task.shards) / key
    reused = shards.is_dir()
    if not reused:
        rows = empty_rows(CONTENT_TABLES)
        try:
            derive_contents(new_contents.items(), task.options, rows)
        except MISTAKES as error:
            raise _named(error, task, scanned, new_contents) from error
        write_folder(shards, lambda folder: write_rows(folder, rows))

    # A batch may run twice on a cluster, and a worker may outlive its build: nobody writes the scan of another.
    scan = Path(task.scans) / f"{task.name}-{uuid4().hex[:12]}.parquet"
    write_scan(scan, [_scan_row(task.source, *seen) for seen in scanned])
    return BatchManifest(str(shards), str(scan), len(new_contents), reused)


def _named(error: Exception, task: BatchTask, scanned: list[Scanned], contents: Mapping[bytes, bytes]) -> Exception:
    """Return an error that names the first file that cannot be derived by itself; the one it was if all can."""
    paths = {content_id: found.path for found, content_id, _ in reversed(scanned)}
    for content_id, data in contents.items():
        try:
            derive_contents([(content_id, data)], task.options, empty_rows(CONTENT_TABLES))
        except MISTAKES as alone:
            return DerivationError(
                f"{paths[content_id]} of {task.source} cannot be derived ({type(alone).__name__}: {str(alone)[:200]}). "
                "This should not happen: DATELINE_DEBUG=1 shows where. `exclude` in dateline.toml leaves the file out"
            )
    return error


def _batch_key(contents: dict[bytes, bytes], options: DerivationOptions) -> str:
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
