"""Characters by class: one byte for each character of a text, so that counting is done by fast byte searches.

The classes hold what the counts need: word-break property (UAX #29), script, case, and what ends a sentence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# What CJK means in every count: Han, kana and Bopomofo, which are written without spaces. Hangul has spaces.
HAN = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001aff0-\U0001b16f"

# Marks that the structure puts into text: between blocks, around code; inside code, so that nothing takes it for a
# shortcode or a tag, in place of two characters.
BLOCK_END, CODE_START, CODE_END = "\x00", "\x01", "\x02"
BRACE, LESS_THAN = "\x03", "\x04"
MARKS = (BLOCK_END, CODE_START, CODE_END, BRACE, LESS_THAN)

# Class -> the characters in it, as a set for the regex module; later classes win.
_CLASSES: dict[bytes, str] = {
    b"z": r"\p{WB=ALetter}\p{WB=Hebrew_Letter}\p{LB=SA}",
    b"L": r"\p{Script=Latin}&&[\p{WB=ALetter}]",
    b"l": r"\p{Script=Latin}&&[\p{WB=ALetter}]&&[\p{Lowercase}]",
    b"C": r"\p{Script=Cyrillic}&&[\p{WB=ALetter}]",
    b"c": r"\p{Script=Cyrillic}&&[\p{WB=ALetter}]&&[\p{Lowercase}]",
    b"G": r"\p{Script=Greek}&&[\p{WB=ALetter}]",
    b"g": r"\p{Script=Greek}&&[\p{WB=ALetter}]&&[\p{Lowercase}]",
    b"o": r"\p{Script=Hangul}&&[\p{WB=ALetter}]",
    b"r": r"\p{Script=Arabic}&&[\p{WB=ALetter}]",
    b"w": r"\p{WB=Hebrew_Letter}",
    b"d": r"\p{Script=Devanagari}&&[\p{WB=ALetter}]",
    b"n": r"\p{Script=Bengali}&&[\p{WB=ALetter}]",
    b"m": r"\p{Script=Tamil}&&[\p{WB=ALetter}]",
    b"e": r"\p{Script=Telugu}&&[\p{WB=ALetter}]",
    b"j": r"\p{Script=Georgian}&&[\p{WB=ALetter}]",
    b"i": r"\p{Script=Armenian}&&[\p{WB=ALetter}]",
    b"t": r"\p{Script=Thai}&&[\p{LB=SA}]",
    b"x": r"\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}",
    b"0": r"\p{WB=Numeric}",
    b"_": r"\p{WB=ExtendNumLet}",
    b":": r"\p{WB=MidLetter}",
    b",": r"\p{WB=MidNum}",
    b"'": r"\p{WB=MidNumLet}\p{WB=Single_Quote}",
    b".": r"\.\u2024\ufe52\uff0e",
    b"!": r"!?\u2026\u061f\u06d4\u0964\u0965",
    b"|": r"\u3002\uff01\uff1f\uff61",
    b'"': r"\"\u201d\u00bb)\]\u300d\u300f\uff09\u3011\u300b",
    b"h": HAN,
    b"k": KANA,
    b" ": r"\s\x1c-\x1f",
    b"\x00": r"\x00",
    b"\x01": r"\x01",
    b"\x02": r"\x02",
}
# Long runs of one class, which need no looking up: ideographs, Hangul, surrogates and private use, Tangut, tags.
_RUNS = (
    *((0x3400, 0x4DC0, b"h"), (0x4E00, 0xA000, b"h"), (0xAC00, 0xD7A4, b"o"), (0xD7FC, 0xF900, b"~")),
    *((0x17000, 0x1AFF0, b"~"), (0x1F900, 0x20000, b"~"), (0x20000, 0x323B0, b"h"), (0x323B0, 0xE0000, b"~")),
    (0xE0000, 0xE0200, b"x"),
)
# Letters that belong to words as UAX #29 has them.
LETTERS = b"zLlCcGgorwdnmejit"
# What is none of these: symbols and other punctuation.
OTHER = b"~"


def classes_of(text: str) -> bytes:
    """Return the class of each character of a text, in its order: as many bytes as the text has code points."""
    if text.isascii():
        return text.encode("ascii").translate(_ascii_table())
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table().take(codes).tobytes()


@lru_cache(maxsize=1)
def _ascii_table() -> bytes:
    return _classified("".join(map(chr, range(128)))).ljust(256, OTHER)


@lru_cache(maxsize=1)
def _table() -> np.ndarray:
    """Return the class of every code point; beyond the planes in use, one class each."""
    import numpy as np

    table = np.full(0x110000, ord(OTHER), np.uint8)
    start = 0
    for first, last, name in _RUNS:
        between = "".join(map(chr, range(start, first)))
        table[start:first] = np.frombuffer(_classified(between), np.uint8)
        table[first:last] = ord(name)
        start = last
    return table


@lru_cache(maxsize=1)
def letter_table() -> np.ndarray:
    """Return, for every code point, 1 if it is a letter or a digit, else 0."""
    import numpy as np

    return np.isin(_table(), np.frombuffer(LETTERS + b"0hk", np.uint8)).view(np.uint8)


def _classified(characters: str) -> bytes:
    import regex

    found = bytearray(OTHER * len(characters))
    for name, members in _CLASSES.items():
        for match in regex.finditer(f"[{members}]+", characters, regex.VERSION1):
            found[match.start() : match.end()] = name * (match.end() - match.start())
    return bytes(found)
