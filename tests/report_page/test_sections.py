"""The declaration of the page agrees with the catalogue of the store, whatever changes there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from flows.load.database import Connection, read_published
from flows.load.report_rows import View, read_catalogue, read_rows
from flows.load.warehouse import Warehouse
from flows.report_page.content import missing_of, section_content
from flows.report_page.page import render_page
from flows.report_page.sections import Chart, Figure, Page, Query, Section, Table, declared_page
from tests.conftest import ROOT

PAGE = declared_page()
SECTIONS = [section for chapter in PAGE.chapters for section in chapter.sections]
# What the page has no place for, and why.
NOT_SHOWN: dict[str, str] = {}


@pytest.fixture(scope="module")
def con(store: Warehouse) -> Iterator[Connection]:
    with read_published(store.require_published()) as con:
        yield con


@pytest.fixture(scope="module")
def catalogue(con: Connection) -> dict[str, View]:
    return read_catalogue(con)


@pytest.mark.parametrize("query", PAGE.queries, ids=lambda query: f"{query.view}-{getattr(query, 'caption', '')[:30]}")
def test_every_query_reads_views_and_columns_that_are_there(
    query: Query | Figure, catalogue: dict[str, View], con: Connection
) -> None:
    assert missing_of(query, catalogue) == []
    rows = read_rows(con, query.sql)
    if isinstance(query, Query):
        assert all(len(row) == len(query.names) for row in rows)
        assert read_rows(con, query.count_sql)[0][0] >= len(rows)
        assert set(getattr(query, "languages", {}).items()) <= {(a, b) for a in query.names for b in query.names}
    else:
        assert len(rows) == 1
    if isinstance(query, Chart):
        assert {query.x, query.y, query.color, query.z, query.key} - {""} <= set(query.names)


def test_every_report_view_is_on_the_page() -> None:
    shown = {query.view for query in PAGE.queries} | NOT_SHOWN.keys()
    assert shown == {f"report.{file.stem}" for file in (ROOT / "sql" / "report").glob("*.sql")}


def test_every_view_and_column_is_explained(catalogue: dict[str, View]) -> None:
    for view in catalogue.values():
        assert view.comment
        assert all(column.comment for column in view.columns.values())


def test_keys_and_targets_agree() -> None:
    keys = [section.key for section in SECTIONS]
    assert len(keys) == len(set(keys))
    assert {figure.target for figure in (*PAGE.counts, *PAGE.changes)} <= set(keys)
    for section in SECTIONS:
        assert section.empty.endswith(".")
        assert all(block.caption.endswith(".") for block in section.blocks)


def test_unknown_views_and_columns_are_noticed(catalogue: dict[str, View]) -> None:
    assert missing_of(Query(view="report.nothing", columns="a"), catalogue) == ["report.nothing"]
    assert missing_of(Query(view="report.tags", columns="tag, colour"), catalogue) == ["report.tags.colour"]
    nested = Query(view="report.tags", columns="tag", where="tag in (select tag from report.nothing)")
    assert missing_of(nested, catalogue) == ["report.nothing"]


def test_a_misspelt_declaration_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="colours"):
        msgspec.convert({"block": "table", "caption": "C.", "view": "v", "columns": "a", "colours": 1}, Table | Chart)


def test_views_that_an_older_store_lacks_are_named_not_shown(catalogue: dict[str, View], con: Connection) -> None:
    older = {name: view for name, view in catalogue.items() if name != "report.tags"}
    html = render_page(older, lambda query: read_rows(con, query), "run")
    assert "Not in this store, which an older version built: <code>report.tags</code>" in html
    assert 'id="tags-1"' not in html
    assert 'id="sources-1"' in html


def test_sections_without_rows_say_so(catalogue: dict[str, View], con: Connection) -> None:
    nothing = Table(caption="C.", view="report.tags", columns="tag, documents", where="false")
    section = Section(key="k", title="T", empty="Nothing is there.", blocks=(nothing,))
    content = section_content(section, catalogue, lambda query: read_rows(con, query))
    assert content["is_empty"]
    assert isinstance(PAGE, Page)


def test_groups_are_summed_by_the_store(con: Connection) -> None:
    query = Query(view="report.tags", columns="sources, documents", group="sources", order="sources", limit=1)
    [(total,)] = read_rows(con, "select sum(documents) from report.tags where sources = 1")
    assert read_rows(con, query.sql) == [(1, total)]
    assert read_rows(con, query.count_sql) == [(1,)]
