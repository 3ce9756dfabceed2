"""Every check holds on a sound store, and fires on a spoilt one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.load.checks import describe, run_checks
from flows.resources import sql_files

Build = Callable[..., dict[str, Any]]

# Check -> what spoils a store so that it fires.
SPOILERS = {
    "content_is_unique": "insert into raw.contents by name select * from raw.contents limit 1",
    "reading_is_unique": "insert into raw.content_metadata by name select * from raw.content_metadata limit 1",
    "file_is_unique": "insert into raw.files by name select * from raw.files limit 1",
    "current_path_is_unique": (
        "insert into raw.versions by name select * replace (uuid() as document_id) from raw.versions limit 1"
    ),
    "document_is_not_lost": "delete from raw.documents where title = 'Ferry'",
    "document_id_is_unique": "insert into raw.versions by name select * from raw.versions limit 1",
    "document_has_content": "update raw.versions set content_id = uuid() where path = 'a.md'",
    "loaded_file_has_one_document": "delete from raw.versions where path = 'a.md'",
    "intervals_do_not_overlap": (
        "insert into raw.versions by name select * replace (valid_from - interval 1 day as valid_from, "
        "valid_from + interval 1 day as valid_to) from raw.versions limit 1"
    ),
    "deleted_file_has_no_document": "update raw.files set status = 'deleted' where path = 'a.md'",
    "rejected_file_has_a_reason": "update raw.files set status = 'rejected' where path = 'a.md'",
    "rows_hang_off_a_content": "update raw.content_sections set content_id = uuid()",
    "words_add_up": "update raw.content_segments set word_count = word_count + 1",
    "tags_agree": "delete from raw.content_tags where tag = 'sea'",
    "text_adds_up": "update raw.contents set body = body[2:] where body <> ''",
    "run_counts_agree": "update raw.runs set documents = documents + 1",
    "run_changes_agree": "update raw.runs set files_added = files_added - 1, files_unchanged = files_unchanged + 1",
    "intervals_have_no_gap": "update raw.versions set valid_to = valid_from + interval 1 day where path = 'a.md'",
    "history_begins_with_added": "update raw.versions set change = 'restored' where path = 'a.md'",
    "tag_is_unique": "insert into raw.content_tags by name select * from raw.content_tags limit 1",
    "position_is_unique": "update raw.content_segments set position = position + 1",
    "section_has_its_parent": "update raw.content_sections set parent_position = position",
    "value_is_known": "update raw.problems set severity = 'fatal'; update raw.content_problems set severity = 'fatal'",
    "kept_tables_agree": "update raw.term_documents set document_count = document_count + 1",
    "mention_has_its_entity": (
        "insert into raw.content_mentions by name select content_id, 0 as segment_position, 'nobody' as entity_key, "
        "'person' as kind, 'T' as surface, 0 as char_start, 1 as char_end from raw.versions limit 1"
    ),
    "mention_is_in_its_text": (
        "insert into raw.content_mentions by name select content_id, 0 as segment_position, 'nobody' as entity_key, "
        "'person' as kind, 'Nobody' as surface, 0 as char_start, 6 as char_end from raw.versions limit 1;"
        "insert into raw.entity_states by name select content_id, '1' as version, max(runs.run_id) as run_id "
        "from raw.content_mentions cross join raw.runs group by content_id"
    ),
    "entities_add_up": "insert into raw.entities (entity_id, kind, name, document_count) values ('x', 'person', 'X', 1)",
    "publication_is_plausible": "update raw.documents set published_at = '0024-06-17' where title = 'Ferry'",
}


@pytest.fixture
def con(articles: Path, build: Build, tmp_path: Path) -> Any:
    build(articles)
    with duckdb.connect((tmp_path / "warehouse" / "dateline.duckdb").resolve()) as con:
        yield con


def test_every_check_says_in_two_lines_what_it_means() -> None:
    for file in sql_files("checks"):
        meaning, severity, _ = file.read_text(encoding="utf-8").split("\n", 2)
        assert meaning.startswith("-- ")
        assert meaning.endswith(".")
        assert severity.startswith("-- severity: ")


def test_every_check_has_a_case_in_which_it_fires() -> None:
    assert {file.stem for file in sql_files("checks")} == set(SPOILERS)
    assert len(SPOILERS) >= 15


def test_all_hold_on_a_sound_store(con: duckdb.DuckDBPyConnection) -> None:
    assert {result.name for result in run_checks(con) if result.failures} == set()


@pytest.mark.parametrize("name", SPOILERS)
def test_fires(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(SPOILERS[name])
    [result] = [result for result in run_checks(con) if result.name == name]
    assert result.failures > 0
    assert result.examples
    assert name in describe(result)
    assert result.severity in ("error", "warning")


@pytest.mark.parametrize(
    ("spoiler", "name", "offender"),
    [
        ("update raw.content_tags set tag = 'lake' where tag = 'sea'", "tags_agree", {"tags": ["sea", "trade"]}),
        (
            "update raw.files set content_id = uuid() where path = 'a.md'",
            "rows_hang_off_a_content",
            {"owned": "files"},
        ),
        (
            "update raw.content_links set kind = 'internl'",
            "value_is_known",
            {"named": "content_links.kind", "value": "internl"},
        ),
        (
            "insert into raw.versions by name select * replace ('edited' as change, valid_from + interval 1 day"
            " as valid_from, valid_from + interval 2 days as valid_to) from raw.versions where path = 'a.md'",
            "intervals_do_not_overlap",
            {"path": "a.md", "valid_to": None},
        ),
        ("update raw.runs set files_unchanged = -4, files_seen = 0", "run_changes_agree", {"files_unchanged": -4}),
    ],
)
def test_names_the_offender(con: duckdb.DuckDBPyConnection, spoiler: str, name: str, offender: dict[str, Any]) -> None:
    con.execute(spoiler)
    [result] = [result for result in run_checks(con) if result.name == name]
    assert any(offender.items() <= example.items() for example in result.examples), result.examples


def test_all_hold_after_every_kind_of_change(articles: Path, build: Build, tmp_path: Path) -> None:
    build(articles)
    (articles / "a.md").rename(articles / "moved.md")
    (articles / "b.md").write_text("# Second\n\n## Part\n\nEdited.\n")
    (articles / "broken.md").unlink()
    (articles / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe" * 30)
    (articles / "marked.md").write_bytes(b"\xef\xbb\xbf---\ntitle: Mark\n---\nText.\n")
    row = build(articles)
    assert (row["files_renamed"], row["files_edited"], row["files_deleted"], row["files_rejected"]) == (1, 1, 1, 1)
    (articles / "broken.md").write_text("---\ntitle: [unclosed\n---\nStill here.\n")
    (articles / "copy.md").write_bytes((articles / "moved.md").read_bytes())
    assert build(articles, articles / "sub")["files_added"] == 3
    with duckdb.connect(tmp_path / "warehouse" / "dateline.duckdb", read_only=True) as con:
        assert [describe(result) for result in run_checks(con) if result.failures] == []


@pytest.mark.parametrize(
    "assignment",
    [
        *("source = 'other'", "path = 'c.md'", "title = 'Other'", "tags = []"),
        *("published_at = '2001-01-01'", "language = 'xx'", "word_count = 99"),
    ],
)
def test_a_document_that_was_not_kept_up_to_date_is_noticed(con: duckdb.DuckDBPyConnection, assignment: str) -> None:
    con.execute(f"update raw.documents set {assignment} where path = 'a.md'")
    [result] = [result for result in run_checks(con) if result.name == "kept_tables_agree"]
    assert result.failures == 1
