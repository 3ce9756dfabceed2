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
    "document_is_not_lost": "delete from raw.content_metadata where title = 'Ferry'",
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
    "publication_is_plausible": "update raw.content_metadata set published_at = '0024-06-17' where title = 'Ferry'",
}


@pytest.fixture
def con(articles: Path, build: Build, tmp_path: Path) -> Any:
    build(articles)
    with duckdb.connect((tmp_path / "warehouse" / "dateline.duckdb").resolve()) as con:
        yield con


def test_every_check_has_a_case_in_which_it_fires() -> None:
    assert {file.stem for file in sql_files("checks")} == set(SPOILERS)
    assert len(SPOILERS) >= 12


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
