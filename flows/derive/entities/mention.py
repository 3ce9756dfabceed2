"""What entity extraction works with: texts in, mentions out; the names that the rest of the package shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

NAME_KINDS = ("person", "place", "organisation")
OTHER_KINDS = ("group", "event", "work", "product", "date", "money", "percentage")
KINDS = NAME_KINDS + OTHER_KINDS

# The unit that is extracted and cached. Longer ones are cut where a word ends.
PARAGRAPH_CHARACTERS = 10_000


class RawMention(NamedTuple):
    """A mention as an extractor sees it: kind, code points [start, end) of the paragraph, confidence 0 to 1."""

    kind: str
    start: int
    end: int
    confidence: float


class Mention(NamedTuple):
    """A mention in a document, cleaned up and linked; the columns of `mentions`, then the name it stands for.

    `char_start` and `char_end` are code points of the segment's text. `name` is the full name as this document
    writes it (`Mark Rutte` where it says `Rutte`).
    """

    segment_position: int
    entity_id: str
    kind: str
    surface: str
    char_start: int
    char_end: int
    language: str
    extractor: str
    confidence: float
    name: str


class Entity(NamedTuple):
    """A canonical entity: identity, kind, a name to show, its English and Chinese names where they are known."""

    entity_id: str
    kind: str
    name: str
    name_en: str | None
    name_zh: str | None


class Extractor(Protocol):
    """Finds mentions in texts. Same text, name and version: same mentions, whatever stands beside it in the list."""

    name: str
    version: str
    languages: tuple[str, ...]

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        """Return the mentions of each text, ordered, not overlapping."""
        ...  # pragma: no cover


class Paragraph(NamedTuple):
    """A piece of a segment: segment position, offset of its first code point in the segment, language, text."""

    segment_position: int
    offset: int
    language: str
    text: str


def encodable(text: str) -> str:
    """Return a text with halves of characters replaced, one for one: no model and no store takes them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def paragraphs(position: int, language: str, text: str) -> Iterator[Paragraph]:
    """Cut a segment where its blocks meet (a blank line), and cut what is still very long at a space."""
    start = 0
    for block in encodable(text).split("\n\n"):
        offset, rest = start, block
        while len(rest) > PARAGRAPH_CHARACTERS:
            cut = max(rest.rfind(mark, 0, PARAGRAPH_CHARACTERS) for mark in ("\n", " ", "。")) + 1
            cut = cut or PARAGRAPH_CHARACTERS
            yield Paragraph(position, offset, language, rest[:cut])
            offset, rest = offset + cut, rest[cut:]
        if rest.strip():
            yield Paragraph(position, offset, language, rest)
        start += len(block) + 2
