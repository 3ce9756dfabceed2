"""Tags by rule: a word that a text has often enough brings a tag, as seeds/reference/tag_rules.csv says.

Rules about entities are in the same file and are applied in SQL (`main.document_tags`), where entities are known.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flows.derive.similarity import FIRST_CJK
from flows.derive.tags import canonical_tag
from flows.resources import REFERENCE

if TYPE_CHECKING:
    from flows.derive.passes import WordCounts
    from flows.derive.segments import Segment


class TagRule(NamedTuple):
    """A rule: `match` found at least `least_count` times brings `tag`; `kind` is word or entity."""

    kind: str
    match: str
    tag: str
    least_count: int


class RuleTag(NamedTuple):
    """A tag that a rule brings, and the word that brought it."""

    tag: str
    tag_raw: str


@lru_cache(maxsize=1)
def tag_rules() -> tuple[TagRule, ...]:
    """Return the rules of seeds/reference/tag_rules.csv, in their order."""
    with (REFERENCE / "tag_rules.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            TagRule(row["kind"], row["match"].strip().lower(), canonical_tag(row["tag"]), int(row["least_count"]))
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=1)
def _word_rules() -> tuple[dict[bytes, list[TagRule]], list[TagRule]]:
    """Return the rules about words by their word, and those about words that no space sets apart."""
    spaced: dict[bytes, list[TagRule]] = {}
    unspaced = []
    for rule in tag_rules():
        if rule.kind == "word" and ord(rule.match[0]) >= FIRST_CJK:
            unspaced.append(rule)
        elif rule.kind == "word":
            spaced.setdefault(rule.match.encode(), []).append(rule)
    return spaced, unspaced


def derive_rule_tags(counts: WordCounts, segments: Sequence[Segment]) -> list[RuleTag]:
    """Return the tags that a document's words bring, each once, in the order of the rules.

    Words written with spaces between them are those of `flows.derive.terms`; Chinese, Japanese and Korean ones are
    found anywhere in the text, since what a segmenter takes for a word changes with the words around it.
    """
    spaced, unspaced = _word_rules()
    found = {rule: count for word, count in counts.of(spaced).items() for rule in spaced[word]}
    text = "\n".join([segment.text for segment in segments if segment.cjk_character_count])
    if text:
        # One character is looked for much faster than a word, and most are not there.
        found |= {rule: text.count(rule.match) for rule in unspaced if rule.match[0] in text}
    tags: dict[str, RuleTag] = {}
    for rule in tag_rules() if found else ():
        if found.get(rule, 0) >= rule.least_count:
            tags.setdefault(rule.tag, RuleTag(rule.tag, rule.match))
    return list(tags.values())
