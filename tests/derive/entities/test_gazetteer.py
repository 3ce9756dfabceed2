"""Known names: identities in many languages, a user's own lines, the compiled file."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.lexicon import lexicon_of, long_lists
from flows.derive.entities.linking import entity_id_of
from flows.derive.entities.mention import Entity
from flows.resources import REFERENCE


@pytest.mark.parametrize(
    ("names", "entity_id"),
    [
        ("NATO|Nato|北约|北約|北大西洋公约组织", "nato"),
        ("Hungary|匈牙利|Ungheria|Magyarország|ハンガリー|Венгрия", "iso:HU"),
        ("Netherlands|the Netherlands|Holland|荷兰|荷蘭|Nederland|Pays-Bas", "iso:NL"),
        ("US|U.S.|USA|United States|美国|美國|アメリカ合衆国", "iso:US"),
        ("Brussels|Bruxelles|布鲁塞尔|布魯塞爾", "geonames:2800866"),
        ("Beijing|北京|北京市|Pékin", "geonames:1816670"),
        ("The Hague|海牙|Den Haag", "the-hague"),
        ("Europe|欧洲|Europa", "europe"),
        ("Viktor Orbán|Viktor Orban|维克多·奥班|欧尔班", "viktor-orban"),
    ],
)
def test_one_identity_for_the_names_of_a_thing(gazetteer: Gazetteer, names: str, entity_id: str) -> None:
    assert {name: gazetteer.find(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), entity_id)


def test_entities_have_names_in_both_languages(gazetteer: Gazetteer) -> None:
    assert gazetteer.entity("nato") == Entity("nato", "organisation", "NATO", "NATO", "北约")
    assert gazetteer.entity("iso:HU") == Entity("iso:HU", "place", "Hungary", "Hungary", "匈牙利")
    assert gazetteer.entity("nothing") is None


def test_names_that_no_list_knows_are_their_own_identity(gazetteer: Gazetteer) -> None:
    assert entity_id_of("person", "Zofia Lindqvist", gazetteer) == "person:zofia lindqvist"
    assert entity_id_of("person", "Hungary", gazetteer) == "person:hungary"


def test_the_compiled_file_gives_the_same(gazetteer: Gazetteer, gazetteer_cache: Path) -> None:
    (file,) = gazetteer_cache.iterdir()
    assert gazetteer.version in file.name
    again = Gazetteer.open(REFERENCE, gazetteer_cache)
    assert again.ids == gazetteer.ids
    assert again.territories == gazetteer.territories
    assert again.long_lists == gazetteer.long_lists == long_lists(gazetteer)
    file.write_bytes(file.read_bytes()[:1000])
    assert Gazetteer.open(REFERENCE, gazetteer_cache).ids == gazetteer.ids


def test_a_users_line_overrules(gazetteer: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,kind,name_en,name_zh,aliases\nmy-fog-port,place,Fog Port,雾港镇,Nato\n", encoding="utf-8")
    mine = gazetteer.with_files([path])
    assert mine.find("霧港鎮") == mine.find("Nato") == "my-fog-port"
    assert [match.entity_id for match in lexicon_of("en", mine).find("To Fog Port")] == ["my-fog-port"]
    assert not lexicon_of("en", gazetteer).find("To Fog Port")
    assert gazetteer.find("雾港镇") is None
    assert gazetteer.find("Nato") == "nato"
    assert gazetteer.with_files([]) is gazetteer


def test_names_are_found_whole_and_longest_first(gazetteer: Gazetteer) -> None:
    lexicon = lexicon_of("en", gazetteer)
    text = "From South Sudan to Sudan, Chadwick and the Democratic Republic of the Congo."
    found = [text[match.start : match.end] for match in lexicon.find(text)]
    assert "South Sudan" in found
    assert "Sudan" in found
    assert "Chad" not in found
    assert "Democratic Republic of the Congo" in found


def test_katakana_names_are_whole_words(gazetteer: Gazetteer) -> None:
    found = lexicon_of("ja", gazetteer).find("タイムとセキュリティ、タイとドイツの話。")
    assert [match.entity_id for match in found] == ["iso:TH", "iso:DE"]


def test_names_of_other_languages(gazetteer: Gazetteer) -> None:
    text = "De l’Allemagne à la Hongrie"
    assert [text[m.start : m.end] for m in lexicon_of("fr", gazetteer).find(text)] == ["Allemagne", "Hongrie"]
    assert {m.entity_id for m in lexicon_of("ja", gazetteer).find("ハンガリーとドイツ")} == {"iso:HU", "iso:DE"}
