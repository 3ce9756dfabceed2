"""Pairs of a Chinese and a Latin name in one document that may be one: what identity across languages rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.mention import NAME_KINDS, Mention
from flows.derive.entities.transliteration import sound_likeness

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# A document with more names of a kind is a list: its pairs say nothing.
MOST_NAMES = 40
# Pairs that sound less alike may be joined by the company they keep, which a document with many names says little of.
ALIKE, MOST_COMPANY = 0.45, 12


class NamePair(NamedTuple):
    """Two names of one kind in one document, one in each script; `likeness` is how alike they sound, 0 to 1."""

    chinese_id: str
    latin_id: str
    kind: str
    likeness: float


def name_pairs(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[NamePair]:
    """Return the pairs of a document that may be one: of one kind, in two scripts, not both known to a list.

    A known name whose other name the document has as well is spoken for, and left out.
    """
    chinese: dict[str, dict[str, str]] = defaultdict(dict)
    latin: dict[str, dict[str, str]] = defaultdict(dict)
    for mention in mentions:
        if mention.kind in NAME_KINDS and mention.entity_id not in gazetteer.settled:
            if _HAN.search(mention.name):
                chinese[mention.kind].setdefault(mention.entity_id, mention.name)
            elif _LATIN.search(mention.name):
                latin[mention.kind].setdefault(mention.entity_id, mention.name)
    pairs = []
    for kind in NAME_KINDS:
        here, there = chinese[kind], latin[kind]
        names_zh = {key: name for key, name in here.items() if key not in there}
        names_en = {key: name for key, name in there.items() if key not in here}
        if len(names_zh) > MOST_NAMES or len(names_en) > MOST_NAMES:
            continue
        for id_zh, name_zh in sorted(names_zh.items()):
            for id_en, name_en in sorted(names_en.items()):
                if gazetteer.entity(id_zh) is not None and gazetteer.entity(id_en) is not None:
                    continue
                likeness = max(0.0, sound_likeness(name_zh, name_en))
                if likeness >= ALIKE or max(len(names_zh), len(names_en)) <= MOST_COMPANY:
                    pairs.append(NamePair(id_zh, id_en, kind, likeness))
    return pairs
