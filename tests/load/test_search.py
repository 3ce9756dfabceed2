"""Search in both languages, over the real index of the samples."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from flows.errors import SearchUnavailableError, UsageError
from flows.load import search_index
from flows.load.search import Filters, search
from flows.load.snippets import snippet
from flows.load.warehouse import Warehouse
from flows.pipeline import build_store
from flows.progress import Reporter
from flows.settings import load_settings
from flows.source_arguments import source_of_argument
from tests.conftest import ROOT, json_of

# With the DuckDB that is locked it has to be there.
indexed = pytest.mark.skipif(
    not duckdb.__version__.startswith("1.") and search_index._packaged_extension() is None,
    reason=f"there is no package of the full-text extension for DuckDB {duckdb.__version__}",
)
QUESTIONS = yaml.safe_load((ROOT / "tests" / "search_questions.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    folder = tmp_path_factory.mktemp("search") / "warehouse"
    sources = (source_of_argument(str(ROOT / "seeds" / "articles")),)
    flags = {"warehouse": folder, "executor": "inline", "entities": False, "sources": sources}
    build_store(load_settings(flags, {}), Reporter(quiet=True))
    return Warehouse(folder)


def paths(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["path"] for hit in hits]


@indexed
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["query"])
def test_the_right_document_is_among_the_first_three(samples: Warehouse, question: dict[str, str]) -> None:
    assert question["path"] in paths(search(samples, question["query"], 3))


def test_questions_are_in_both_languages() -> None:
    chinese = [question for question in QUESTIONS if not question["query"].isascii()]
    assert (len(QUESTIONS), len(chinese)) == (30, 16)


@indexed
def test_filters(samples: Warehouse) -> None:
    everything = search(samples, "energy power 电力", 50)
    assert len(everything) > 3
    assert all(
        f"{hit['published_at']:%Y-%m}" >= "2025-02"
        for hit in search(samples, "energy", 50, Filters(since="2025-02-01"))
    )
    tagged = search(samples, "power 电力 energy", 50, Filters(tag="Treaty"))
    assert 0 < len(tagged) < len(everything)
    assert paths(search(samples, "數量", 50, Filters(language="zh-Hant"))) == ["jade/2025-02-26-taiwan-strait-birds.md"]
    assert search(samples, "ferry", 5, Filters(language="zh"))
    assert search(samples, "ferry", 5, Filters(language="ja")) == []
    assert search(samples, "ferry", 5, Filters(source="other")) == []
    with pytest.raises(UsageError, match="--since takes a day"):
        search(samples, "ferry", 5, Filters(since="last week"))
    with pytest.raises(UsageError, match="no word"):
        search(samples, "…", 5)


@indexed
def test_snippets_mark_what_was_found(samples: Warehouse) -> None:
    [hit] = search(samples, "NATO 演练", 1)
    assert "**演练**" in hit["snippet"]
    assert "**NATO**" in hit["snippet"]
    assert snippet("The ferries sail. " * 30 + "A summit was held.", ["summit"]).endswith("A **summit** was held.")
    assert snippet("臺灣的鳥", ["台湾"]) in ("**臺灣**的鳥", "臺灣的鳥")
    assert snippet("", ["x"]) == ""


@indexed
def test_the_index_goes_with_its_version(build: Callable[..., Any], articles: Path, tmp_path: Path) -> None:
    build(articles)
    warehouse = Warehouse(tmp_path / "warehouse")
    built: list[str] = []
    assert paths(search(warehouse, "ferry", 5, on_build=built.append)) == ["a.md"]
    assert paths(search(warehouse, "渡轮", 5, on_build=built.append)) == ["sub/c.md"]
    assert len(built) == 1
    (articles / "a.md").write_text("Only trains here.\n")
    build(articles)
    assert search(warehouse, "ferry", 5, on_build=built.append) == []
    assert paths(search(warehouse, "train", 5)) == ["a.md"]
    assert len(built) == 2


def test_without_the_extension_a_line_says_how_to_get_it(
    samples: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Broken:
        def execute(self, query: str) -> None:
            raise search_index.duckdb.IOException(query)

    with pytest.raises(SearchUnavailableError, match="pip install 'duckdb-extension-fts=="):
        search_index._load_extension(Broken())  # type: ignore[arg-type]  # stands in for a connection


@indexed
def test_on_the_command_line(dateline: Callable[..., subprocess.CompletedProcess[str]], samples: Warehouse) -> None:
    done = dateline("search", "oysters", "--json", "--limit", 1, "--warehouse", samples.folder)
    [hit] = json_of(done)
    assert {"document_id", "path", "title", "score", "snippet"} <= set(hit)
    assert hit["path"] == "harbour/2025-02-17-oyster-labels.md"
    shown = dateline("search", "oysters", "--warehouse", samples.folder).stdout
    assert "法国牡蛎换上新标签" in shown
    assert dateline("search", "zeppelin", "--warehouse", samples.folder).stderr == "nothing found\n"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("渡轮", "harbour/2025-01-15-ferry-line-reopens.md"),
        ("NATO 演练", "lumen/2025-02-10-nato-radio-drill.md"),
        ("Lighthouses", "harbour/2025-03-05-lighthouse-auction.md"),
    ],
)
def test_the_macro_searches_in_any_duckdb(samples: Warehouse, query: str, first: str) -> None:
    with duckdb.connect(samples.link, read_only=True) as con:
        assert con.execute(f"select path from search('{query}') limit 1").fetchall() == [(first,)]
        assert con.execute("from search('zeppelin')").fetchall() == []
        assert con.execute("from search('  ')").fetchall() == []
