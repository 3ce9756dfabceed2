"""Terms of a document with their counts, from which SQL ranks keywords by TF-IDF; Chinese text cut into words.

Only what may become a keyword is kept: terms that occur more than once in the first four thousand characters of a
segment (in all of it, where it is Chinese), and up to a number of others; no words that every text has. Terms are
in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from flows.derive.common_words import STOP_WORDS
from flows.derive.passes import WordCounts
from flows.derive.passes.plain_words import IDEOGRAPHS

if TYPE_CHECKING:
    from flows.derive.segments import Segment

# This many terms are kept if so many occur, and never more than the other number.
FEW_TERMS, MOST_TERMS = 24, 64
# What a text is about is said by then.
MOST_CHARACTERS = 4000
_JAPANESE = re.compile(r"[\u3005\u3400-\u9fff\U00020000-\U000323af]{2,}|[\u30a1-\u30fa\u30fc]{3,}")
_STOP_WORDS = WordCounts()
_STOP_WORDS.add(word.encode() for word in STOP_WORDS)
_SHORTEST = 3


class Words(NamedTuple):
    """How often each word occurs, as UTF-8 in small letters; how many words the Chinese text has."""

    counts: WordCounts
    chinese_word_count: int


class Terms(NamedTuple):
    """Terms, most frequent first, with a space between, and how often each occurs, as unsigned 32-bit numbers.

    That is how shards take them: as objects of their own they would cost more than to find them.
    """

    terms: str
    counts: bytes


def count_words(segments: Sequence[Segment], title: str = "") -> Words:
    """Count the words of a document; those of its title that are in its text count once more."""
    counts = WordCounts()
    chinese_words = 0
    for segment in segments:
        text = segment.text[:MOST_CHARACTERS]
        if segment.language.startswith("zh"):
            chinese_words += counts.add_chinese(_cut(segment.text))
            text = IDEOGRAPHS.sub(" ", text)
        elif segment.language == "ja":
            counts.add([word.encode() for word in _JAPANESE.findall(text)])
            continue
        counts.count(text)
    if title:
        counts.count_again(title)
    return Words(counts, chinese_words)


def best_terms(counts: WordCounts) -> Terms:
    """Return the words that may become keywords."""
    return Terms(*counts.best(FEW_TERMS, MOST_TERMS, _SHORTEST, _STOP_WORDS))


def _cut(text: str) -> list[str]:
    """Return the pieces that a segmenter cuts Chinese text into; together they are the text."""
    import rjieba

    pieces: list[str] = rjieba.cut(text)
    return pieces
