"""Which script a text is written in, and the languages that a script gives away."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from opencc import OpenCC

# Script -> (classes of its characters, the language it gives away, if only one writes it).
SCRIPTS: dict[str, tuple[bytes, str | None]] = {
    "latin": (b"lL", None),
    "han": (b"h", None),
    "kana": (b"k", "ja"),
    "hangul": (b"o", "ko"),
    "cyrillic": (b"cC", None),
    "arabic": (b"r", None),
    "devanagari": (b"d", None),
    "hebrew": (b"w", None),
    "greek": (b"gG", "el"),
    "thai": (b"t", "th"),
    "bengali": (b"n", "bn"),
    "tamil": (b"m", "ta"),
    "telugu": (b"e", "te"),
    "georgian": (b"j", "ka"),
    "armenian": (b"i", "hy"),
    "other": (b"z", None),
}
_SCRIPT_OF = {member: name for name, (members, _) in SCRIPTS.items() for member in members}
_NOT_LETTERS = bytes(byte for byte in range(256) if byte not in b"".join(c for c, _ in SCRIPTS.values()))
# What is no letter of a script other than the Latin one.
NOT_OTHER_SCRIPT = bytes(byte for byte in range(256) if byte in _NOT_LETTERS or byte in b"lL")

# Letters are worth less than characters that are syllables or words: a Chinese or Korean sentence is a third as long.
SYLLABLE_WEIGHT = 3
# Kana among this many Han make a text Japanese: Japanese headlines may hold little of them, Chinese ones a の at most.
HAN_PER_KANA = 25


def letter_counts(classes: bytes) -> dict[str, int]:
    """Return how many letters of each script there are in a text of these classes, no script without any."""
    letters = classes.translate(None, _NOT_LETTERS)
    latin = letters.count(b"l") + letters.count(b"L")
    han = letters.count(b"h")
    counts = {"latin": latin} if latin else {}
    if han:
        counts["han"] = han
    if latin + han < len(letters):
        for member in set(letters.translate(None, b"lLh")):
            name = _SCRIPT_OF[member]
            counts[name] = counts.get(name, 0) + letters.count(member)
    return counts


def main_script(counts: dict[str, int]) -> str | None:
    """Return the script that carries a text: kana and Han together, each syllable weighed as three letters."""
    if len(counts) < 2:
        return next(iter(counts), None)
    weights = dict(counts)
    if "hangul" in weights:
        weights["hangul"] *= SYLLABLE_WEIGHT
    han, kana = weights.pop("han", 0), weights.pop("kana", 0)
    if han or kana:
        weights["kana" if kana * HAN_PER_KANA > han else "han"] = (han + kana) * SYLLABLE_WEIGHT
    return max(weights, key=lambda name: weights[name])


def chinese_variant(text: str) -> str | None:
    """Return `zh-Hans` or `zh-Hant` by the characters that only one of them writes, None where there are none."""
    hans, hant = variant_counts(text)
    if hans == hant:
        return None
    return "zh-Hans" if hans > hant else "zh-Hant"


def variant_counts(text: str) -> tuple[int, int]:
    """Return how many characters only simplified, and how many only traditional Chinese writes."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    simplified, traditional = np.bincount(_variants().take(codes, mode="clip"), minlength=3)[1:]
    return int(simplified), int(traditional)


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
def _variants() -> np.ndarray:
    """Return, for each code point, 1 where only simplified and 2 where only traditional Chinese writes it.

    These are the characters that conversion to the other variant changes, by OpenCC's tables.
    """
    import numpy as np

    first, end = 0x4E00, 0x9FFF
    # One conversion for all: line feeds keep characters from joining into words.
    written = "\n".join(map(chr, range(first, end)))
    ideographs, simplified, traditional = (
        np.array(text.split("\n"))
        for text in (written, converter("t2s").convert(written), _single_characters_converted(written))
    )
    # Whatever lies beyond is clipped to the last place, which is nobody's.
    variants = np.zeros(end + 1, np.uint8)
    variants[first:end][traditional != ideographs] = 1
    variants[first:end][simplified != ideographs] = 2
    return variants
