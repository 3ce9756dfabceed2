"""Which failures may have passed when what failed is tried again: those of networks and of disks behind them."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

# What a network file system or a disk says when the next moment may be better.
TRANSIENT = {errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EAGAIN, errno.ECONNRESET, errno.EHOSTUNREACH}
# Python's own and those of botocore and aiohttp, by name: their packages need not be installed.
NETWORK = {"ConnectionError", "TimeoutError", "HTTPClientError", "ClientConnectionError"}


def may_pass(error: Any) -> bool:
    """Say whether an error, or one that it was raised from, is of that kind; anything else that failed is not."""
    return any(_is_transient(cause) for cause in _causes(error))


def _is_transient(error: BaseException) -> bool:
    is_of_disk = isinstance(error, OSError) and error.errno in TRANSIENT
    # Where it was raised in another process its cause is lost, and has been looked at there.
    is_known = getattr(error, "may_pass", False)
    return is_known or is_of_disk or any(kind.__name__ in NETWORK for kind in type(error).__mro__)


def _causes(error: Any) -> Iterator[BaseException]:
    while isinstance(error, BaseException):
        yield error
        error = error.__cause__
