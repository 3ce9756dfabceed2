"""Errors as data: one base class, flat subclasses whose message says what is wrong and what to do."""

from __future__ import annotations


class DatelineError(Exception):
    """Base of everything Dateline raises on purpose; the command line prints it as one line and exits with 1."""

    exit_code = 1
    stage = ""
    """The stage of a build that it comes from, empty outside of builds."""


class UsageError(DatelineError):
    """The call cannot work as it stands: an unknown name, a path that is not there, a setting of the wrong type."""

    exit_code = 2


class WarehouseBusyError(DatelineError):
    """Another build holds the warehouse's lock."""


class WarehouseMissingError(UsageError):
    """There is no published version to read."""


class WarehouseVersionError(DatelineError):
    """The published version was written by a schema that this code cannot read or upgrade."""


class ChecksFailedError(DatelineError):
    """An error-level check found rows, so the new version was not published."""


class StorageError(DatelineError):
    """The disk is full, read-only or forbids what was asked; the published version is as it was."""


class SourceError(DatelineError):
    """A source cannot be listed; going on would make its documents look deleted."""

    may_pass = False
    """Whether what caused it may be gone when it is tried again; said where its cause would be lost."""


class SearchUnavailableError(DatelineError):
    """DuckDB's full-text extension is not there."""


class QueryError(UsageError):
    """A query that DuckDB does not accept."""


class ClusterError(DatelineError):
    """A cluster stopped doing what it was given, or a worker does not fit the build."""


class PrefectUnavailableError(DatelineError):
    """No Prefect server answers, and none could be started."""


def is_panic(error: BaseException) -> bool:
    """Say whether a library written in Rust panicked, which is no Exception, and of a type that cannot be imported."""
    return type(error).__name__ == "PanicException"
