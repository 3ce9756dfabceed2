"""Clean-up over a whole document: what many mentions say together, a single one may get wrong.

Edges are trimmed, kinds voted on, known names given their kind, short names joined to full ones of the same
document, names found once found again, and every mention is given an identity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from flows.derive.entities.full_names import full_names
from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.known_names import known_mentions
from flows.derive.entities.lexicon import Lexicon
from flows.derive.entities.linking import entity_id_of
from flows.derive.entities.mention import NAME_KINDS, Mention, Paragraph, RawMention
from flows.derive.entities.reference import normal_name
from flows.derive.entities.repeats import repeated, sure_names
from flows.derive.entities.surfaces import is_no_name, trimmed

# The place of the title among segments: it has a say, but no rows.
TITLE = -1
# What stands in `extractor` for a name that the document was seen to hold elsewhere.
REPEAT = "repeat"
# How much more than another kind a country's or a listed name's own kind weighs.
KNOWN_WEIGHT = 3.0
_DOTS = ("·", "・", "•", "‧", "･")


class Found(NamedTuple):
    """A mention on its way: paragraph number, kind, code points [start, end) there, surface, normal name."""

    paragraph: int
    kind: str
    start: int
    end: int
    surface: str
    name: str
    confidence: float
    extractor: str


def resolve(
    paragraphs: Sequence[Paragraph],
    raw: Sequence[Sequence[RawMention]],
    extractors: Sequence[str],
    gazetteer: Gazetteer,
    lexicon_of: Callable[[str], Lexicon],
) -> list[Mention]:
    """Return the mentions of one document, in their order, not overlapping.

    `raw` and `extractors` (what found them) go with `paragraphs`; those of segment TITLE are heard and left out.
    `lexicon_of` gives the known names to look for in a language.
    """
    found = [
        mention
        for number, (paragraph, mentions, extractor) in enumerate(zip(paragraphs, raw, extractors, strict=True))
        for mention in _cleaned(number, paragraph, mentions, extractor, gazetteer)
    ]
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for mention in found:
        taken[mention.paragraph].append((mention.start, mention.end))
    for number, paragraph in enumerate(paragraphs):
        lexicon = lexicon_of(paragraph.language.partition("-")[0])
        for start, end, kind, confidence in known_mentions(paragraph, lexicon, gazetteer, taken[number]):
            surface = paragraph.text[start:end]
            found.append(Found(number, kind, start, end, surface, normal_name(surface), confidence, "gazetteer"))
    found += _again(paragraphs, found)
    if not found:
        return []
    kinds = _voted_kinds(found, gazetteer)
    found = [mention._replace(kind=kinds.get((mention.name, mention.kind), mention.kind)) for mention in found]
    full = full_names((m.name, m.surface, m.kind) for m in found if m.kind in NAME_KINDS)
    mentions = []
    for mention in sorted(found, key=lambda m: (paragraphs[m.paragraph].segment_position, m.paragraph, m.start)):
        paragraph = paragraphs[mention.paragraph]
        if paragraph.segment_position == TITLE:
            continue
        kind, name = full.get((mention.name, mention.kind), (mention.kind, mention.surface))
        mentions.append(
            Mention(
                paragraph.segment_position,
                entity_id_of(kind, name, gazetteer),
                kind,
                mention.surface,
                paragraph.offset + mention.start,
                paragraph.offset + mention.end,
                paragraph.language,
                mention.extractor,
                mention.confidence,
                name,
            )
        )
    return mentions


def _again(paragraphs: Sequence[Paragraph], found: Sequence[Found]) -> Iterable[Found]:
    """Yield the names of the document where nothing found them."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_script: dict[bool, list[tuple[str, str, float]]] = defaultdict(list)
    for mention in found:
        taken[mention.paragraph].append((mention.start, mention.end))
        if mention.kind in NAME_KINDS:
            is_chinese = paragraphs[mention.paragraph].language.startswith("zh")
            by_script[is_chinese].append((mention.surface, mention.kind, mention.confidence))
    names = {is_chinese: sure_names(mentions) for is_chinese, mentions in by_script.items()}
    for number, paragraph in enumerate(paragraphs):
        wanted = names.get(paragraph.language.startswith("zh"), {})
        for start, end, kind, confidence in repeated(paragraph.text, wanted, taken[number]):
            surface = paragraph.text[start:end]
            yield Found(number, kind, start, end, surface, normal_name(surface), round(confidence / 2, 3), REPEAT)


def _cleaned(
    number: int, paragraph: Paragraph, mentions: Iterable[RawMention], extractor: str, gazetteer: Gazetteer
) -> Iterable[Found]:
    """Yield mentions with their edges trimmed; what is no name, or overlaps the one before, is left out."""
    last = 0
    for raw in _joined(paragraph.text, mentions):
        known = gazetteer.find(paragraph.text[raw.start : raw.end])
        span = trimmed(paragraph.text, raw.start, raw.end, raw.kind, known is not None and raw.kind == "place")
        if span is None or span[0] < last:
            continue
        start, end = span
        surface = paragraph.text[start:end]
        if raw.kind in NAME_KINDS and (is_no_name(surface) or _is_latin_word(surface, paragraph.language)):
            continue
        kind = raw.kind
        if kind in NAME_KINDS and surface in gazetteer.demonyms:
            kind = "group"
        last = end
        yield Found(number, kind, start, end, surface, normal_name(surface), raw.confidence, extractor)


def _joined(text: str, mentions: Iterable[RawMention]) -> list[RawMention]:
    """Return mentions with the parts of a transcribed name, between which a dot stands, put together."""
    joined: list[RawMention] = []
    for raw in mentions:
        before = joined[-1] if joined else None
        if before and before.kind == raw.kind == "person" and text[before.end : raw.start] in _DOTS:
            joined[-1] = before._replace(end=raw.end, confidence=max(before.confidence, raw.confidence))
        else:
            joined.append(raw)
    return joined


def _is_latin_word(surface: str, language: str) -> bool:
    """Say whether a surface in Chinese text is a Latin word that is not written as a name."""
    return language.startswith("zh") and surface.isascii() and surface.islower()


def _voted_kinds(found: Sequence[Found], gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """Return for (name, kind) the kind that the document as a whole gives to that name, where it is another.

    A group has no say in what a name is, but is outvoted: models take somebody's followers for somebody.
    """
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    as_groups: dict[str, float] = defaultdict(float)
    for mention in found:
        if mention.kind in NAME_KINDS:
            votes[mention.name][mention.kind] += mention.confidence
        elif mention.kind == "group":
            as_groups[mention.name] += mention.confidence
    decided = {}
    for name, kinds in votes.items():
        known = gazetteer.ids.get(name)
        if known is not None and not known.startswith("geonames:"):
            kinds[gazetteer.kind_of(known)] += KNOWN_WEIGHT
        winner = max(sorted(kinds), key=lambda kind: kinds[kind])
        for kind in kinds:
            if kind != winner:
                decided[name, kind] = winner
        if kinds[winner] > as_groups[name]:
            decided[name, "group"] = winner
    return decided
