"""Contents that the derivation fails on, which it should on none: found one by one, so that all others are derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flows.errors import DatelineError, is_panic

T = TypeVar("T")
Rows = TypeVar("Rows")

# What machines lack, which no content is to blame for.
NOT_OF_CONTENTS = (DatelineError, ImportError, MemoryError, OSError)


def derive_all_but_failing(
    contents: Mapping[bytes, T], derive: Callable[[Mapping[bytes, T]], Rows]
) -> tuple[Rows, dict[bytes, str]]:
    """Return what `derive` makes of all contents but those that it fails on by themselves, and why it does.

    Raises what all of them together raised if none of them fails, or each of several: that is no matter of a content.
    """
    try:
        return derive(contents), {}
    except BaseException as error:
        if not is_of_contents(error):
            raise
        reasons = {content_id: _reason(derive, {content_id: content}) for content_id, content in contents.items()}
        failed = {content_id: reason for content_id, reason in reasons.items() if reason}
        if not failed or len(failed) == len(contents) > 1:
            raise
    return derive({key: content for key, content in contents.items() if key not in failed}), failed


def _reason(derive: Callable[[Mapping[bytes, T]], object], content: Mapping[bytes, T]) -> str | None:
    try:
        derive(content)
    except BaseException as error:
        if not is_of_contents(error):
            raise
        return described(error)
    return None


def described(error: BaseException) -> str:
    """Return the kind of an error and the beginning of what it says."""
    return f"{type(error).__name__}: {str(error)[:200]}".removesuffix(": ")


def is_of_contents(error: BaseException) -> bool:
    """Say whether an error may come from what is derived, not from what the machine lacks."""
    return is_panic(error) or (isinstance(error, Exception) and not isinstance(error, NOT_OF_CONTENTS))
