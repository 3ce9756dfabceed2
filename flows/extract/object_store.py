"""What fsspec knows by its URL, as a source: S3, GCS, the listing of an HTTP server, and more.

The fingerprint of an object is what its store says of its version: an etag or checksum, else its time and size.
Credentials are found as fsspec and the libraries below it find them: in their variables and files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.errors import SourceError, UsageError
from flows.extract.discover import FoundFile
from flows.extract.path_names import text_of_path

EXTRA = "pip install 'dateline[objects]'"
_VERSIONS = ("ETag", "etag", "md5Hash", "md5", "content_md5", "crc32c")
_TIMES = ("LastModified", "last_modified", "updated", "modified", "mtime", "created")
# Characters that fsspec would take for a pattern.
_MAGIC = frozenset("*?[]")
_AT_A_TIME = 200


class ObjectStore:
    """The objects below one URL. Raises UsageError where it cannot be opened or nothing is there."""

    revision = ""

    def __init__(self, url: str) -> None:
        try:
            import fsspec
        except ImportError as error:
            raise UsageError(f"{url}: sources by URL need the extra: {EXTRA}") from error
        try:
            self._store, root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise UsageError(f"{url}: {error}; s3 URLs need the extra: {EXTRA}") from error
        self._url, self._root = url, root.rstrip("/")

    def files(self) -> Iterator[FoundFile]:
        """Yield the objects. Raises SourceError where they cannot be listed, UsageError where there are none at all.

        A store has no empty folders: nothing below a URL is a mistake in it more often than a collection that went.
        """
        try:
            self._store.invalidate_cache()
            found = self._store.find(self._root, detail=True)
            if not found:
                raise UsageError(f"there is nothing at {self._url}")
            for name, info in found.items():
                yield self._found(name, info)
        except UsageError:
            raise
        # Each kind of storage raises errors of its own; what it says is all there is to say.
        except Exception as error:
            raise SourceError(f"{self._url} cannot be listed: {str(error) or type(error).__name__}") from error

    def read(self, files: Sequence[FoundFile]) -> Iterator[bytes | OSError]:
        """Yield the bytes of objects, many at a time, or why there are none."""
        for start in range(0, len(files), _AT_A_TIME):
            names = [f"{self._root}/{found.disk_path}" for found in files[start : start + _AT_A_TIME]]
            plain = [name for name in names if not _MAGIC & set(name)]
            read: dict[str, Any] = self._store.cat(plain, on_error="return") if plain else {}
            for name in names:
                yield _bytes_or_error(read[name] if name in read else self._cat(name))

    def _cat(self, name: str) -> bytes | Exception:
        try:
            data: bytes = self._store.cat_file(name)
        except Exception as error:
            return error
        return data

    def _found(self, name: str, info: Mapping[str, Any]) -> FoundFile:
        fingerprint = _fingerprint(info)
        if fingerprint is None:
            # Servers that say nothing in a listing may do so of each file.
            info = self._store.info(name)
            fingerprint = _fingerprint(info)
        disk_path = name[len(self._root) :].lstrip("/")
        return FoundFile(text_of_path(disk_path), disk_path, info.get("size") or 0, 0, fingerprint or "")


def _fingerprint(info: Mapping[str, Any]) -> str | None:
    for key in _VERSIONS:
        if info.get(key):
            return str(info[key]).strip('"')
    return next((f"{info[key]} {info.get('size')}" for key in _TIMES if info.get(key)), None)


def _bytes_or_error(read: bytes | Exception) -> bytes | OSError:
    if isinstance(read, (bytes, OSError)):
        return read
    return OSError(0, str(read) or type(read).__name__)
