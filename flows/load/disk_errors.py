"""A full, read-only or forbidden disk, said in one clear line whoever noticed it."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from flows.errors import DatelineError, StorageError

_CHOOSE = "choose another --warehouse"
_HINTS = {
    errno.ENOSPC: "the disk is full; free some space and build again",
    errno.EDQUOT: "the disk quota is used up; free some space and build again",
    errno.EFBIG: f"a file grows beyond what this system allows; raise the limit (ulimit -f) or {_CHOOSE}",
    errno.EROFS: f"the file system is read-only; {_CHOOSE}",
    errno.EACCES: f"permission denied; {_CHOOSE} or change its permissions",
    errno.EPERM: f"permission denied; {_CHOOSE} or change its permissions",
    errno.ENOTDIR: f"that is a file, not a folder; {_CHOOSE}",
    errno.EEXIST: f"that is a file, not a folder; {_CHOOSE}",
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turn the errors of a full, read-only or forbidden disk into one clear message."""
    try:
        yield
    except OSError as error:
        raise _storage_error(error, error.errno or 0, place) from error


@contextlib.contextmanager
def build_errors(folder: Path) -> Iterator[None]:
    """Do the same for whatever writes below `folder` in a build: DuckDB and Polars say it in words of their own.

    An error that has nothing to do with the disk, or is about a file elsewhere, passes through as it is.
    """
    try:
        yield
    except OSError as error:
        number, name = error.errno or 0, error.filename
        is_ours = name is None or Path(os.fsdecode(name)).is_relative_to(folder)
        if number in _FULL or (number in _HINTS and is_ours):
            raise _storage_error(error, number, folder) from error
        raise
    except Exception as error:
        number = _number_in(str(error))
        if number and (isinstance(error, StorageError) or not isinstance(error, DatelineError)):
            raise _storage_error(error, number, folder) from error
        raise


def _storage_error(error: Exception, number: int, place: Path) -> StorageError:
    # A full disk is no matter of one file; the one at hand may well be the published version, being copied.
    name = None if number in _FULL or not isinstance(error, OSError) else error.filename
    hint = _HINTS.get(number, str(getattr(error, "strerror", None) or error))
    return StorageError(f"{name or place}: {hint}. The published version is as it was.")


def _number_in(message: str) -> int:
    """Return the number of the operating system's error that a library's message quotes, or 0."""
    return next((number for number in (*_FULL, errno.EROFS, errno.EACCES) if os.strerror(number) in message), 0)
