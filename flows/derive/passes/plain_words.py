"""Counting and recognising words in Python."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable

# What each byte of UTF-8 in small letters is counted as, a space where it is no part of a word.
WORD_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() else ord(" ") for byte in range(256)).lower()
# Punctuation beyond ASCII: first and last code points.
PUNCTUATION = (
    *((0x80, 0xA9), (0xAB, 0xB4), (0xB6, 0xB9), (0xBB, 0xBF)),
    *((0x2000, 0x2BFF), (0x3000, 0x3004), (0x3008, 0x301F), (0xFF00, 0xFF0F)),
)
_PUNCTUATION = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in PUNCTUATION)}]+")

IDEOGRAPHS = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]{2,}")


def lowered_words(text: str) -> str:
    """Return a text in small letters, with a space for each punctuation beyond ASCII."""
    return text.lower() if text.isascii() else _PUNCTUATION.sub(" ", text).lower()


class WordCounts:
    """Words and how often each occurs, in the order in which they come.

    A word is UTF-8 in small letters: a run of the letters of ASCII and of what lies beyond ASCII and is no punctuation.
    """

    def __init__(self) -> None:
        self._counts: Counter[bytes] = Counter()

    def count(self, text: str) -> None:
        """Count the words of a text."""
        self._counts.update(_words(text))

    def count_again(self, text: str) -> None:
        """Count those words of a text that occurred before."""
        self._counts.update(filter(self._counts.__contains__, _words(text)))

    def add(self, words: Iterable[bytes]) -> None:
        """Count words given one by one, whatever their letters."""
        self._counts.update(words)

    def add_chinese(self, words: list[str]) -> int:
        """Count what a segmenter cut, as far as it is two ideographs or more; return how many words it cut.

        Punctuation and white space, which it cuts out as well, are no words.
        """
        found = [word for word in words if word[0].isalnum()]
        self._counts.update(word.encode() for word in found if IDEOGRAPHS.fullmatch(word))
        return len(found)

    def of(self, words: Iterable[bytes]) -> dict[bytes, int]:
        """Return the counts of those of some words that occur."""
        return {word: self._counts[word] for word in words if word in self._counts}

    def best(self, few: int, most: int, shortest: int, left_out: WordCounts) -> tuple[str, bytes]:
        """Return the words that occur most often, with a space between, and their counts, unsigned 32-bit numbers.

        They have so many bytes at least, and some words are left out. Up to `few` words, those that occur only once are
        among them; there are never more than `most`. Of words as frequent, the first in the text comes first.
        """
        words = [
            (word, count)
            for word, count in self._counts.items()
            if len(word) >= shortest and word not in left_out._counts
        ]
        kept = [(word, count) for word, count in words if count > 1]
        kept += [(word, count) for word, count in words if count == 1][: max(0, few - len(kept))]
        kept.sort(key=lambda pair: pair[1], reverse=True)
        del kept[most:]
        counts = array("I", [count for _, count in kept])
        return b" ".join([word for word, _ in kept]).decode("utf-8", "replace"), counts.tobytes()


def _words(text: str) -> list[bytes]:
    return lowered_words(text).encode("utf-8", "replace").translate(WORD_LETTERS).split()


class Vocabulary:
    """Words, of which some are shared with other vocabularies and say little by themselves."""

    def __init__(self, words: Iterable[str], shared: Iterable[str] = ()) -> None:
        self._words = frozenset(words)
        self._shared = frozenset(shared)

    def count_in(self, text: str, end: int) -> int:
        """Return how many different words of it stand, between white space, in the first `end` characters of a text.

        Shared words count only beside one that is not.
        """
        found = self._words.intersection(text[:end].split())
        return 0 if found <= self._shared else len(found)
