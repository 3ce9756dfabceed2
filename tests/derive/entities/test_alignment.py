"""Chinese and Latin names of one thing: by sound, by company, mutual best or not at all."""

from __future__ import annotations

import random

import pytest

from flows.derive.entities.alignment import EntityLink, PairEvidence, link_names
from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.mention import Mention
from flows.derive.entities.pairs import name_pairs
from flows.derive.entities.reference import normal_name
from flows.derive.entities.transliteration import sound_likeness


@pytest.mark.parametrize(
    ("chinese", "latin"),
    [
        ("安娜·贝里斯特伦", "Anna Bergström"),
        ("陈晓明", "Chen Xiaoming"),
        ("陈晓明", "Xiaoming Chen"),
        ("陳曉明", "Chen Xiaoming"),
        ("托马斯·林德", "Thomas Lind"),
        ("维克托·霍瓦特", "Viktor Horvath"),
        ("玛丽亚·席尔瓦", "Maria Silva"),
        ("布拉迪斯拉发", "Bratislava"),
    ],
)
def test_transcriptions_sound_alike(chinese: str, latin: str) -> None:
    assert sound_likeness(chinese, latin) >= 0.5


@pytest.mark.parametrize(
    ("chinese", "latin"),
    [
        ("安娜·贝里斯特伦", "Maria Silva"),
        ("陈晓明", "Thomas Lind"),
        ("世界卫生组织", "World Health Organization"),
        ("", "Anna"),
        ("安娜", ""),
        ("安娜A", "Anna"),
    ],
)
def test_other_names_do_not(chinese: str, latin: str) -> None:
    assert sound_likeness(chinese, latin) < 0.5


def mention(kind: str, name: str, entity_id: str | None = None) -> Mention:
    return Mention(0, entity_id or f"{kind}:{normal_name(name)}", kind, name, 0, 1, "en", "fake", 0.9, name)


def test_pairs_of_a_document(gazetteer: Gazetteer) -> None:
    mentions = [
        mention("person", "安娜·贝里斯特伦"),
        mention("person", "Anna Bergström"),
        mention("person", "Anna Bergström"),
        mention("organisation", "Harbour Board"),
        mention("place", "匈牙利", "iso:HU"),
        mention("place", "Germany", "iso:DE"),
        mention("place", "Hungary", "iso:HU"),
        mention("date", "2024年"),
    ]
    (pair,) = name_pairs(mentions, gazetteer)
    assert pair[:3] == ("person:安娜贝里斯特伦", "person:anna bergstrom", "person")
    assert pair.likeness >= 0.5
    # Listed on both sides: nothing to find out.
    assert name_pairs([mention("place", "匈牙利", "iso:HU"), mention("place", "Germany", "iso:DE")], gazetteer) == []


ROWS = [
    PairEvidence("person:甲", "person:a", "person", 0.8, 3, 3, 3),
    PairEvidence("person:甲", "person:b", "person", 0.65, 3, 3, 3),
    PairEvidence("person:乙", "person:b", "person", 0.7, 3, 3, 3),
    PairEvidence("person:乙", "person:a", "person", 0.1, 3, 3, 3),
    PairEvidence("organisation:丙会", "organisation:c board", "organisation", 0.1, 5, 5, 6),
    PairEvidence("organisation:丙会", "organisation:d board", "organisation", 0.0, 1, 5, 6),
    PairEvidence("person:丁", "person:e", "person", 0.52, 1, 1, 1),
    PairEvidence("person:戊", "person:f", "person", 0.7, 1, 1, 1),
    PairEvidence("person:戊", "person:g", "person", 0.7, 1, 1, 1),
    PairEvidence("known-one", "person:h", "person", 0.9, 2, 2, 2),
]


def test_links_are_mutual_and_sure() -> None:
    links = link_names(ROWS, frozenset({"known-one"}))
    assert {(link.entity_id, link.same_as): link.method for link in links} == {
        ("person:甲", "person:a"): "sound",
        ("person:乙", "person:b"): "sound",
        ("organisation:丙会", "organisation:c board"): "company",
        ("person:h", "known-one"): "sound",
    }
    assert all(0 < link.score <= 1 for link in links)


def test_the_order_of_evidence_does_not_matter() -> None:
    rows = ROWS.copy()
    expected = link_names(ROWS)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert link_names(rows) == expected


def test_a_link_says_why() -> None:
    (link,) = link_names([PairEvidence("person:甲", "person:a", "person", 0.8, 4, 4, 4)])
    assert link == EntityLink("person:甲", "person:a", "person", 0.88, "sound", 4)
