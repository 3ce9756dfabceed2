"""Known names that no model found, where they are sure enough to be added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.lac import simplified
from flows.derive.entities.lexicon import CATEGORIES, Lexicon
from flows.derive.entities.mention import Paragraph

KNOWN_CONFIDENCE = 0.8
_COUNTRY, _REGION, _CITY = (CATEGORIES.index(name) for name in ("country", "region", "city"))
# Names that are words, or first names, as often.
AMBIGUOUS = frozenset("Georgia Jordan Chad Turkey Jersey Guinea Nice Reading Mobile Orange Split Bath".split())
SHORT_NAME = 3
# Languages whose names an extractor looks for.
MODEL_LANGUAGES = frozenset(("en", "zh"))


def known_mentions(
    paragraph: Paragraph, lexicon: Lexicon, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str, float]]:
    """Yield (start, end, kind, confidence) of sure names outside of `taken`.

    Large cities count where no model looks: their names are words and surnames as often.
    """
    all_cities = paragraph.language.partition("-")[0] not in MODEL_LANGUAGES
    # Names in Han characters are listed in simplified ones.
    text = simplified(paragraph.text) if paragraph.language.startswith("zh") else paragraph.text
    for match in lexicon.find(text):
        surface = paragraph.text[match.start : match.end]
        is_sure = match.category in (_COUNTRY, _REGION) or (all_cities and match.category == _CITY)
        is_listed = match.category > _CITY + 1
        if surface in AMBIGUOUS or not (is_sure or (is_listed and _is_distinctive(surface))):
            continue
        if len(surface) < SHORT_NAME and surface.isascii() and not surface.isupper():
            continue
        if not any(match.start < end and start < match.end for start, end in taken):
            yield match.start, match.end, gazetteer.kind_of(match.entity_id), KNOWN_CONFIDENCE


def _is_distinctive(surface: str) -> bool:
    """Say whether a listed name is hardly anything else: several words, capitals, or Chinese of three characters."""
    if surface.isascii() or " " in surface:
        return " " in surface or (surface.isupper() and len(surface) >= SHORT_NAME)
    return len(surface) >= SHORT_NAME
