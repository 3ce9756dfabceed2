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
