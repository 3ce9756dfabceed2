"""One identity for a name in Chinese and in Latin letters that no list knows.

Two steps, so that the first runs beside extraction and is kept by content: `pairs.name_pairs` gives the pairs of a
document in both languages; `link_names` decides over all pairs of a corpus, from counts that SQL adds up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# How alike a pair must sound. Of the 146 people of our own lists, 84 % of the pairs reach 0.55 and 88 % reach 0.5; of
# pairs of two different people, 7 and 14 in ten thousand do. Names of cities are shorter, and more of them sound alike.
SOUNDS_ALIKE = {"person": 0.55, "place": 0.65, "organisation": 0.65}
# What several documents that have both names, and few that have one, are worth.
OFTEN, OFTEN_BONUS = 2, 0.05
# Names that do not sound alike must keep each other company nearly always, and no others.
COMPANY_DOCUMENTS = 4
COMPANY_SHARE = 0.75
COMPANY_MARGIN = 1.5


class PairEvidence(NamedTuple):
    """A pair over a corpus: documents with both names, and documents with either in any pair at all."""

    chinese_id: str
    latin_id: str
    kind: str
    likeness: float
    documents: int
    chinese_documents: int
    latin_documents: int


class EntityLink(NamedTuple):
    """`entity_id` is the same as `same_as`; the row of `entity_links` that says why."""

    entity_id: str
    same_as: str
    kind: str
    score: float
    method: str
    documents: int


def link_names(evidence: Iterable[PairEvidence], known: frozenset[str] = frozenset()) -> list[EntityLink]:
    """Return the links that hold: each name the other's best, and good enough. The order of rows does not matter.

    `known`: ids of listed entities; a name is joined to them, never they to a name. Else the Chinese name is joined
    to the Latin one.
    """
    judged = [(judgement, row) for row in evidence if (judgement := _judge(row)) is not None]
    judged.sort(key=lambda item: (-item[0][0], -item[1].documents, item[1].chinese_id, item[1].latin_id))
    best: dict[str, tuple[float, int]] = {}
    rivals: dict[str, float] = {}
    for (score, _), row in judged:
        for side in (row.chinese_id, row.latin_id):
            if side in best:
                rivals[side] = max(rivals.get(side, 0.0), score)
            best.setdefault(side, (score, id(row)))
    links = []
    for (score, method), row in judged:
        sides = (row.chinese_id, row.latin_id)
        if any(best[side][1] != id(row) for side in sides) or any(rivals.get(side, 0.0) == score for side in sides):
            continue
        if method == "company" and any(rivals.get(side, 0.0) * COMPANY_MARGIN > score for side in sides):
            continue
        name, same_as = sides if row.chinese_id not in known else sides[::-1]
        links.append(EntityLink(name, same_as, row.kind, round(score, 3), method, row.documents))
    return sorted(links)


def _judge(row: PairEvidence) -> tuple[float, str] | None:
    """Return score and method of a pair that may hold: `sound` or `company`."""
    either = row.chinese_documents + row.latin_documents - row.documents
    company = row.documents / either if either else 0.0
    is_often = row.documents >= OFTEN and company >= COMPANY_SHARE / 2
    if row.likeness >= SOUNDS_ALIKE[row.kind] - (OFTEN_BONUS if is_often else 0.0):
        # Sound decides; company tells pairs of like sound apart.
        return row.likeness + (1 - row.likeness) * 0.5 * company * (1 - 1 / (1 + row.documents)), "sound"
    if row.documents >= COMPANY_DOCUMENTS and company >= COMPANY_SHARE:
        return 0.5 * company, "company"
    return None
