"""Tags that words bring: rules hold in both languages, and only where a word is there often enough."""

from __future__ import annotations

import pytest

from flows.derive.segments import derive_segments
from flows.derive.structure import parse_structure
from flows.derive.tag_rules import RuleTag, derive_rule_tags
from flows.derive.terms import count_words


def rule_tags(body: str) -> list[RuleTag]:
    segments = derive_segments(parse_structure(body))
    return derive_rule_tags(count_words(segments).counts, segments)


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("The election was close. Another election follows in the autumn.", [("elections", "election")]),
        ("One election was held in the autumn.", []),
        ("停火协议今天生效，双方都表示欢迎。", [("conflict", "停火")]),
        ("这次峰会之后还有一次峰会。", [("diplomacy", "峰会")]),
        ("這次峰會之後還有一次峰會。", [("diplomacy", "峰會")]),
        ("Code:\n\n```\nelection election\n```\n", []),
        ("Nothing here brings a tag.", []),
    ],
)
def test_words_bring_tags(body: str, tags: list[tuple[str, str]]) -> None:
    assert rule_tags(body) == tags
