"""Words in Chinese sentences as features of their characters: those LAC sees, and those a dictionary knows."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flows.derive.entities.chain import shifted
from flows.derive.entities.lexicon import Lexicon

Integers = NDArray[np.int64]


def word_hashes(characters: Integers, starts: NDArray[np.bool_], sentence: Integers) -> dict[int, Integers]:
    """Return by -1, 0, 1 a hash of the word before, the word that a character is in, and the word after.

    `starts`: where words begin; sentences begin words too.
    """
    if not len(characters):
        return dict.fromkeys((-1, 0, 1), characters)
    begins = starts | (sentence != np.roll(sentence, 1))
    begins[0] = True
    number = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    place = np.arange(len(characters)) - first[number]
    # Characters weigh by their place in the word; sums of 64-bit integers wrap around, which a hash may.
    factor = np.array([pow(1_000_003, power, 1 << 31) for power in range(8)], dtype=np.int64)
    word = np.add.reduceat(characters * factor[place % 8] + place, first)
    of_word = sentence[first]
    return {by: shifted(word, by, of_word)[number] & 0xFFFFFFFF for by in (-1, 0, 1)}


def dictionary_tags(pieces: Sequence[str]) -> Integers:
    """Return for each character the tag of its word in jieba's dictionary (`nr` person, `ns` place, `nt`
    organisation, ...), with whether the word begins, goes on, ends or is whole there."""
    import rjieba

    words: list[tuple[str, str]] = [word for piece in pieces for word in rjieba.tag(piece, True)]
    tags = np.array([_tag_code(tag) for _, tag in words], dtype=np.int64)
    return _with_edges(tags, np.array([len(word) for word, _ in words], dtype=np.int64))


def known_names(pieces: Sequence[str], lexicon: Lexicon) -> Integers:
    """Return for each character the category of the known name it is in, 0 for none, with its edges."""
    known = np.zeros(sum(len(piece) for piece in pieces), dtype=np.int64)
    offset = 0
    for piece in pieces:
        for match in lexicon.find(piece):
            start, end = offset + match.start, offset + match.end
            known[start:end] = match.category * 4 + 1
            known[start] = match.category * 4
            known[end - 1] = match.category * 4 + 2
        offset += len(piece)
    return known


def character_kinds(characters: Integers) -> Integers:
    """Return 1 Han, 2 digit, 3 Latin, 4 the dot between parts of names, 5 other Chinese signs, 6 the rest."""
    kinds = np.full(len(characters), 6, dtype=np.int64)
    kinds[(characters >= 0x3000) & (characters < 0x3040) | (characters >= 0xFF00) & (characters < 0xFFF0)] = 5
    kinds[(characters >= 0x3400) & (characters < 0xA000)] = 1
    kinds[(characters >= 0x30) & (characters < 0x3A)] = 2
    lower = characters | 0x20
    kinds[(lower >= 0x61) & (lower < 0x7B) | (characters >= 0xC0) & (characters < 0x250)] = 3
    kinds[np.isin(characters, np.array([0xB7, 0x2022, 0x2027, 0x30FB]))] = 4
    return kinds


@lru_cache(maxsize=256)
def _tag_code(tag: str) -> int:
    return zlib.crc32(tag.encode()) >> 4


def _with_edges(values: Integers, lengths: Integers) -> Integers:
    """Spread values over their words: 4 times the value, plus 0 begins, 1 goes on, 2 ends, 3 is whole."""
    values, lengths = values[lengths > 0], lengths[lengths > 0]
    spread = np.repeat(values * 4 + 1, lengths)
    ends = np.cumsum(lengths)
    spread[ends - 1] += 1
    spread[ends - lengths] = np.repeat(values * 4, 1) + np.where(lengths == 1, 3, 0)
    return spread
