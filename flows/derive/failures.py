"""Texts that our code fails on, which it should on none: found out, so that all others are derived."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TypeVar

from flows.errors import DatelineError, is_panic

TextT = TypeVar("TextT")
ResultT = TypeVar("ResultT")

# What fails on this fails on everything.
PLAIN = "---\ntitle: Plain\ndate: 2024-06-17 12:00\n---\nA plain text in plain words.\n"
# What machines lack, which no text is to blame for.
NOT_OF_TEXTS = (DatelineError, ImportError, MemoryError, OSError)


def derive_all_but_failing(
    texts: Mapping[bytes, TextT], derive: Callable[[Mapping[bytes, TextT]], ResultT], plain: TextT
) -> tuple[list[ResultT], dict[bytes, str]]:
    """Return what `derive` makes of texts, in one part or several in their order, and why it fails on some of them.

    Where it fails it is asked for each half, and so on: one such text in thousands takes two or three times as long.
    Where it fails on all it is asked for `plain`, which nothing is odd about, and raises what it raises then.
    """
    parts, failed = _by_halves(texts, derive)
    if failed and not parts:
        try:
            derive({b"": plain})
        except BaseException as error:
            if is_panic(error):
                # Nobody who waits for an Exception would see it.
                raise RuntimeError(described(error)) from error
            raise
    return parts, failed


def _by_halves(
    texts: Mapping[bytes, TextT], derive: Callable[[Mapping[bytes, TextT]], ResultT]
) -> tuple[list[ResultT], dict[bytes, str]]:
    try:
        return [derive(texts)], {}
    except BaseException as error:
        if not may_be_of_texts(error) or not texts:
            raise
        if len(texts) == 1:
            return [], dict.fromkeys(texts, described(error))
    keys = list(texts)
    parts: list[ResultT] = []
    failed: dict[bytes, str] = {}
    for half in (keys[: len(keys) // 2], keys[len(keys) // 2 :]):
        of_half, reasons = _by_halves({key: texts[key] for key in half}, derive)
        parts += of_half
        failed |= reasons
    return parts, failed


def described(error: BaseException) -> str:
    """Return the kind of an error, the beginning of what it says in one line, and the line of code it comes from."""
    said = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(error)[:200])
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {said} ({PurePath(place.filename).name}, line {place.lineno})"


def may_be_of_texts(error: BaseException) -> bool:
    """Say whether an error may come from what is in a text, not from what the machine lacks."""
    return is_panic(error) or (isinstance(error, Exception) and not isinstance(error, NOT_OF_TEXTS))
