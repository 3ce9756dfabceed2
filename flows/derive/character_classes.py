"""Characters by class: one byte for each character of a text, so that counting is done by fast byte searches."""

from __future__ import annotations

from functools import lru_cache

from flows.derive.characters import LETTERS
from flows.derive.passes import classify
from flows.resources import REFERENCE

# First code point of each run of one class, and that class: both in hexadecimal.
CLASS_FILE = REFERENCE / "character_classes.csv"
CODE_POINTS = 0x110000


def classes_of(text: str) -> bytes:
    """Return the class of each character of a text, in its order: as many bytes as the text has code points."""
    return classify(text, class_table())


@lru_cache(maxsize=1)
def class_table() -> bytes:
    """Return the class of every code point, as `flows.train.characters` found them."""
    _, *lines = CLASS_FILE.read_text(encoding="ascii").split("\n")
    runs = [(int(start, 16), bytes.fromhex(name)) for start, _, name in (line.partition(",") for line in lines if line)]
    ends = [*(start for start, _ in runs[1:]), CODE_POINTS]
    return b"".join([name * (end - start) for (start, name), end in zip(runs, ends, strict=True)])


@lru_cache(maxsize=1)
def letter_table() -> bytes:
    """Return, for every code point, 1 if it is a letter or a digit, else 0."""
    return class_table().translate(bytes(name in LETTERS + b"0hk" for name in range(256)))
