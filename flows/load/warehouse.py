"""The warehouse folder: its lock, its published version, and the swap of one version for the next.

Nobody writes the file that readers open. A build works on a draft; publishing renames the draft to a version and
then points the link at it, each with one atomic call, each forced to disk before the next.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.errors import UsageError, WarehouseBusyError, WarehouseMissingError
from flows.load.disk_errors import storage_errors
from flows.load.removal import STALE, remove_folder, remove_leftovers

LOCK_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Paths below one warehouse folder, and the protocol by which they change."""

    folder: Path

    @property
    def link(self) -> Path:
        """The file that readers open."""
        return self.folder / "dateline.duckdb"

    @property
    def versions(self) -> Path:
        """Published versions, one file each."""
        return self.folder / "versions"

    @property
    def shards(self) -> Path:
        """Finished batches, by content."""
        return self.folder / "shards"

    @property
    def work(self) -> Path:
        """What only the running build needs."""
        return self.folder / "work"

    @property
    def cache(self) -> Path:
        """What saves time in later builds and can be lost: paragraphs with their names, known names compiled."""
        return self.folder / "cache"

    @property
    def last_run(self) -> Path:
        """What the last build did, as JSON."""
        return self.folder / "last_run.json"

    def published(self) -> Path | None:
        """Return the version the link points at, or None before the first build."""
        return self.link.resolve() if self.link.exists() else None

    def require_published(self) -> Path:
        """Return the published version. Raises WarehouseMissingError if there is none."""
        published = self.published()
        if published is None:
            raise WarehouseMissingError(f"{self.folder} holds no warehouse yet; `dateline build PATH` makes one")
        return published

    @contextlib.contextmanager
    def lock(self, *, wait: bool, on_wait: Callable[[str], None]) -> Iterator[None]:
        """Hold the one lock that builds take; it ends with the process, however that ends.

        Raises WarehouseBusyError when another build holds it and `wait` is false.
        """
        with storage_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        busy = f"{self.folder} is being built"
        with exclusive_lock(self.folder / ".lock", wait=wait, on_wait=on_wait, busy=busy):
            yield

    def clear_stale(self) -> None:
        """Remove what a killed build left half done; call it under the lock only."""
        with storage_errors(self.folder):
            remove_folder(self.work)
            remove_leftovers(self.folder)
            for folder in (self.work, self.versions, self.shards):
                folder.mkdir(parents=True, exist_ok=True)
            for draft in (*self.versions.glob("*.draft*"), *self.folder.glob("*.draft")):
                draft.unlink()
            for shards in self.shards.iterdir():
                if shards.suffix in (".draft", STALE) or not all(map(is_whole, shards.glob("*.parquet"))):
                    remove_folder(shards)

    def new_run_id(self, started_at: str, ordinal: int) -> str:
        """Return an id that sorts by time and is free; `started_at` is written ``YYYYMMDDTHHMMSSZ``."""
        while (self.versions / f"{started_at}-{ordinal:04}.duckdb").exists():
            ordinal += 1
        return f"{started_at}-{ordinal:04}"

    def start_draft(self, run_id: str) -> Path:
        """Copy the published version to a draft nobody else sees, sharing blocks where the file system can."""
        draft = self.versions / f"{run_id}.duckdb.draft"
        published = self.published()
        if published is not None:
            with storage_errors(self.folder):
                copy_file(published, draft)
        return draft

    def clear_work(self, run_id: str) -> None:
        """Remove what is left of a run's draft and its working files; on a full disk they are what fills it."""
        if run_id:
            for draft in self.versions.glob(f"{run_id}.duckdb.draft*"):
                draft.unlink(missing_ok=True)
        remove_folder(self.work)

    def publish(self, draft: Path, run_id: str) -> Path:
        """Make the finished draft the version that readers see."""
        version = self.versions / f"{run_id}.duckdb"
        with storage_errors(self.folder):
            sync(draft)
            draft.rename(version)
            sync(self.versions)
            self.point_link(version)
        return version

    def point_link(self, version: Path) -> None:
        """Point the readers' link at `version` with one atomic rename."""
        replace_link(self.link, Path("versions") / version.name)

    def forget_old_versions(self, keep: int) -> None:
        """Remove all but the last `keep` versions, never the published one. Open readers keep what they opened."""
        published = self.published()
        for version in sorted(self.versions.glob("*.duckdb"))[:-keep]:
            if version != published:
                version.unlink()

    def forget_shards(self, keep: Collection[str] = ()) -> None:
        """Remove finished batches but those in `keep`: the others are published, or of files that changed since."""
        for folder in self.shards.iterdir():
            if str(folder) not in keep:
                remove_folder(folder)

    def roll_back(self) -> Path:
        """Point the link at the version before the published one and return it. Raises UsageError if there is none."""
        published = self.require_published()
        earlier = [version for version in sorted(self.versions.glob("*.duckdb")) if version.name < published.name]
        if not earlier:
            raise UsageError(f"{published.name} is the oldest version kept; there is none to go back to")
        with storage_errors(self.folder):
            self.point_link(earlier[-1])
        return earlier[-1]

    def write_last_run(self, record: dict[str, Any]) -> None:
        """Note what the last build did."""
        write_json(self.last_run, record)

    def read_last_run(self) -> dict[str, Any] | None:
        """Return what the last build did, or None where that is not known."""
        try:
            record = json.loads(self.last_run.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) else None


@contextlib.contextmanager
def exclusive_lock(file: Path, *, wait: bool, on_wait: Callable[[str], None], busy: str) -> Iterator[None]:
    """Hold the operating system's lock on `file`, which ends with the process that holds it.

    `busy` says what is going on while another process holds it. Raises WarehouseBusyError if `wait` is false then.
    """
    with storage_errors(file.parent):
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        has_said = False
        while not _try_lock(handle):
            holder = os.pread(handle, 200, 0).decode(errors="replace").strip() or "another process"
            if not wait:
                raise WarehouseBusyError(f"{busy} by {holder}; try again when it is done")
            if not has_said:
                on_wait(f"waiting: {busy} by {holder}")
                has_said = True
            time.sleep(LOCK_POLL_SECONDS)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file that is never seen half written."""
    draft = path.with_name(path.name + ".draft")
    with storage_errors(path.parent):
        draft.write_text(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
        sync(draft)
        draft.replace(path)


def replace_link(link: Path, target: Path) -> None:
    """Point `link` at `target` with one atomic rename, and force that to disk."""
    draft = link.with_name(link.name + ".draft")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(link)
    sync(link.parent)


def sync(path: Path) -> None:
    """Force a file, or a folder's entries, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file, as a reflink where the file system shares blocks (Btrfs, XFS), else in the kernel."""
    with source.open("rb") as reader, target.open("wb") as writer:
        try:
            fcntl.ioctl(writer.fileno(), 0x40049409, reader.fileno())  # FICLONE
            return
        except OSError:
            pass
    shutil.copyfile(source, target)


def is_whole(file: Path) -> bool:
    """Say whether a Parquet file has its end: after a power cut a finished name may hold less than was written."""
    with file.open("rb") as content:
        size = content.seek(0, os.SEEK_END)
        content.seek(max(size - 4, 0))
        return content.read() == b"PAR1"


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise
    return True
