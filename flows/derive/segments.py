"""Segments: runs of one language inside a body, and the counts of a document, which are sums over them."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

from flows.derive.languages import block_languages, shares
from flows.derive.structure import Structure

# Silent reading: English 238 words a minute (Brysbaert 2019), Chinese 255 and Japanese 357 characters a minute
# (Trauzettel-Klosinski and Dietz 2012).
WORDS_PER_MINUTE = 238
CHARACTERS_PER_MINUTE = {"ja": 357}
CHINESE_CHARACTERS_PER_MINUTE = 255
# Languages without spaces whose words nothing here tells apart.
UNSPACED, UNSPACED_WORD_LENGTH = frozenset(("th", "lo", "km", "my")), 5


class Segment(NamedTuple):
    """A run of one language: 0-based place, language, its blocks joined by blank lines, words, CJK characters."""

    position: int
    language: str
    text: str
    word_count: int
    cjk_character_count: int


class Counts(NamedTuple):
    """Language and size of a document's visible text."""

    language: str | None
    languages: list[dict[str, Any]]
    word_count: int
    cjk_character_count: int
    character_count: int
    sentence_count: int
    reading_minutes: float


def derive_segments(structure: Structure, language_hint: str | None = None) -> list[Segment]:
    """Return the runs of one language, in their order; together they hold all visible text."""
    segments: list[Segment] = []
    blocks, start = structure.blocks, 0
    languages = block_languages(structure, language_hint)
    if languages and languages.count(languages[0]) == len(languages):
        # Most documents are in one language.
        text = "\n\n".join(blocks.texts)
        return [Segment(0, languages[0], text, sum(blocks.word_counts), sum(blocks.cjk_character_counts))]
    for language, members in groupby(languages):
        end = start + len(list(members))
        text = "\n\n".join(blocks.texts[start:end])
        words, cjk = sum(blocks.word_counts[start:end]), sum(blocks.cjk_character_counts[start:end])
        segments.append(Segment(len(segments), language, text, words, cjk))
        start = end
    return segments


def derive_counts(structure: Structure, segments: list[Segment]) -> Counts:
    """Return the counts of a document; a document without visible text has no language."""
    by_language = shares([(segment.language, _weight(segment)) for segment in segments])
    words = cjk = 0
    minutes = 0.0
    for segment in segments:
        pace = CHARACTERS_PER_MINUTE.get(segment.language, CHINESE_CHARACTERS_PER_MINUTE)
        minutes += (segment.word_count - segment.cjk_character_count) / WORDS_PER_MINUTE
        minutes += segment.cjk_character_count / pace
        words += segment.word_count
        cjk += segment.cjk_character_count
    return Counts(
        by_language[0]["language"] if by_language else None,
        by_language,
        words,
        cjk,
        structure.character_count,
        structure.sentence_count,
        round(minutes, 2),
    )


def _weight(segment: Segment) -> int:
    """Return a segment's words; where they are not told apart, as many as its letters make on average."""
    if segment.language in UNSPACED:
        return max(segment.word_count, len(segment.text) // UNSPACED_WORD_LENGTH)
    return segment.word_count
