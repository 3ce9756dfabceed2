"""Prose: visible text without code, from which language is told."""

from __future__ import annotations

import re

from flows.derive.characters import BLOCK_END, CODE_END, CODE_START

# White space by itself, or around nothing but marks of code, is no text.
_BLANK = "".join(character for character in map(chr, range(0x3001)) if character.isspace()) + CODE_START + CODE_END
# A mark that is not closed in its block takes the rest of it along.
_CODE = re.compile(f"{CODE_START}[^{CODE_START}{CODE_END}{BLOCK_END}]*{CODE_END}?")


def proses_of(marked: str) -> list[str]:
    """Return the text without code of each block that has text, from a text with its marks."""
    if CODE_START not in marked:
        return [block for block in map(str.strip, marked.split(BLOCK_END)) if block]
    blocks = marked.split(BLOCK_END)
    proses = _CODE.sub(" ", marked).split(BLOCK_END)
    return [prose.strip() for block, prose in zip(blocks, proses, strict=True) if block.strip(_BLANK)]
