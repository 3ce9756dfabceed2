"""Which script a text is written in, and the languages that a script gives away."""

from __future__ import annotations

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
SCRIPT_NAMES = tuple(SCRIPTS)
# For each class of characters the place of its script in SCRIPT_NAMES, NO_SCRIPT for what is no letter.
NO_SCRIPT = 255
SCRIPT_OF_CLASS = bytes(
    next((place for place, (members, _) in enumerate(SCRIPTS.values()) if member in members), NO_SCRIPT)
    for member in range(256)
)
# What is no letter of a script other than the Latin one.
NOT_OTHER_SCRIPT = bytes(member for member in range(256) if SCRIPT_OF_CLASS[member] in (0, NO_SCRIPT))

# Letters are worth less than characters that are syllables or words: a Chinese or Korean sentence is a third as long.
SYLLABLE_WEIGHT = 3
# Kana among this many Han make a text Japanese: Japanese headlines may hold little of them, Chinese ones a の at most.
HAN_PER_KANA = 25


def main_script(counts: dict[str, int]) -> str | None:
    """Return the script that carries a text: kana and Han together, each syllable weighed as three letters.

    `counts` says how many letters of each script there are, in the order of SCRIPTS, no script without any.
    """
    if len(counts) < 2:
        return next(iter(counts), None)
    weights = dict(counts)
    if "hangul" in weights:
        weights["hangul"] *= SYLLABLE_WEIGHT
    han, kana = weights.pop("han", 0), weights.pop("kana", 0)
    if han or kana:
        weights["kana" if kana * HAN_PER_KANA > han else "han"] = (han + kana) * SYLLABLE_WEIGHT
    return max(weights, key=lambda name: weights[name])
