"""Every query of the quickstart runs on the samples, and says something."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from flows.pipeline import build_store
from flows.progress import Reporter
from flows.settings import load_settings
from flows.source_arguments import source_of_argument
from tests.conftest import ROOT

QUESTIONS = re.findall(
    r"^-- (\d+)\. (.+)\n((?:(?!--).+\n)+)", (ROOT / "docs" / "quickstart.sql").read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quickstart") / "warehouse"
    sources = (source_of_argument(str(ROOT / "seeds" / "articles")),)
    flags = {"warehouse": folder, "executor": "inline", "entities": False, "sources": sources}
    build_store(load_settings(flags, {}), Reporter(quiet=True))
    return folder / "dateline.duckdb"


def test_there_are_twenty() -> None:
    assert [int(number) for number, _, _ in QUESTIONS] == list(range(1, 21))


@pytest.mark.parametrize(("number", "question", "query"), QUESTIONS, ids=[number for number, _, _ in QUESTIONS])
def test_a_question_is_answered(samples: Path, number: str, question: str, query: str) -> None:
    with duckdb.connect(samples, read_only=True) as con:
        rows = con.execute(query).fetchall()
    assert rows, question
    assert any(cell not in (None, "", []) for cell in rows[0])
