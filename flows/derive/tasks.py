"""Work cut into batches: what a worker is handed, what it hands back. Light to import, for the sake of start-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from flows.derive.profile import Profile
from flows.extract.discover import FoundFile

T = TypeVar("T")

MAX_ITEMS_PER_BATCH = 4_000
# A batch takes no more than this part of what is left, and is not smaller than this part of a full one. Finer parts
# would keep more workers busy to the end, but each batch takes some milliseconds of its own, for its Parquet files.
PARTS = 4


@dataclass(frozen=True, slots=True)
class DerivationOptions:
    """What decides, beside the bytes, which rows a content gives."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class BatchTask:
    """One batch: small values and places, never texts."""

    name: str
    source: str
    root: str
    files: tuple[FoundFile, ...]
    options: DerivationOptions
    max_file_bytes: int
    known_contents: str
    """File of sorted content ids that need no derivation."""
    shards: str
    """Folder of finished shards."""
    scans: str
    """Folder for this build's scans."""


@dataclass(frozen=True, slots=True)
class RederiveTask:
    """Some families to derive again for the contents in one file of stored texts."""

    texts: str
    families: tuple[str, ...]
    options: DerivationOptions
    shards: str

    @property
    def name(self) -> str:
        """What the batch is called where its work is watched."""
        return "-".join(self.texts.removesuffix(".parquet").rsplit("/", 2)[1:])


class BatchManifest(NamedTuple):
    """What a batch came to: its shards' folder, its scan's file."""

    shards: str
    scan: str


class RederiveManifest(NamedTuple):
    """What a batch of stored texts came to: its shards' folder, and the contents that our code fails on, with why."""

    shards: str
    failed: tuple[tuple[bytes, str], ...]


def cut_batches(files: Sequence[FoundFile], batch_bytes: int) -> Iterator[list[FoundFile]]:
    """Cut files, in their order, into batches of about `batch_bytes`, the last ones smaller."""
    return cut(files, lambda found: found.size, sum(found.size for found in files), batch_bytes)


def cut(items: Iterable[T], size_of: Callable[[T], int], total: int, most: int) -> Iterator[list[T]]:
    """Cut items of `total` size, in their order, into batches of about `most`, the last ones smaller.

    So a few workers, about PARTS, finish together. The cut does not depend on their number, since it names shards.
    """
    left = total
    limit = most if left <= most else _limit(left, most)
    batch: list[T] = []
    size = 0
    for item in items:
        of_item = size_of(item)
        if batch and (size + of_item > limit or len(batch) >= MAX_ITEMS_PER_BATCH):
            yield batch
            left -= size
            limit = _limit(left, most)
            batch, size = [], 0
        batch.append(item)
        size += of_item
    if batch:
        yield batch


def _limit(left: int, most: int) -> int:
    return max(min(left // PARTS, most), most // PARTS)


def run_rederivation(task: RederiveTask) -> RederiveManifest:
    """Derive the families of one file of stored texts again."""
    from flows.derive.rederive import rederive_batch

    return rederive_batch(task)


def run_batch(task: BatchTask) -> BatchManifest:
    """Derive one batch; what that needs is imported in the worker, not where the work is planned."""
    from flows.derive.batch import derive_batch

    return derive_batch(task)
