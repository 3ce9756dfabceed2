"""A piece of a document that shows why it was found, with what was found marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.derive.search_text import folded

LENGTH = 160
MARK = "**"


def snippet(text: str, stems: Sequence[str]) -> str:
    """Return the piece of a text, of about 160 characters, with the most different hits; they stand between `**`.

    `stems` are the beginnings of the words in question, folded; of CJK, the characters themselves.
    """
    text = " ".join(text.split())
    same = folded(text)
    if len(same) != len(text):
        # Some characters fold to several: places differ, so what is shown is the folded text.
        text = same
    hits = _hits(same, stems)
    start = _best_start(hits)
    start = _word_start(text, max(0, start - LENGTH // 4)) if start else 0
    end = start + LENGTH
    shown = [(first, last) for first, last, _ in hits if first >= start and last <= end]
    pieces, place = [], start
    for first, last in shown:
        pieces += [text[place:first], MARK, text[first:last], MARK]
        place = last
    pieces.append(text[place:end])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{''.join(pieces).strip()}{after}"


def _hits(text: str, stems: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return start, end and stem of what was found; where two overlap, the longer."""
    patterns = [
        rf"(?<![^\W_]){re.escape(stem)}[^\W_]*" if stem.isascii() else re.escape(stem)
        for stem in sorted(stems, key=len, reverse=True)
    ]
    found = re.finditer("|".join(f"({pattern})" for pattern in patterns), text) if patterns else ()
    return [(match.start(), match.end(), str(match.lastindex)) for match in found]


def _best_start(hits: Sequence[tuple[int, int, str]]) -> int:
    """Return where a window begins that holds the most different hits, the first of several."""
    best, best_start = 0, 0
    for place, (start, _, _) in enumerate(hits):
        kinds = {kind for first, last, kind in hits[place : place + 40] if last <= start + LENGTH * 3 // 4}
        if len(kinds) > best:
            best, best_start = len(kinds), start
    return best_start


def _word_start(text: str, place: int) -> int:
    """Return where the word at a place begins, if it begins nearby."""
    space = text.rfind(" ", max(0, place - 20), place + 1)
    return space + 1 if space >= 0 else place
