"""Words, sentences and characters of a text, in every script.

A word is a UAX #29 word that holds a letter or a digit; in scripts that write without spaces (Han, Hiragana,
Katakana, Bopomofo) every character counts as one, as word processors and Hugo count. Hangul is written with
spaces, so its words are UAX #29's. Thai, Lao, Khmer and Burmese have neither spaces nor, in UAX #29, words: a run
of their letters counts as one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from flows.derive.characters import BLOCK_END, HAN, KANA, LETTERS, classes_of

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
_TITLES = frozenset("Mr Mrs Ms Dr St No Prof Gen Sen Rep Gov Col Lt Fig Sgt Capt Jr Sr Mt".split())


def word_count(text: str) -> int:
    """Return how many words a text has, every CJK character counted as one."""
    classes = classes_of(text.replace("\x00", " "))
    return sum(word_counts_of(classes)) + cjk_count_of(classes)


def words(text: str) -> list[str]:
    """Return the words of a text, CJK characters left out, in their order."""
    found: list[str] = _reference().findall(text)
    return [word for word in found if any(c.isalnum() for c in word)] if "_" in text else found


def cjk_character_count(text: str) -> int:
    """Return how many characters of a text are Han, Hiragana, Katakana or Bopomofo."""
    return 0 if text.isascii() else cjk_count_of(classes_of(text))


def character_count(text: str) -> int:
    """Return how many characters a text has, white space left out."""
    return len("".join(text.split()))


def sentence_count(text: str) -> int:
    """Return how many sentences a block has; text after the last full stop is one as well."""
    text = text.replace("\x00", " ").strip() + BLOCK_END
    classes = classes_of(text)
    return sentence_count_of(classes, text, word_counts_of(classes))


def word_counts_of(classes: bytes) -> list[int]:
    """Return how many words, CJK left out, each block of a text has, from the classes of its characters."""
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


def cjk_count_of(classes: bytes) -> int:
    """Return how many of these classes are those of CJK characters."""
    return classes.count(b"h") + classes.count(b"k")


def sentence_count_of(classes: bytes, text: str, word_counts: list[int]) -> int:
    """Return how many sentences a text of blocks has, each with its end mark; the rest are what is known of it."""
    ends = [end for mark, pattern in _SENTENCE_ENDS.items() if mark in classes for end in pattern.findall(classes)]
    closed = len(ends) - ends.count(b"")
    count = len(ends) + max(0, _blocks_with_words(classes, word_counts) - closed)
    for match in _ABBREVIATION.finditer(classes):
        word = text[match.start() : match.end() - 1]
        count -= len(word) == 1 or word in _TITLES
    return count


def _blocks_with_words(classes: bytes, word_counts: list[int]) -> int:
    if b"h" not in classes and b"k" not in classes:
        return len(word_counts) - word_counts.count(0)
    blocks = classes.split(b"\x00")
    return sum(1 for block, words_ in zip(blocks, word_counts, strict=True) if words_ or cjk_count_of(block))


@lru_cache(maxsize=1)
def _reference() -> Any:
    """UAX #29, WB4 to WB13b: letters, digits and connectors run together, joined by marks between two of a kind."""
    import regex

    extend = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
    letter = rf"[[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}\p{{LB=SA}}]--[{HAN}{KANA}\p{{WB=Extend}}\p{{WB=Numeric}}]]"
    quote = r"\p{WB=MidNumLet}\p{WB=Single_Quote}"
    return regex.compile(
        rf"""
        (?:
            {letter} {extend} (?: [\p{{WB=MidLetter}}{quote}] {extend} (?= {letter} ) )?
          | \p{{WB=Numeric}} {extend} (?: [\p{{WB=MidNum}}{quote}] {extend} (?= \p{{WB=Numeric}} ) )?
          | \p{{WB=ExtendNumLet}} {extend}
        )+
        """,
        regex.VERBOSE | regex.VERSION1,
    )
