"""Known names found in running text: Aho-Corasick over the gazetteer's names, with a category for each match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from flows.derive.entities.lac import simplified
from flows.derive.entities.reference import normal_name

if TYPE_CHECKING:
    from flows.derive.entities.gazetteer import Gazetteer

CATEGORIES = ("none", "country", "region", "city", "town", "person", "organisation")
CITY_PEOPLE = 300_000
# Languages that put no space between words.
WRITTEN_TOGETHER = frozenset(("zh", "ja", "th", "lo", "km", "my"))
# A name, the entity it names, its category (a place in CATEGORIES).
ListedName = tuple[str, str, int]
# The list that languages with spaces between words share; no language's name.
WIDER = "*"
_HAN = re.compile(r"[\u3400-\u9fff]")


class Match(NamedTuple):
    """A known name in a text: code points [start, end), entity, category (a place in CATEGORIES)."""

    start: int
    end: int
    entity_id: str
    category: int


class Lexicon:
    """Names of one script or language, all found in one pass, the longest first.

    `wider`: names that other languages share, found beside.
    """

    def __init__(self, names: Iterable[ListedName], whole_words: bool, wider: Lexicon | None = None) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self._names = sorted(dict.fromkeys(names))
        self._whole_words = whole_words
        self._wider = wider
        self._automaton = AhoCorasick(
            [name for name, _, _ in self._names],
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.NoncontiguousNFA,
        )

    def find(self, text: str) -> list[Match]:
        """Return the matches in their order, not overlapping."""
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            if self._whole_words and (
                (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
            ):
                continue
            # Katakana words are whole words too, though no space says so.
            if _goes_on(text, start) or _goes_on(text, end):
                continue
            _, entity_id, category = self._names[number]
            found.append(Match(start, end, entity_id, category))
        return _merged(found, self._wider.find(text)) if self._wider else found


def _merged(one: list[Match], other: list[Match]) -> list[Match]:
    """Return the matches of both, the longest of those that overlap; the first list's of those alike."""
    merged: list[Match] = []
    for match in sorted([*one, *other], key=lambda match: (match.start, -match.end)):
        if not merged or match.start >= merged[-1].end:
            merged.append(match)
    return merged


def _goes_on(text: str, place: int) -> bool:
    """Say whether katakana stands on both sides of a place."""
    return 0 < place < len(text) and all("\u30a1" <= text[at] <= "\u30fe" for at in (place - 1, place))


def category_of(gazetteer: Gazetteer, entity_id: str) -> int:
    """Return the category of a known entity."""
    kind = gazetteer.kind_of(entity_id)
    if kind != "place":
        return CATEGORIES.index(kind)
    if entity_id.startswith("iso:"):
        return 1
    if entity_id.startswith("geonames:"):
        return 3 if gazetteer.population[entity_id] >= CITY_PEOPLE else 4
    return 2


def long_lists(gazetteer: Gazetteer) -> dict[str, list[ListedName]]:
    """Return the names of the large lexicons: Chinese (in simplified characters), English, and what others share.

    They are kept with the gazetteer: other lists, or categories, need another GAZETTEER_FORMAT.
    """
    han = [simplified(name) for language in ("zh", "zh_Hant") for name in gazetteer.territories.get(language, ())]
    known = [name for names in gazetteer.known.values() for name in names]
    latin = [name for name in known if not _HAN.search(name)]
    han += [simplified(name) for name in known if _HAN.search(name)]
    return {
        "zh": _listed(gazetteer, [*han, *gazetteer.han_cities]),
        "en": _listed(gazetteer, [*gazetteer.territories.get("en", ()), *gazetteer.cities, *latin]),
        WIDER: _listed(gazetteer, [*gazetteer.cities, *latin]),
    }


def lexicon_of(language: str, gazetteer: Gazetteer, wider: Lexicon | None = None) -> Lexicon:
    """Return the names to look for in a language (a primary subtag, such as `fr`).

    `wider` is what `wider_lexicon` returns; languages can share one.
    """
    if language in gazetteer.long_lists:
        return Lexicon(gazetteer.long_lists[language], whole_words=language not in WRITTEN_TOGETHER)
    names = list(gazetteer.territories.get(language, ()))
    if language in WRITTEN_TOGETHER:
        names += [name for known in gazetteer.known.values() for name in known]
        return Lexicon(_listed(gazetteer, names), whole_words=False)
    return Lexicon(_listed(gazetteer, names), whole_words=True, wider=wider or wider_lexicon(gazetteer))


def wider_lexicon(gazetteer: Gazetteer) -> Lexicon:
    """Return the names that all languages with spaces between words share: cities, and our own lists."""
    return Lexicon(gazetteer.long_lists[WIDER], whole_words=True)


def _listed(gazetteer: Gazetteer, names: Iterable[str]) -> list[ListedName]:
    found = []
    for name in dict.fromkeys(names):
        entity_id = gazetteer.ids.get(normal_name(name))
        if entity_id and len(name) > 1:
            found.append((name, entity_id, category_of(gazetteer, entity_id)))
    return found
