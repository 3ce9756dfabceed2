"""Makes seeds/reference/character_classes.csv: the class of every code point, by Unicode's properties.

    python -m flows.train.characters

Run when `regex` has a newer Unicode, or a class changes; a test says when the file is not what this makes. To make it
takes as long as to derive three hundred documents, so builds read the file.
"""

from __future__ import annotations

import csv

import numpy as np
import regex
from numpy.typing import NDArray

from flows.derive.character_classes import CLASS_FILE, CODE_POINTS
from flows.derive.characters import OTHER

# What CJK means in every count: Han, kana and Bopomofo, which are written without spaces. Hangul has spaces.
HAN = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001aff0-\U0001b16f"

# Class -> the characters in it, as a set for the regex module; later classes win.
CLASSES: dict[bytes, str] = {
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
RUNS = (
    *((0x3400, 0x4DC0, b"h"), (0x4E00, 0xA000, b"h"), (0xAC00, 0xD7A4, b"o"), (0xD7FC, 0xF900, b"~")),
    *((0x17000, 0x1AFF0, b"~"), (0x1F900, 0x20000, b"~"), (0x20000, 0x323B0, b"h"), (0x323B0, 0xE0000, b"~")),
    (0xE0000, 0xE0200, b"x"),
)


def class_table() -> NDArray[np.uint8]:
    """Return the class of every code point; long runs, and what is beyond the planes in use, have one class each."""
    table = np.full(CODE_POINTS, ord(OTHER), np.uint8)
    start = 0
    for first, last, name in RUNS:
        table[start:first] = np.frombuffer(classified("".join(map(chr, range(start, first)))), np.uint8)
        table[first:last] = ord(name)
        start = last
    return table


def classified(characters: str) -> bytes:
    """Return the class of each character by Unicode's properties."""
    found = bytearray(OTHER * len(characters))
    for name, members in CLASSES.items():
        for match in regex.finditer(f"[{members}]+", characters, regex.VERSION1):
            found[match.start() : match.end()] = name * (match.end() - match.start())
    return bytes(found)


def main() -> None:
    """Write the file: the first code point of each run of one class, and that class."""
    table = class_table()
    starts = np.flatnonzero(np.diff(table, prepend=table[0] ^ 1))
    with CLASS_FILE.open("w", encoding="ascii", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("first_code_point", "class"))
        lines.writerows((f"{start:04x}", f"{table[start]:02x}") for start in starts.tolist())


if __name__ == "__main__":
    main()
