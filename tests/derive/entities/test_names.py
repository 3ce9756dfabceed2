"""How names are compared, trimmed, joined to full ones, and what lists of names must look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.derive.entities.full_names import full_names
from flows.derive.entities.reference import InvalidReferenceError, normal_name, read_demonyms, read_entities
from flows.derive.entities.surfaces import is_no_name, trimmed
from flows.resources import REFERENCE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Viktor ORBÁN", "viktor orban"),
        ("U.N.", "un"),
        ("New-York", "new york"),
        ("北約", "北约"),
        ("馬克·鲁特", "马克鲁特"),
        ("Malmö", "malmo"),
        ("Łódź", "lodz"),
        ("서울", "서울"),
        ("İzmir", "izmir"),
        ("O’Brien", "o brien"),
        ("St. Louis", "st louis"),
    ],
)
def test_normal_name(name: str, expected: str) -> None:
    assert normal_name(name) == expected
    assert normal_name(expected) == expected


@pytest.mark.parametrize(
    ("surface", "kind", "expected"),
    [
        ("the Harbour Board", "organisation", "Harbour Board"),
        ("Anna Bergström's", "person", "Anna Bergström"),
        ("Prime Minister Anna Bergström", "person", "Anna Bergström"),
        ("Queen Anna", "person", "Queen Anna"),
        ("“Lantern Works”", "organisation", "Lantern Works"),
        ("Lantern Works Inc.", "organisation", "Lantern Works Inc."),
        ("U.S.", "place", "U.S."),
        ("Lund.", "place", "Lund"),
        ("Summary of Article: Anna Bergström", "person", "Anna Bergström"),
        ("《灯塔社》", "organisation", "灯塔社"),
        ("林小雨先生", "person", "林小雨"),
        ("先生", "person", "先生"),
        ("安娜·贝里周一", "person", "安娜·贝里"),
        ("上周三雾港", "place", "雾港"),
        ("周一", "place", "周一"),
        ("three days", "date", "three days"),
        ("the", "place", "the"),
        ("---", "organisation", None),
    ],
)
def test_edges_of_names(surface: str, kind: str, expected: str | None) -> None:
    text = f"xx {surface} yy"
    span = trimmed(text, 3, 3 + len(surface), kind)
    assert (text[span[0] : span[1]] if span else None) == expected


def test_an_article_that_is_part_of_a_known_name_stays() -> None:
    assert trimmed("The Hague", 0, 9, "place", known_with_article=True) == (0, 9)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("Summary", True), ("42%", True), ("来源", True), ("s", True), ("周一", True), ("周一鸣", False), ("Lund", False)],
)
def test_boilerplate_is_no_name(surface: str, expected: bool) -> None:
    assert is_no_name(surface) is expected


def joined(*names: tuple[str, str]) -> dict[str, tuple[str, str]]:
    found = full_names((normal_name(surface), surface, kind) for surface, kind in names)
    return {name: full for (name, _), full in found.items()}


def test_last_names_stand_for_the_full_name() -> None:
    found = joined(("Anna Bergström", "person"), ("Bergström", "organisation"), ("Anna", "person"))
    assert found == {"bergstrom": ("person", "Anna Bergström"), "anna": ("person", "Anna Bergström")}
    assert joined(("马克·鲁特", "person"), ("鲁特", "place")) == {"鲁特": ("person", "马克·鲁特")}


def test_a_last_name_of_two_people_stands_for_neither() -> None:
    assert joined(("Anna Berg", "person"), ("Bo Berg", "person"), ("Berg", "person")) == {}


def test_initials_stand_for_organisations() -> None:
    found = joined(("Union of Harbour Boards", "organisation"), ("UHB", "organisation"), ("UOHB", "organisation"))
    assert {name: full for name, (_, full) in found.items()} == dict.fromkeys(
        ("uhb", "uohb"), "Union of Harbour Boards"
    )


def test_our_lists_are_well_formed() -> None:
    entities = read_entities([REFERENCE / "places.csv", REFERENCE / "entities.csv"])
    people_and_organisations = [entity for entity in entities.values() if entity.kind != "place"]
    assert len(people_and_organisations) >= 300
    assert sum(bool(entity.name_en and entity.name_zh) for entity in people_and_organisations) >= 300
    for entity in entities.values():
        assert entity.entity_id.startswith("iso:") or entity.entity_id == entity.entity_id.casefold()
    owners: dict[str, str] = {}
    for entity in entities.values():
        for name in entity.names:
            assert owners.setdefault(normal_name(name), entity.entity_id) == entity.entity_id, name
    assert set(read_demonyms(REFERENCE / "demonyms.csv").values()) <= set(entities) | {
        place for place in read_demonyms(REFERENCE / "demonyms.csv").values() if place.startswith("iso:")
    }


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("id,kind\n", "no column name_en"),
        ("id,kind,name_en,name_zh,aliases\n,person,Anna,,\n", "line 2: an entity needs an id and a name"),
        ("id,kind,name_en,name_zh,aliases\na,ship,Anna,,\n", "line 2: kind is 'ship'"),
    ],
)
def test_mistakes_in_lists_are_named(tmp_path: Path, lines: str, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(InvalidReferenceError, match=message):
        read_entities([path])
