"""Entities in the store: found once, one identity over languages, right after whatever happens to the files."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.tables import ENTITY_TABLES
from flows.errors import UsageError
from flows.load import paragraph_cache
from flows.pipeline import build_store
from flows.progress import Reporter
from flows.resources import REFERENCE, sql_files
from flows.settings import EntityOptions, Settings, Source
from tests.load import marked_names
from tests.load.test_incremental import NAMES, apply, contents_of

Ask = Callable[..., list[tuple[Any, ...]]]
MARKED = "tests.load.marked_names:MarkedNames"
OPTIONS = EntityOptions(extractors={"en": MARKED, "zh": MARKED})

ENGLISH = "The mayor ‹person Anna Bergström› of ‹place Velmora› came to Hungary. ‹person Bergström› met the ‹organisation Lantern Works›."
CHINESE = "市长‹person 安娜·贝里斯特伦›来到匈牙利，参观了灯塔社。‹person 贝里斯特伦›会见了‹organisation 灯塔社›的人。"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return Gazetteer.open(REFERENCE, tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture(autouse=True)
def _known_names_are_compiled_once(compiled: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Gazetteer, "open", lambda *_: compiled)
    marked_names.ASKED.clear()
    return


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents in both languages, one in English."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text(f"---\ndate: 2025-01-06\n---\n{ENGLISH}\n\n{CHINESE}\n", encoding="utf-8")
    (notes / "b.md").write_text(f"---\ndate: 2025-01-14\n---\n{CHINESE}\n\n{ENGLISH}\n", encoding="utf-8")
    (notes / "c.md").write_text(
        "---\ndate: 2025-01-15\n---\n‹person Anna Bergström› sails to Slovakia on ‹date Monday›.\n"
    )
    for file in notes.iterdir():
        os.utime(file, (1_700_000_000.5, 1_700_000_000.5))
    return notes


def build(folder: Path, warehouse: Path, **flags: Any) -> dict[str, Any]:
    values = {"executor": "inline", "entity_options": OPTIONS, **flags}
    source = Source(name="notes", path=folder)
    return build_store(Settings(warehouse=warehouse, sources=(source,), **values), Reporter(quiet=True))


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Path:
    assert build(folder, tmp_path / "warehouse")["notes"] == []
    return tmp_path / "warehouse"


def test_mentions_say_where_they_stand(store: Path, ask: Ask) -> None:
    rows = ask(
        "select surface, substring(text, char_start + 1, char_end - char_start), m.language, s.language from mentions as m "
        "join segments as s on m.document_id = s.document_id and m.segment_position = s.position"
    )
    assert len(rows) == 23
    assert all(surface == text and one == other for surface, text, one, other in rows)
    assert ask("select count(*) from mentions anti join entities using (entity_id, kind)") == [(0,)]


def test_names_of_both_languages_are_one_entity(store: Path, ask: Ask) -> None:
    entities = {
        row[0]: row[1:] for row in ask("select entity_id, kind, name, name_en, name_zh, document_count from entities")
    }
    assert entities["person:anna bergstrom"] == ("person", "Anna Bergström", "Anna Bergström", "安娜·贝里斯特伦", 3)
    assert entities["iso:HU"] == ("place", "Hungary", "Hungary", "匈牙利", 2)
    assert entities["iso:SK"][-1] == 1
    assert entities["date:monday"][-1] == 1
    assert ask("select distinct name from mentions where surface in ('Bergström', '贝里斯特伦') order by 1") == [
        ("Anna Bergström",),
        ("安娜·贝里斯特伦",),
    ]
    ((entity, linked, method, score, documents),) = ask(
        "select entity_id, linked_entity_id, method, score, documents from entity_links"
    )
    assert (entity, linked, method, documents) == ("person:anna bergstrom", "person:安娜贝里斯特伦", "sound", 2)
    assert 0.5 < score <= 1


def test_a_users_line_overrules(folder: Path, store: Path, ask: Ask, tmp_path: Path) -> None:
    assert ask("select count(distinct entity_id) from mentions where surface in ('灯塔社', 'Lantern Works')") == [(2,)]
    own = tmp_path / "own.csv"
    own.write_text(
        "id,kind,name_en,name_zh,aliases\nlantern,organisation,Lantern Works Ltd,灯塔社,Lantern Works\n"
        "another,person,Another Person,安娜·贝里斯特伦,\n",
        encoding="utf-8",
    )
    marked_names.ASKED.clear()
    row = build(folder, store, entity_options=EntityOptions(extractors=OPTIONS.extractors, names=(own,)))
    assert row["published"]
    assert marked_names.ASKED == []
    assert ask("select name, name_zh, document_count from entities where entity_id = 'lantern'") == [
        ("Lantern Works Ltd", "灯塔社", 2)
    ]
    assert ask("select distinct entity_id from mentions where surface = '贝里斯特伦'") == [("another",)]
    assert ask("select * from entity_links") == []
    own.write_text("id,kind,name_en,name_zh,aliases\nlantern,ship,Lantern,,\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"own.csv, line 2: kind is 'ship'"):
        build(folder, store, entity_options=EntityOptions(names=(own,)))


def test_the_same_paragraph_is_run_once(folder: Path, store: Path) -> None:
    asked = marked_names.ASKED
    assert len(asked) == len(set(asked)) == 3
    asked.clear()
    (folder / "d.md").write_text(f"# A heading\n\n{ENGLISH}\n\nNew here.\n")
    build(folder, store)
    assert asked == ["A heading", "New here."]
    asked.clear()
    build(folder, store.with_name("other"))
    assert ENGLISH in asked


def test_paragraphs_of_other_extractors_are_cleared(folder: Path, store: Path) -> None:
    assert len(list((store / "cache" / "paragraphs").iterdir())) == 2
    build(folder, store, entity_options=EntityOptions(extractors={"en": MARKED, "zh": "none"}))
    assert len(list((store / "cache" / "paragraphs").iterdir())) == 1


def test_the_cache_is_bounded_and_survives_damage(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    before = ask("from mentions order by all")
    files = list((store / "cache" / "paragraphs").rglob("*.parquet"))
    assert files
    for file in files:
        file.write_bytes(file.read_bytes()[:40])
    (folder / "d.md").write_text("‹place Velmora› again.\n")
    build(folder, store)
    assert not [file for file in files if file.exists()]
    assert set(before) < set(ask("from mentions order by all"))
    monkeypatch.setattr(paragraph_cache, "MOST_BYTES", 0)
    folders = set((store / "cache" / "paragraphs").iterdir())
    assert paragraph_cache.tidy_paragraphs(store / "cache", folders) == []


def test_many_small_files_become_few(tmp_path: Path) -> None:
    from flows.derive.entities.mention import RawMention
    from flows.derive.entities.paragraph_files import read_paragraphs, write_paragraphs

    folder = tmp_path / "paragraphs" / "one"
    known = {
        bytes([number]) * 16: ("x", [RawMention("person", 0, number + 1, 0.5)] * (number % 3)) for number in range(60)
    }
    for key, finding in known.items():
        write_paragraphs(folder, {key: finding})
    files = paragraph_cache.tidy_paragraphs(tmp_path, {folder})
    assert len(files) == 1
    found = read_paragraphs(files, list(known))
    assert {key: len(mentions) for key, (_, mentions) in found.items()} == {
        key: min(1, len(m)) for key, (_, m) in known.items()
    }


def test_without_entities_and_then_with(
    folder: Path, tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "warehouse"
    row = build(folder, warehouse, entities=False)
    assert row["notes"] == ["entities were left out (--no-entities)"]
    assert ask("select notes from runs") == [(row["notes"],)]
    assert ask("select count(*) from mentions") == [(0,)]
    assert build(folder, warehouse, entities=False)["published"] is False
    monkeypatch.setattr("flows.extract.reading.read_file", lambda *_: pytest.fail("a file was read"))
    row = build(folder, warehouse)
    assert (row["published"], row["files_unchanged"], row["notes"]) == (True, 3, [])
    assert ask("select count(*) from mentions") == [(23,)]
    assert build(folder, warehouse)["published"] is False
    assert build(folder, warehouse, entities=False)["published"] is False
    assert build(folder, warehouse)["published"] is False


def test_documents_that_came_without_are_caught_up_with(folder: Path, store: Path, ask: Ask) -> None:
    (folder / "a.md").unlink()
    (folder / "d.md").write_text("‹place Velmora› again.\n")
    build(folder, store, entities=False)
    assert ask("select document_count from entities where entity_id = 'person:anna bergstrom'") == [(2,)]
    build(folder, store)
    assert ask("select document_count from entities where entity_id = 'place:velmora'") == [(2,)]
    fresh = store.with_name("fresh")
    build(folder, fresh)
    assert contents_of(store) == contents_of(fresh)


def test_missing_models_are_said_and_made_up_for(folder: Path, tmp_path: Path, ask: Ask) -> None:
    warehouse = tmp_path / "warehouse"
    missing = EntityOptions(extractors={"en": "no_such_model", "zh": "no.such.module:thing"})
    row = build(folder, warehouse, entity_options=missing)
    assert row["published"]
    assert [note.split(" (")[0] for note in row["notes"]] == [
        "entities: no extractor for 'en'",
        "entities: no extractor for 'zh'",
    ]
    assert ask("select notes from runs") == [(row["notes"],)]
    assert ask("select distinct extractor, entity_id from mentions where language = 'en' order by all") == [
        ("gazetteer", "iso:HU"),
        ("gazetteer", "iso:SK"),
    ]
    build(folder, warehouse)
    fresh = tmp_path / "fresh"
    build(folder, fresh)
    assert contents_of(warehouse) == contents_of(fresh)


def test_reports(folder: Path, store: Path, ask: Ask) -> None:
    (folder / "e.md").write_text("---\ndate: 2025-03-03\n---\n‹person Anna Bergström› in Hungary.\n")
    build(folder, store)
    assert ask("select name, documents, mentions from report.entities limit 2") == [
        ("Anna Bergström", 4, 10),
        ("Hungary", 3, 5),
    ]
    trends = "select week::varchar, documents, usual_documents, surprise from report.entity_trends where entity_id = 'person:anna bergstrom'"
    assert ask(trends) == [("2025-03-03", 1, 0.38, 0.53), ("2025-01-13", 2, 1.0, 0.71), ("2025-01-06", 1, None, None)]
    assert ask("select name, other_name, documents, share from report.entity_pairs limit 1") == [
        ("Anna Bergström", "Hungary", 3, 1.0)
    ]
    assert ask("select language, names from report.entity_names where entity_id = 'person:anna bergstrom'") == [
        ("en", ["Anna Bergström"]),
        ("zh", ["安娜·贝里斯特伦"]),
    ]
    assert ask("select count(*) from report.entities where kind = 'date'") == [(0,)]


SENTENCES = (
    ENGLISH,
    CHINESE,
    "‹person Anna Bergström› in Hungary.",
    "‹person 林小雨›来了。\n\n‹person Lin Xiaoyu› came.",
    "Nothing.",
    "",
)
step = st.tuples(
    st.sampled_from(("write", "delete", "rename", "build", "build without")),
    st.sampled_from(NAMES),
    st.integers(0, len(SENTENCES) - 1),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=3, max_size=12))
def test_whatever_happens_the_store_equals_one_built_anew(steps: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        notes = Path(place, "notes")
        notes.mkdir()
        for action, name, number in steps:
            if action == "write":
                (notes / name).parent.mkdir(exist_ok=True)
                (notes / name).write_text(
                    f"---\ndate: 2025-0{number + 1}-06\n---\n{SENTENCES[number]}\n\n{name}\n", encoding="utf-8"
                )
            elif action.startswith("build"):
                build(notes, Path(place, "grown"), entities=action == "build")
            else:
                apply(notes, action, name, number)
        build(notes, Path(place, "grown"))
        build(notes, Path(place, "fresh"))
        assert contents_of(Path(place, "grown")) == contents_of(Path(place, "fresh"))
        shutil.rmtree(place, ignore_errors=True)
        Path(place).mkdir()


def test_a_store_without_tables_of_entities_is_brought_up_to_date(folder: Path, tmp_path: Path) -> None:
    grown = tmp_path / "grown"
    build(folder, grown, entities=False)
    with duckdb.connect((grown / "dateline.duckdb").resolve()) as con:
        for file in sql_files("report") + sql_files("main"):
            con.execute(f"drop view if exists {file.parent.name}.{file.stem}")
        for table in (*ENTITY_TABLES, "entity_links", "entities", "entity_names", "entity_weeks", "entity_pairs"):
            con.execute(f"drop table raw.{table}")
        con.execute("update raw.meta set schema_version = 3, sql_digest = 'old'")
    build(folder, grown)
    build(folder, tmp_path / "fresh")
    assert contents_of(grown) == contents_of(tmp_path / "fresh")
