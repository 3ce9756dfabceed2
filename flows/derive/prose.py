"""Prose: visible text without code, from which language is told."""

from __future__ import annotations

from flows.derive.characters import BLOCK_END, CODE_END, CODE_START

# White space by itself, or around nothing but marks of code, is no text.
_BLANK = "".join(character for character in map(chr, range(0x3001)) if character.isspace()) + CODE_START + CODE_END


def proses_of(marked: str) -> list[str]:
    """Return the text without code of each block that has text, from a text with its marks."""
    if CODE_START not in marked:
        return [block for block in map(str.strip, marked.split(BLOCK_END)) if block]
    return [
        _without_code(block) if CODE_START in block else block.strip()
        for block in marked.split(BLOCK_END)
        if block.strip(_BLANK)
    ]


def _without_code(block: str) -> str:
    pieces = block.split(CODE_START)
    return " ".join([pieces[0], *[piece.partition(CODE_END)[2] for piece in pieces[1:]]]).strip()
