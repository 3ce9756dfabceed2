"""What files a source holds, and which of them changed since the index was written.

Listing costs one `stat` per file. Symbolic links are followed, but every real folder is listed once, so loops
end and nothing is counted twice.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from flows.errors import SourceError, UsageError
from flows.extract.path_names import text_of_path
from flows.problems import Problem

# A file modified this close to the moment it was looked at may change again without its time changing: kernels
# stamp files by a coarse clock tick, and some file systems keep whole seconds (FAT: two) only.
CLOCK_TICK_NS = 20_000_000
COARSE_CLOCK_NS = 2_000_000_000
_new = tuple.__new__


class FoundFile(NamedTuple):
    """A file of a source: its path below the root as UTF-8 text, its name on disk, size in bytes, mtime in ns.

    `fingerprint` is in place of the time where a source says better when bytes change: a blob's id, an etag.
    """

    path: str
    disk_path: str
    size: int
    mtime_ns: int
    fingerprint: str = ""


class FileProblem(NamedTuple):
    """A problem with a path itself, found before its bytes were read."""

    path: str
    problem: Problem


# What the index knows of a path: the path, size, mtime in ns, whether equal size and time prove that nothing changed
# (`is_settled`), fingerprint. A plain tuple, as the database returns it: there is one for every file.
IndexEntry = tuple[str, int, int, bool, str]


@dataclass(slots=True)
class Listing:
    """Everything one source holds, in the order of paths; `revision` names that state, such as a commit."""

    files: list[FoundFile] = field(default_factory=list)
    rejected: list[FileProblem] = field(default_factory=list)
    notes: list[FileProblem] = field(default_factory=list)
    unlisted_folders: list[str] = field(default_factory=list)
    revision: str = ""

    def note(self, disk_path: str, code: str, message: str) -> None:
        """Keep a problem with a path that is otherwise dealt with."""
        problem = Problem(code=code, stage="discover", message=message)
        self.notes.append(FileProblem(text_of_path(disk_path), problem))


@dataclass(slots=True)
class Changes:
    """The listing against the index: what must be read, what is gone, how many need nothing.

    `alike`: how many of those to read look as they did, and are read because that may deceive.
    """

    to_read: list[FoundFile] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0
    alike: int = 0

    @property
    def file_count(self) -> int:
        """How many files were listed that can be read."""
        return len(self.to_read) + self.unchanged


def name_filter(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a test of paths against gitignore-style patterns; `*.md` alone is matched in any case of letters."""
    suffixes = tuple(p[1:].lower() for p in patterns if p.startswith("*.") and not set("*?[]!/") & set(p[1:]))
    if len(suffixes) == len(patterns):
        return lambda path: path.lower().endswith(suffixes)
    # Not for suffixes alone, which is what most sources ask for.
    import pathspec

    spec = pathspec.GitIgnoreSpec.from_lines(patterns)
    return lambda path: path.lower().endswith(suffixes) or spec.match_file(path)


def list_source(
    root: Path,
    include: tuple[str, ...],
    exclude: tuple[str, ...] = (),
    skip_folders: tuple[Path, ...] = (),
    only: tuple[str, ...] = (),
) -> Listing:
    """List the files of the folder `root` that match, or just the paths named in `only`.

    A folder that cannot be opened is noted in `unlisted_folders`: what lies below it is unknown, not gone.
    Raises UsageError if `root` is not there, SourceError if it cannot be listed.
    """
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder that exists")
    listing = Listing()
    is_included, is_excluded = name_filter(include), name_filter(exclude)
    entries = _named(root, only) if only else _walk(root, skip_folders, is_excluded, listing)
    for disk_path, entry_stat in entries:
        if not only and (not is_included(disk_path) or (exclude and is_excluded(disk_path))):
            continue
        path = text_of_path(disk_path)
        if path != disk_path and not _is_utf8(disk_path):
            listing.note(disk_path, "path_not_utf8", "the file's name is not UTF-8; it is shown escaped")
        if isinstance(entry_stat, OSError) or not stat.S_ISREG(entry_stat.st_mode):
            reason = entry_stat.strerror if isinstance(entry_stat, OSError) else "not a regular file"
            unreadable = Problem(code="file_unreadable", stage="discover", message=f"cannot be read: {reason}")
            listing.rejected.append(FileProblem(path, unreadable))
        else:
            found = (path, disk_path, entry_stat.st_size, entry_stat.st_mtime_ns, "")
            listing.files.append(_new(FoundFile, found))
    # Paths are unique; to compare them alone takes half as long as whole entries.
    listing.files.sort(key=itemgetter(0))
    return listing


def compare(listing: Listing, index: Mapping[str, IndexEntry], *, full: bool = False, partial: bool = False) -> Changes:
    """Compare a listing with the index of its source.

    `full` reads everything again; `partial` says that the listing does not cover the whole source, so that
    what it lacks is not gone.
    """
    changes = Changes()
    for found in listing.files:
        path, _, size, mtime_ns, fingerprint = found
        known = index.get(path)
        if full or known != (path, size, mtime_ns, True, fingerprint):
            changes.to_read.append(found)
            changes.alike += known is not None and (known[1], known[2], known[4]) == (size, mtime_ns, fingerprint)
        else:
            changes.unchanged += 1
    if not partial:
        present = {found.path for found in listing.files} | {rejected.path for rejected in listing.rejected}
        unknown = tuple(listing.unlisted_folders)
        changes.gone = sorted(path for path in index.keys() - present if not path.startswith(unknown or ("\0",)))
    return changes


def is_settled(mtime_ns: int, seen_at_ns: int) -> bool:
    """Say whether a later change is sure to show in the modification time, as git does for its index."""
    resolution = COARSE_CLOCK_NS if mtime_ns % 1_000_000_000 == 0 else CLOCK_TICK_NS
    return mtime_ns + resolution < seen_at_ns


def _named(root: Path, only: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result | OSError]]:
    for name in only:
        try:
            yield name, (root / name).stat()
        except OSError as error:
            yield name, error


def _walk(
    root: Path, skip_folders: tuple[Path, ...], is_excluded: Callable[[str], bool], listing: Listing
) -> Iterator[tuple[str, os.stat_result | OSError]]:
    """Yield (path below root, stat) of every file, real folders first, so that links add only what is elsewhere.

    Only links can lead to a folder twice, so folders are told apart from the first link on, and cost no stat before.
    """
    top = os.fspath(root)
    skipped = {_identity(folder.stat()) for folder in skip_folders if folder.is_dir()}
    skipped_inodes = {inode for _, inode in skipped}
    listed: list[str] = []
    visited: set[tuple[int, int]] = set()
    real_folders, linked_folders = [""], list[str]()
    while real_folders or linked_folders:
        if not real_folders and not visited:
            visited = set(_identities(top, listed))
        linked_folders.sort(reverse=True)
        folder = (real_folders or linked_folders).pop()
        try:
            if visited or not folder:
                identity = _identity(os.stat(f"{top}/{folder}"))
                if identity in skipped:
                    continue
                if identity in visited:
                    listing.note(folder[:-1], "link_skipped", "the link leads to a folder that is listed already")
                    continue
            with os.scandir(f"{top}/{folder}") as scan:
                entries = list(scan)
        except OSError as error:
            if not folder:
                raise SourceError(f"{root} cannot be listed: {error.strerror}") from error
            listing.unlisted_folders.append(text_of_path(folder))
            listing.note(folder[:-1], "folder_unreadable", f"cannot be listed: {error.strerror}")
            continue
        if visited:
            visited.update(_identities(top, [folder]))
        else:
            listed.append(folder)
        for entry in entries:
            path = folder + entry.name
            try:
                if not entry.is_dir():
                    yield path, entry.stat()
                elif entry.name.startswith(".") or is_excluded(path + "/"):
                    continue
                elif entry.is_symlink():
                    linked_folders.append(path + "/")
                elif entry.inode() not in skipped_inodes or _identity(entry.stat()) not in skipped:
                    real_folders.append(path + "/")
            except OSError as error:
                yield path, error


def _identities(top: str, folders: Iterable[str]) -> Iterator[tuple[int, int]]:
    for folder in folders:
        # One that went away meanwhile leads nowhere again.
        with contextlib.suppress(OSError):
            yield _identity(os.stat(f"{top}/{folder}"))


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _is_utf8(disk_path: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in disk_path)
