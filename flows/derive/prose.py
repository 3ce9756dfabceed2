"""Prose: visible text without code, from which language is told."""

from __future__ import annotations

from flows.derive.characters import CODE_END, CODE_START


def prose_of(marked: str) -> str:
    """Return text without code, which is no language."""
    if CODE_START not in marked:
        return marked
    pieces = marked.split(CODE_START)
    return " ".join([pieces[0], *(piece.partition(CODE_END)[2] for piece in pieces[1:])])
