"""From documents to mentions: their paragraphs run together, each document cleaned up by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.derive.entities.alignment import PairEvidence, link_names
from flows.derive.entities.extractors import Extractors, Findings
from flows.derive.entities.mention import Mention, Paragraph, encodable, paragraphs
from flows.derive.entities.pairs import name_pairs
from flows.derive.entities.resolve import TITLE, resolve
from flows.derive.profile import Profile, fold_key

# A document as far as entities go: its title, its segments (position, language, text).
DocumentText = tuple[str | None, Sequence[tuple[int, str, str]]]


def extract_documents(
    documents: Sequence[DocumentText], extractors: Extractors, known: Findings | None = None
) -> list[list[Mention]]:
    """Return the mentions of each document; the paragraphs of all of them are run together."""
    pieces = [document_paragraphs(title, segments) for title, segments in documents]
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


def linked_alone(mentions: Sequence[Mention], extractors: Extractors) -> list[Mention]:
    """Return a document's mentions with one identity for a name in two scripts, as a store of this document has."""
    pairs = name_pairs(mentions, extractors.gazetteer)
    ids = {name for pair in pairs for name in pair[:2]}
    known = {name for name in ids if extractors.gazetteer.entity(name) is not None}
    evidence = [PairEvidence(*pair, documents=1, chinese_documents=1, latin_documents=1) for pair in pairs]
    same = {link.entity_id: link.same_as for link in link_names(evidence, frozenset(known))}
    return [mention._replace(entity_id=same.get(mention.entity_id, mention.entity_id)) for mention in mentions]


def stated_title(front_matter: Any) -> str | None:
    """Return the title that front matter states under one of the usual keys."""
    values = front_matter
    if not isinstance(values, dict):
        return None
    folded = {fold_key(key): value for key, value in reversed(values.items()) if isinstance(value, str) and value}
    return next((folded[key] for key in map(fold_key, Profile().title) if key in folded), None)


def document_paragraphs(title: str | None, segments: Sequence[tuple[int, str, str]]) -> list[Paragraph]:
    """Return the paragraphs of a document, its title first, as one more in the language it is written in."""
    found = [paragraph for segment in segments for paragraph in paragraphs(*segment)]
    if title and found:
        is_han = any("\u3400" <= character <= "\u9fff" for character in title)
        fitting = [p.language for p in found if p.language.startswith("zh") == is_han]
        found.insert(0, Paragraph(TITLE, 0, (fitting or [found[0].language])[0], encodable(title)))
    return found
