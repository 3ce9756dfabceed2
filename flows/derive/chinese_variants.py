"""Simplified and traditional Chinese: which of them a text is written in, and the one in place of the other."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flows.derive.character_classes import CODE_POINTS
from flows.derive.passes import classify

if TYPE_CHECKING:
    from opencc import OpenCC

# What only one of them writes.
_SIMPLIFIED, _TRADITIONAL = 1, 2


def chinese_variant(text: str) -> str | None:
    """Return `zh-Hans` or `zh-Hant` by the characters that only one of them writes, None where there are none."""
    hans, hant = variant_counts(text)
    if hans == hant:
        return None
    return "zh-Hans" if hans > hant else "zh-Hant"


def variant_counts(text: str) -> tuple[int, int]:
    """Return how many characters only simplified, and how many only traditional Chinese writes."""
    variants = classify(text, _variants())
    return variants.count(_SIMPLIFIED), variants.count(_TRADITIONAL)


@lru_cache(maxsize=2)
def converter(config: str) -> OpenCC:
    """Return OpenCC's converter for `t2s` or `s2t`; kept, since to let go of one takes as long as to load it."""
    from opencc import OpenCC

    return OpenCC(config)


def _single_characters_converted(text: str) -> str:
    """Return a text in traditional characters as `s2t` does that meets no words: these take 50 ms to load."""
    import opencc

    table = Path(opencc.__file__).parent / "clib" / "share" / "opencc" / "STCharacters.ocd2"
    characters = {"type": "ocd2", "file": str(table)}
    config = {
        "name": "s2t by character",
        "segmentation": {"type": "mmseg", "dict": characters},
        "conversion_chain": [{"dict": characters}],
    }
    try:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "characters.json"
            file.write_text(json.dumps(config), encoding="utf-8")
            by_character: OpenCC = opencc.OpenCC(str(file))
    except (OSError, RuntimeError):
        # There is no place for a file, or the package has its tables elsewhere.
        by_character = converter("s2t")
    converted: str = by_character.convert(text)
    return converted


@lru_cache(maxsize=1)
def _variants() -> bytes:
    """Return, for each code point, which of the two writes it, if only one does, else 0.

    These are the characters that conversion to the other variant changes, by OpenCC's tables.
    """
    ideographs = list(map(chr, range(0x4E00, 0x9FFF)))
    # One conversion for all: line feeds keep characters from joining into words.
    written = "\n".join(ideographs)
    simplified = converter("t2s").convert(written).split("\n")
    traditional = _single_characters_converted(written).split("\n")
    variants = bytearray(CODE_POINTS)
    for character, in_simplified, in_traditional in zip(ideographs, simplified, traditional, strict=True):
        if in_simplified != character:
            variants[ord(character)] = _TRADITIONAL
        elif in_traditional != character:
            variants[ord(character)] = _SIMPLIFIED
    return bytes(variants)
