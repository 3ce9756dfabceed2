"""People, places and organisations in the text of a document.

`Extractors.find` runs models over paragraphs (cached by content); `resolve` cleans up over a document and gives
every mention its identity; `name_pairs` and `link_names` join Chinese and English names over a corpus.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from flows.derive.entities.alignment import EntityLink, NamePair, PairEvidence, link_names, name_pairs
from flows.derive.entities.extractors import EntitySettings, Extractors, paragraph_key
from flows.derive.entities.linking import entity_id_of, entity_of
from flows.derive.entities.mention import Entity, Extractor, Mention, Paragraph, RawMention, encodable, paragraphs
from flows.derive.entities.resolve import TITLE, resolve

__all__ = [
    "Entity",
    "EntityLink",
    "EntitySettings",
    "Extractor",
    "Extractors",
    "Mention",
    "NamePair",
    "PairEvidence",
    "Paragraph",
    "RawMention",
    "entity_id_of",
    "entity_of",
    "extract_documents",
    "extract_entities",
    "link_names",
    "name_pairs",
    "paragraph_key",
    "paragraphs",
    "resolve",
]

# A document as far as entities go: its title, its segments (position, language, text).
DocumentText = tuple[str | None, Sequence[tuple[int, str, str]]]


def extract_documents(
    documents: Sequence[DocumentText],
    extractors: Extractors,
    known: MutableMapping[bytes, list[RawMention]] | None = None,
) -> list[list[Mention]]:
    """Return the mentions of each document; the paragraphs of all of them are run together."""
    pieces = [_paragraphs(title, segments) for title, segments in documents]
    raw, names = extractors.find([paragraph for document in pieces for paragraph in document], known)
    found = []
    start = 0
    for document in pieces:
        end = start + len(document)
        found.append(resolve(document, raw[start:end], names[start:end], extractors.gazetteer, extractors.lexicon))
        start = end
    return found


def extract_entities(
    title: str | None, segments: Sequence[tuple[int, str, str]], extractors: Extractors
) -> list[Mention]:
    """Return the mentions of one document; `segments` are (position, language, text)."""
    return extract_documents([(title, segments)], extractors)[0]


def _paragraphs(title: str | None, segments: Sequence[tuple[int, str, str]]) -> list[Paragraph]:
    found = [paragraph for segment in segments for paragraph in paragraphs(*segment)]
    if title and found:
        is_han = any("\u3400" <= character <= "\u9fff" for character in title)
        fitting = [p.language for p in found if p.language.startswith("zh") == is_han]
        found.insert(0, Paragraph(TITLE, 0, (fitting or [found[0].language])[0], encodable(title)))
    return found
