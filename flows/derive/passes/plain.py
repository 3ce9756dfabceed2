"""Searching, rewriting, measuring and hashing in Python: by searches, of which each is fast by itself.

To `measure`, a word is a UAX #29 word that holds a letter or a digit; in scripts that write without spaces (Han,
Hiragana, Katakana, Bopomofo) every character counts as one, as word processors and Hugo count. Hangul is written with
spaces, so its words are UAX #29's. Thai, Lao, Khmer and Burmese have neither spaces nor, in UAX #29, words: a run of
their letters counts as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import accumulate, compress
from typing import Any, NamedTuple

from flows.derive.characters import BLOCK_END, BRACE, CODE_END, CODE_START, LESS_THAN, LETTERS, MARKS
from flows.derive.scripts import NOT_OTHER_SCRIPT, SCRIPT_NAMES, SCRIPT_OF_CLASS

# Classes of characters, brought down to what joins words: letters, digits, `_`, and three kinds of joiners.
_WORD_CLASSES = bytes(
    ord("a") if byte in LETTERS else byte if byte in b"0_:,.x\x00" else ord(".") if byte == ord("'") else ord(" ")
    for byte in range(256)
)
_WORD_OR_NOT = bytes(ord("a") if byte in b"a0_" else byte if byte == 0 else ord(" ") for byte in range(256))
# What joins two letters or two digits. That each begins with the joiner itself is what makes these searches fast.
_JOINERS = {
    b".": re.compile(rb"\.(?:(?<=a\.)(?=a)|(?<=0\.)(?=0))"),
    b":": re.compile(rb":(?<=a:)(?=a)"),
    b",": re.compile(rb",(?<=0,)(?=0)"),
}
_ONLY_CONNECTORS = re.compile(rb"_(?<![a0_]_)_*+(?![a0_])")

# A sentence ends at its marks (with the quotes and brackets closed after them) where a space or the block's end
# follows, and no small letter after that; ideographic marks need neither. What matches in the group is the block's end.
_SENTENCE_REST = rb"[.!]*[\"']*(?: *(\x00)|(?= ) *(?![lcg ]))"
_SENTENCE_ENDS = {
    # The first character by itself is what makes these searches fast.
    b".": re.compile(rb"\.(?<=[^ \x00.!|]\.)" + _SENTENCE_REST),
    b"!": re.compile(rb"!(?:(?<=[^ \x00.!|]!)|(?<=[^ \x00.!|] !))" + _SENTENCE_REST),
    b"|": re.compile(rb"\|[|!.]*[\"']*(?: *(\x00))?"),
}
# A capital, with a few small letters or none, before a full stop: an initial or a title, perhaps.
_ABBREVIATION = re.compile(rb"L(?<![lLcC0_.']L)l{0,3}\.(?= +[LCG0])")
TITLES = frozenset("Mr Mrs Ms Dr St No Prof Gen Sen Rep Gov Col Lt Fig Sgt Capt Jr Sr Mt".split())

# {{ x }} and {{< x >}} with braces inside, {% x %}, {# x #}; none of them goes on after the end of its block.
# The space after one goes with it: there is another before it.
_SHORTCODE = re.compile(
    r"\{(?:\{[^{}\x00]*+(?:\{[^{}\x00]*+\}[^{}\x00]*+)*+\}\}|%(?:(?![%{]\}|\{%)[^\x00])*+%\}|#[^#\x00]*+#\}) ?"
)

# Tags that say something about the text around them, or that a link's target is made with.
_TELLING_TAG = re.compile(r"\{(?:%|\{(?:[<%/]|-?\s*(?:site\.|[\"'])))")

# What anchors keep of ASCII, and how it is written in them.
_KEPT = b"abcdefghijklmnopqrstuvwxyz0123456789_-"
_DROPPED = bytes(byte for byte in range(256) if byte not in _KEPT + _KEPT.upper() + b" \n")
_WRITTEN = bytes(range(256)).lower().replace(b" ", b"-").replace(b"\n", b"-")

_HTML_TAG = re.compile(r"</?([A-Za-z][\w:-]*)(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>|<[?!][^<>]*>")
HTML_BLOCK_TAGS = frozenset(
    "address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol option p pre section select summary table tbody td tfoot th thead tr ul video".split()
)

_SMALL_LETTERS = bytes(range(256)).lower()
_NOT_KEPT = bytes(byte for byte in range(256) if not (byte < 128 and chr(byte).isalnum()))

_BIN_BITS = 6
BINS = 1 << _BIN_BITS
# What 32-bit hashes are multiplied by before their first bits are taken.
SPREAD = 0x9E3779B1
MULTIPLIERS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)
MIX, LAST_MIX = 0x2C1B3C6D, 0x297A2D39
HALF, LAST_HALF = 15, 13


def classify(text: str, classes: bytes) -> bytes:
    """Return the class of each character of a text, in its order; `classes` holds one byte for each code point."""
    if text.isascii():
        return text.encode("ascii").translate(classes[:256])
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.frombuffer(classes, np.uint8).take(codes).tobytes()


class Measured(NamedTuple):
    """The blocks of a text, without white space around them and without empty ones, and what was counted in them.

    `word_counts` include `cjk_counts`, every CJK character one word; `blocks_before` says for each piece between two
    marks, and for the end of the text, how many blocks come before it; `character_count` leaves out white space;
    `is_latin` says that no letter is of another script.
    """

    blocks: list[str]
    word_counts: list[int]
    cjk_counts: list[int]
    blocks_before: list[int]
    character_count: int
    sentence_count: int
    is_latin: bool


def measure(text: str, classes: bytes) -> Measured:
    """Cut a text at its marks of blocks' ends and count what is in it; `classes` are those of its characters."""
    pieces = [piece.strip() for piece in text.split(BLOCK_END)]
    spaced = list(compress(_spaced_word_counts(classes), pieces))
    cjk = [piece.count(b"h") + piece.count(b"k") for piece in compress(classes.split(b"\x00"), pieces)]
    word_counts = [sum(counts) for counts in zip(spaced, cjk, strict=True)]
    return Measured(
        list(filter(None, pieces)),
        word_counts,
        cjk,
        [0, *accumulate(map(bool, pieces))],
        len(classes) - classes.count(b" ") - classes.count(b"\x00"),
        _sentence_count(classes, text, len(word_counts) - word_counts.count(0)),
        not classes.translate(None, NOT_OTHER_SCRIPT),
    )


def letter_counts(classes: bytes) -> list[dict[str, int]]:
    """Return for each block of a text how many letters of each script it has, by the classes of its characters.

    Scripts are in the order of SCRIPTS; one without letters is left out.
    """
    counts = (Counter(block.translate(SCRIPT_OF_CLASS)) for block in classes.split(b"\x00"))
    return [
        {SCRIPT_NAMES[script]: count[script] for script in sorted(count) if script < len(SCRIPT_NAMES)}
        for count in counts
    ]


def without_template_tags(text: str) -> str:
    """Return a text without shortcodes and template tags."""
    return _SHORTCODE.sub("", text)


def has_template_tags(text: str) -> bool:
    """Say whether a text has template tags that say more than what to put in their place."""
    return _TELLING_TAG.search(text) is not None


def without_marks(text: str) -> str:
    """Return a text without the marks around code, and what they keep from being taken for markup as it is written."""
    return text.replace(CODE_START, "").replace(CODE_END, "").replace(BRACE, "{").replace(LESS_THAN, "<")


def github_anchor(title: str) -> str:
    """Return a title in small letters, letters, marks, digits, `_` and `-` kept, spaces as `-`."""
    if title.isascii():
        return title.encode("ascii").translate(_WRITTEN, _DROPPED).decode("ascii")
    kept = (
        c for c in title.lower() if c in "-_ " or unicodedata.category(c)[0] in "LMN" or unicodedata.category(c) == "Pc"
    )
    return "".join(kept).replace(" ", "-")


def squeezed(text: str) -> str:
    """Return a text with a single space for each run of white space, and none around it."""
    return " ".join(text.split())


def without_html_tags(html: str) -> str:
    """Return HTML without its tags; those of blocks become the ends of blocks."""
    # Between the texts, the names of the tags.
    parts: list[Any] = _HTML_TAG.split(html)
    parts[1::2] = [BLOCK_END if name and name.lower() in HTML_BLOCK_TAGS else "" for name in parts[1::2]]
    return "".join(parts)


def has_marks(text: str) -> bool:
    """Say whether a text has any of the characters that are marks here."""
    return any(mark in text for mark in MARKS)


def has_pair(text: str, first: str, least: str, most: str) -> bool:
    """Say whether a character stands right before one that is between two others; all four are single ones."""
    return re.search(f"{re.escape(first)}[{re.escape(least)}-{re.escape(most)}]", text) is not None


def has_line(text: str, beginning: str, other: str) -> bool:
    """Say whether a line of a text begins with one of two others, which are not empty."""
    return text.startswith((beginning, other)) or f"\n{beginning}" in text or f"\n{other}" in text


def least_hashes(codes: bytes, width: int, steps: int) -> bytes:
    """Hash every run of 2 ** `steps` codes, each of `width` bytes (1 or 4); there are more codes than that.

    Returns the least hash in each of 64 bins, unsigned 32-bit numbers; an empty bin has that of the next full one.
    """
    import numpy as np

    hashes = np.frombuffer(codes, np.uint8 if width == 1 else np.uint32).astype(np.uint32)
    for step, multiplier in enumerate(MULTIPLIERS[:steps]):
        length = 1 << step
        hashes = hashes[:-length] * np.uint32(multiplier) + hashes[length:]
        hashes ^= hashes >> np.uint32(HALF)
    hashes *= np.uint32(MIX)
    hashes ^= hashes >> np.uint32(LAST_HALF)
    hashes *= np.uint32(LAST_MIX)
    hashes.sort()
    edges = (np.arange(BINS, dtype=np.uint64) << np.uint64(32 - _BIN_BITS)).astype(np.uint32)
    # An empty bin's place is that of the next full one: borrowed, as it should be.
    return hashes.take(hashes.searchsorted(edges), mode="wrap").tobytes()


def kept_letters(text: str) -> bytes:
    """Return the letters and digits of a text in ASCII, in small letters."""
    return text.encode("ascii").translate(_SMALL_LETTERS, _NOT_KEPT)


def kept_codes(text: str, is_kept: bytes, first_counted: int) -> tuple[bytes, int]:
    """Return the code points of a text in small letters that are kept, and how many of them are from a first one on.

    Code points take 4 bytes each; `is_kept` holds 1 or 0 for each.
    """
    import numpy as np

    codes = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = codes[np.frombuffer(is_kept, bool).take(codes)]
    return codes.tobytes(), int(np.count_nonzero(codes >= first_counted))


def _spaced_word_counts(classes: bytes) -> list[int]:
    """Return how many words, CJK left out, each block of a text has."""
    kinds = classes.translate(_WORD_CLASSES)
    if b"x" in kinds:
        # What extends a letter belongs to it.
        kinds = kinds.replace(b"x", b"")
    for joiner, between in _JOINERS.items():
        if joiner in kinds:
            kinds = between.sub(b"a", kinds)
    if b"_" in kinds:
        kinds = _ONLY_CONNECTORS.sub(b" ", kinds)
    # With a space before each block, every word begins with one.
    blocks = (b" " + kinds.translate(_WORD_OR_NOT).replace(b"\x00", b"\x00 ")).split(b"\x00")
    return [block.count(b" a") for block in blocks]


def _sentence_count(classes: bytes, text: str, blocks_with_words: int) -> int:
    """Return how many sentences a text of blocks has; what follows the last mark of a block is one as well."""
    ends = [end for mark, pattern in _SENTENCE_ENDS.items() if mark in classes for end in pattern.findall(classes)]
    closed = len(ends) - ends.count(b"")
    count = len(ends) + max(0, blocks_with_words - closed)
    for match in _ABBREVIATION.finditer(classes):
        word = text[match.start() : match.end() - 1]
        count -= len(word) == 1 or word in TITLES
    return count
