"""Names that a document was seen to hold once, found where no model saw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

SURE = 0.6
SHORT_LATIN, SHORT_HAN = 4, 3


def sure_names(found: Iterable[tuple[str, str, float]]) -> dict[str, tuple[str, float]]:
    """Return surface -> (kind, confidence) of the names to look for again; `found` has (surface, kind, confidence).

    Short ones, and those that are not written as names, are as often something else.
    """
    names: dict[str, tuple[str, float]] = {}
    for surface, kind, confidence in found:
        long_enough = len(surface) >= (SHORT_LATIN if surface[0] < "\u2e80" else SHORT_HAN)
        written_as_name = surface[0] >= "\u2e80" or surface[0].isupper()
        if confidence >= SURE and long_enough and written_as_name:
            names[surface] = max(names.get(surface, ("", 0.0)), (kind, confidence), key=lambda name: name[1])
    return names


def repeated(
    text: str, names: dict[str, tuple[str, float]], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str, float]]:
    """Yield (start, end, kind, confidence) of names in a text outside of `taken`, the longest first."""
    spans = list(taken)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if _is_whole(text, start, end) and not any(start < last and first < end for first, last in spans):
                spans.append((start, end))
                yield start, end, *names[name]
            start = text.find(name, end)


def _is_whole(text: str, start: int, end: int) -> bool:
    if text[start] >= "\u2e80":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ((before.isalnum() and before < "\u2e80") or (after.isalnum() and after < "\u2e80"))
