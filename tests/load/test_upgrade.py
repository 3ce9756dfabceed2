"""Stores written by older code are brought up to date from their own texts; newer and foreign ones are refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import work_plan
from flows.derive import content, tables
from flows.derive.entities.options import EntitySettings, entity_version
from flows.errors import WarehouseVersionError
from flows.resources import REFERENCE
from tests.load.test_incremental import contents_of

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]
SCHEMA_2_COLUMNS = tuple(
    f"{name}_count" for name in ("code_block", "code_line", "table", "task", "task_done", "footnote")
)
SCHEMA_3_COLUMNS = ("source_url", "source_host", "chinese_word_count")
SCHEMA_3_TABLES = (
    *(f"content_{name}" for name in ("code_blocks", "terms", "rule_tags", "signatures", "quantities")),
    *("link_targets", "term_documents", "similar_texts", "story_pairs", "story_documents"),
)


def published(tmp_path: Path) -> Path:
    return (tmp_path / "warehouse" / "dateline.duckdb").resolve()


def make_schema_1(version: Path) -> None:
    """Turn a version into what the first schema's code wrote."""
    with duckdb.connect(version) as con:
        for view in con.execute(
            "select schema_name || '.' || view_name from duckdb_views() where not internal"
        ).fetchall():
            con.execute(f"drop view if exists {view[0]} cascade")
        for column in (*SCHEMA_2_COLUMNS, *SCHEMA_3_COLUMNS):
            con.execute(f"alter table raw.contents drop column {column}")
        for table in SCHEMA_3_TABLES:
            con.execute(f"drop table raw.{table}")
        con.execute("alter table raw.versions drop column path_date; alter table raw.sources drop column zone")
        con.execute(
            "update raw.derivations set version = 1; update raw.meta set schema_version = 1, sql_digest = 'old'"
        )


def test_an_edit_derives_nothing_again(articles: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be derived again from stored texts would make everything anew that builds keep up to date."""

    def derive_again(task: Any) -> str:
        raise AssertionError(f"{task.families} are derived again")

    build(articles)
    monkeypatch.setattr("flows.derive.rederive.rederive_batch", derive_again)
    with (articles / "a.md").open("a") as file:
        file.write("More.\n")
    assert build(articles)["files_edited"] == 1


def test_older_schema_is_upgraded_with_one_version(articles: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    (articles / "2024-06-17-dated.md").write_text("No front matter, see [code](code.md).\n")
    (articles / "code.md").write_text("# Code\n\n```python\na\nb\n```\n\n- [x] done\n- [ ] open\n")
    build(articles)
    build(articles, warehouse=tmp_path / "fresh")
    make_schema_1(published(tmp_path))
    shutil.move(articles, tmp_path / "away")
    (tmp_path / "away" / "unrelated").mkdir()
    shutil.move(tmp_path / "away", articles)
    row = build(articles)
    assert (row["published"], row["files_added"], row["files_edited"], row["files_unchanged"]) == (True, 0, 0, 6)
    assert ask(
        "select code_block_count, code_line_count, task_count, task_done_count from documents where path = 'code.md'"
    ) == [(1, 2, 2, 1)]
    assert contents_of(tmp_path / "warehouse") == contents_of(tmp_path / "fresh")
    assert build(articles)["published"] is False


def test_only_the_stale_family_is_derived_again(
    articles: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(articles)
    before = contents_of(tmp_path / "warehouse")
    with duckdb.connect(published(tmp_path)) as con:
        con.execute("update raw.contents set language = 'xx', first_heading = 'kept'; delete from raw.content_segments")
    family = tables.FAMILIES["language"]
    monkeypatch.setitem(tables.FAMILIES, "language", family._replace(version=family.version + 1))
    asked: list[tuple[str, ...]] = []
    derive = content.rederive_contents
    monkeypatch.setattr(
        "flows.derive.rederive.rederive_contents",
        lambda *arguments: (asked.append(arguments[3]), derive(*arguments))[1],
    )
    assert build(articles)["published"] is True
    assert set(asked) == {("language", "terms", "similarity", "quantities")}
    after = contents_of(tmp_path / "warehouse")
    assert after["main.segments"] == before["main.segments"]
    assert ask("select distinct language from documents where path = 'a.md'") == [("en",)]
    assert ask("select distinct first_heading from raw.contents") == [("kept",)]


def failing_on(ending: str) -> Callable[..., None]:
    """Return what derives stored texts again, and fails on those with this ending."""
    derive = content.rederive_contents

    def fail(texts: Iterable[tuple[bytes, str]], *others: Any) -> None:
        group = list(texts)
        if any(text.endswith(ending) for _, text in group):
            raise OverflowError("too large")
        derive(group, *others)

    return fail


def test_a_text_that_new_code_fails_on_keeps_what_it_had(
    articles: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(articles)
    before = contents_of(tmp_path / "warehouse")
    with duckdb.connect(published(tmp_path)) as con:
        con.execute(
            "update raw.derivations set version = 1 where family = 'language'; update raw.contents set language = 'xx'"
        )
        [(odd, failing)] = con.execute("select body, content_id from documents where path = 'a.md'").fetchall()
    monkeypatch.setattr("flows.derive.rederive.rederive_contents", failing_on(odd))
    row = build(articles)
    assert row["published"] is True
    [note] = [note for note in row["notes"] if "keeps" in note]
    assert note.startswith("1 text keeps what was derived before of language, terms, similarity, quantities, such as ")
    assert "such as articles/a.md; Dateline" in note
    assert "OverflowError: too large (test_upgrade.py, line" in note
    assert ask("select content_id from raw.contents where language = 'xx'") == [(failing,)]
    assert contents_of(tmp_path / "warehouse")["main.segments"] == before["main.segments"]
    assert build(articles)["published"] is False


def test_a_text_that_cannot_be_read_in_another_zone_keeps_its_reading(
    build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in ("east", "west", "west/more"):
        (tmp_path / source).mkdir()
        (tmp_path / source / "odd.md").write_text("---\ndate: 2024-06-17 10:00\ntags: [sea]\n---\nodd text\n")
    (tmp_path / "west" / "even.md").write_text("---\ndate: 2024-06-17 11:00\n---\neven text\n")

    def build_in(east: str, west: str) -> dict[str, Any]:
        zones = {"east": east, "west": west}
        Path("dateline.toml").write_text(
            "".join(f'[[source]]\nname = "{name}"\npath = "{name}"\nzone = "{zone}"\n' for name, zone in zones.items())
        )
        return build()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("flows.derive.rederive.rederive_contents", failing_on("odd text\n"))
    # Whichever of the two profiles comes first by its id.
    for east, west, hours in (("Asia/Shanghai", "UTC", [2, 10]), ("UTC", "Asia/Shanghai", [10, 2])):
        shutil.rmtree("warehouse", ignore_errors=True)
        build_in(east, west)
        row = build_in(east, "Europe/Paris")
        [note] = [note for note in row["notes"] if "keeps" in note]
        assert note.startswith("1 text keeps what was derived before of metadata, such as west/more/odd.md; ")
        hour = "source, hour(published_at at time zone 'UTC'), tags"
        assert ask(f"select {hour} from documents where path = 'odd.md' order by source") == [
            ("east", hours[0], ["sea"]),
            ("west", hours[1], ["sea"]),
        ]
        assert ask("select hour(published_at at time zone 'UTC') from documents where path = 'even.md'") == [(9,)]


def test_an_attempt_that_failed_is_in_nobodys_way(
    articles: Path, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(articles)
    with duckdb.connect(published(tmp_path)) as con:
        con.execute("update raw.derivations set version = 1 where family = 'language'")
    plan = work_plan.plan_rederivations
    monkeypatch.setattr("flows.pipeline.plan_rederivations", lambda build: (plan(build), plan(build))[1])
    assert build(articles)["published"] is True


def test_a_file_that_went_away_with_an_upgrade_has_no_document(
    articles: Path, build: Build, ask: Ask, tmp_path: Path
) -> None:
    build(articles)
    with duckdb.connect(published(tmp_path)) as con:
        con.execute("update raw.derivations set version = 1 where family = 'structure'")
    (articles / "a.md").unlink()
    assert build(articles)["files_deleted"] == 1
    assert ask("select path from documents where path = 'a.md'") == ask("from raw.documents where path = 'a.md'") == []
    build(articles, warehouse=tmp_path / "fresh")
    with duckdb.connect(tmp_path / "fresh" / "dateline.duckdb", read_only=True) as fresh:
        assert (
            ask("select path, title from raw.documents order by all")
            == fresh.execute("select path, title from raw.documents order by all").fetchall()
        )


def test_families_that_build_on_a_stale_one_are_stale_too(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = tables.family_versions()
    assert tables.stale_families(versions) == ()
    above_structure = ("structure", "language", "terms", "similarity", "quantities", "metadata")
    assert tables.stale_families({**versions, "structure": "0"}) == above_structure
    assert tables.stale_families({**versions, "metadata": "1-0"}) == ("metadata",)
    assert tables.stale_families({}) == tuple(tables.FAMILIES)


def test_entities_depend_on_what_decides_their_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = EntitySettings(REFERENCE)
    before = entity_version(settings)
    monkeypatch.setitem(
        tables.FAMILIES, "structure", tables.FAMILIES["structure"]._replace(references=("demonyms.csv",))
    )
    assert entity_version(settings) != before


def test_changed_profile_is_applied_without_reading_files(
    articles: Path, build: Build, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (articles / "a.md").write_text("---\nheadline: Other\ntitle: Ferry\ndate: 2025-01-02 10:00\n---\nText.\n")
    (articles / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe" * 30)
    (articles / "gb.md").write_bytes("渡轮今天开航，港口里站满了人。".encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    for file in articles.rglob("*.md"):
        os.utime(file, (1_600_000_000.5, 1_600_000_000.5))
    config = tmp_path / "dateline.toml"
    config.write_text('[[source]]\nname = "articles"\npath = "articles"\n')
    build()
    problems = ask("select path, code from problems order by all")
    assert ("gb.md", "encoding_guessed") in problems
    config.write_text(
        '[[source]]\nname = "articles"\npath = "articles"\nzone = "Asia/Shanghai"\n[source.fields]\ntitle = ["headline"]\n'
    )
    monkeypatch.setattr("flows.extract.reading.read_file", lambda *_: pytest.fail("a file was read"))
    row = build()
    assert (row["published"], row["files_edited"]) == (True, 0)
    assert ask("select title, published_at at time zone 'UTC' from documents where path = 'a.md'")[0][0] == "Other"
    assert ask("select hour(published_at at time zone 'UTC') from documents where path = 'a.md'") == [(2,)]
    assert ask("select path, code from problems order by all") == problems
    # Back again: all has been read in this way before, and nothing is derived.
    config.write_text('[[source]]\nname = "articles"\npath = "articles"\n')
    assert build()["published"]
    assert ask("select title, hour(published_at at time zone 'UTC') from documents where path = 'a.md'") == [
        ("Ferry", 10)
    ]


def test_foreign_and_ancient_files_are_refused(articles: Path, build: Build, tmp_path: Path) -> None:
    build(articles)
    with duckdb.connect(published(tmp_path)) as con:
        con.execute("update raw.meta set schema_version = 0")
    with pytest.raises(WarehouseVersionError, match="too old"):
        build(articles)
    published(tmp_path).unlink()
    with duckdb.connect(published(tmp_path)) as con:
        con.execute("create table mine as select 1 as a")
    with pytest.raises(WarehouseVersionError, match="not written by Dateline"):
        build(articles)
