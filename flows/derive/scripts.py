"""Which script a text is written in, and the languages that a script gives away."""

from __future__ import annotations

import re
from functools import lru_cache

# Script -> (its characters, the language it gives away, if only one writes it).
SCRIPTS: dict[str, tuple[str, str | None]] = {
    "latin": ("A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff", None),
    "han": ("\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af", None),
    "kana": ("\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f", "ja"),
    "hangul": ("\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3", "ko"),
    "cyrillic": ("\u0400-\u052f", None),
    "arabic": ("\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff", None),
    "devanagari": ("\u0900-\u097f", None),
    "hebrew": ("\u05d0-\u05ea", None),
    "greek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "thai": ("\u0e00-\u0e7f", "th"),
    "bengali": ("\u0980-\u09ff", "bn"),
    "tamil": ("\u0b80-\u0bff", "ta"),
    "telugu": ("\u0c00-\u0c7f", "te"),
    "georgian": ("\u10a0-\u10ff", "ka"),
    "armenian": ("\u0530-\u058f", "hy"),
}
_LATIN = re.compile(f"[{SCRIPTS['latin'][0]}]")
_OTHERS = {name: re.compile(f"[{characters}]") for name, (characters, _) in SCRIPTS.items() if name != "latin"}
_NOT_LATIN = re.compile("[" + "".join(c for name, (c, _) in SCRIPTS.items() if name != "latin") + "]")
_ASCII_LETTERS = bytes(byte for byte in range(256) if not chr(byte).isalpha() or byte > 127)

# Letters are worth less than characters that are syllables or words: a Chinese or Korean sentence is a third as long.
SYLLABLE_WEIGHT = 3
# Kana among this many Han make a text Japanese: Japanese headlines may hold little of them, Chinese ones a の at most.
HAN_PER_KANA = 25


def letter_counts(text: str) -> dict[str, int]:
    """Return how many letters of each script a text has; scripts without any are left out."""
    if text.isascii():
        count = len(text.encode("ascii").translate(None, _ASCII_LETTERS))
        return {"latin": count} if count else {}
    counts = {"latin": len(_LATIN.findall(text))}
    if _NOT_LATIN.search(text):
        for name, pattern in _OTHERS.items():
            counts[name] = len(pattern.findall(text))
    return {name: count for name, count in counts.items() if count}


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
    return max(weights, key=lambda name: weights[name]) if weights else None


def chinese_variant(text: str) -> str | None:
    """Return `zh-Hans` or `zh-Hant` by the characters that only one of them writes, None where there are none."""
    simplified, traditional = _variant_characters()
    hans, hant = len(simplified.findall(text)), len(traditional.findall(text))
    if hans == hant:
        return None
    return "zh-Hans" if hans > hant else "zh-Hant"


@lru_cache(maxsize=1)
def _variant_characters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of characters that conversion to the other variant changes; from OpenCC's tables."""
    from opencc import OpenCC

    ideographs = [chr(code) for code in range(0x4E00, 0x9FFF)]
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    # One conversion for all: line feeds keep characters from joining into words.
    simplified = to_simplified.convert("\n".join(ideographs)).split("\n")
    traditional = to_traditional.convert("\n".join(ideographs)).split("\n")
    only_traditional = [c for c, other in zip(ideographs, simplified, strict=True) if other != c]
    only_simplified = [
        c for c, other, back in zip(ideographs, traditional, simplified, strict=True) if other != c and back == c
    ]
    return re.compile(f"[{''.join(only_simplified)}]"), re.compile(f"[{''.join(only_traditional)}]")
