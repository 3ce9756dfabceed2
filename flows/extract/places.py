"""Sources that are no folders: a commit's tree in a git repository, and whatever fsspec knows by its URL.

Both come down to what a folder comes down to: a listing, whose fingerprints change whenever the bytes do, and a way
to read. Nothing after that knows the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from flows.errors import UsageError
from flows.extract.discover import FoundFile, Listing, name_filter


class Place(Protocol):
    """Where the files of a source are; `revision` names their state as a whole, where the place has a name for it."""

    revision: str

    def files(self) -> Iterator[FoundFile]:
        """Yield every file."""

    def read(self, files: Sequence[FoundFile]) -> Iterator[bytes | OSError]:
        """Yield the bytes of files, or why there are none, in their order."""


def is_url(root: str) -> bool:
    """Say whether a source is named by a URL."""
    return "://" in root


def open_place(url: str) -> Place:
    """Return the place that a URL names. Raises UsageError for what is not there or not understood."""
    if url.startswith("git+"):
        from flows.extract.git_tree import PREFIX, GitTree

        if not url.startswith(PREFIX):
            raise UsageError(f"{url}: only repositories on this machine are read, as {PREFIX}/PATH; clone it first")
        return GitTree(url)
    from flows.extract.object_store import ObjectStore

    return ObjectStore(url)


def list_place(url: str, include: tuple[str, ...], exclude: tuple[str, ...] = ()) -> Listing:
    """List the files of a place that match; as in folders, nothing in hidden ones.

    Raises UsageError if the place is not there, SourceError if it cannot be listed.
    """
    place = open_place(url)
    listing = Listing(revision=place.revision)
    is_included, is_excluded = name_filter(include), name_filter(exclude)
    for found in place.files():
        folders = found.disk_path.split("/")[:-1]
        if any(folder.startswith(".") for folder in folders) or not is_included(found.disk_path):
            continue
        if not (exclude and is_excluded(found.disk_path)):
            listing.files.append(found)
    listing.files.sort()
    return listing
