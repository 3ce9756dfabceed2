"""Characters by class: one byte for each character of a text, so that counting is done by fast byte searches.

The classes hold what the counts need: word-break property (UAX #29), script, case, and what ends a sentence.
`flows.train.characters` says which is which.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flows.resources import REFERENCE

if TYPE_CHECKING:
    import numpy as np

# Marks that the structure puts into text: between blocks, around code; inside code, so that nothing takes it for a
# shortcode or a tag, in place of two characters.
BLOCK_END, CODE_START, CODE_END = "\x00", "\x01", "\x02"
BRACE, LESS_THAN = "\x03", "\x04"
MARKS = (BLOCK_END, CODE_START, CODE_END, BRACE, LESS_THAN)

# First code point of each run of one class, and that class: both in hexadecimal.
CLASS_FILE = REFERENCE / "character_classes.csv"
CODE_POINTS = 0x110000

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
    return class_table().take(codes).tobytes()


@lru_cache(maxsize=1)
def _ascii_table() -> bytes:
    return class_table()[:128].tobytes().ljust(256, OTHER)


@lru_cache(maxsize=1)
def class_table() -> np.ndarray:
    """Return the class of every code point, as `flows.train.characters` found them."""
    import numpy as np

    _, *lines = CLASS_FILE.read_text(encoding="ascii").split("\n")
    numbers = np.array([int(number, 16) for line in lines for number in line.split(",") if number])
    starts, classes = numbers[::2], numbers[1::2].astype(np.uint8)
    return np.repeat(classes, np.diff(starts, append=CODE_POINTS))


@lru_cache(maxsize=1)
def letter_table() -> np.ndarray:
    """Return, for every code point, 1 if it is a letter or a digit, else 0."""
    import numpy as np

    return np.isin(class_table(), np.frombuffer(LETTERS + b"0hk", np.uint8)).view(np.uint8)
