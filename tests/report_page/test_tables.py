"""How values look on the page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from flows.report_page.tables import Cell, cell, cells, kind_of, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1234567, "1,234,567"),
        (Decimal(12), "12"),
        (0.12345, "0.123"),
        (12.0, "12"),
        (1234.56, "1,234.6"),
        (-3, "-3"),
        (True, "yes"),
        (date(2025, 1, 2), "2025-01-02"),
        (datetime(2025, 1, 2, tzinfo=UTC), "2025-01-02"),
        (datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), "2025-01-02 03:04"),
        (["a", "渡轮"], "a, 渡轮"),
        ({"load": 1.5, "check": 2}, "load 1.5, check 2"),
        ("a\x01b\x00", "a␁b␀"),
        ("x" * 301, "x" * 300 + "…"),
    ],
)
def test_values_as_text(value: Any, expected: str) -> None:
    assert plain(value) == expected


@pytest.mark.parametrize(
    ("value", "kind", "language", "expected"),
    [
        (None, "number", None, Cell("–", "", "", "number missing")),
        ([], "list", None, Cell("–", "", "", "list missing")),
        (0, "number", None, Cell("0", "0", "", "number")),
        (0.951, "share", None, Cell("95.1%", "0.951", "", "share")),
        ("渡轮", "title", None, Cell("渡轮", "", "zh", "title")),
        ("渡轮", "title", "zh-Hant", Cell("渡轮", "", "zh-Hant", "title")),
        ("渡轮", "title", "und", Cell("渡轮", "", "zh", "title")),
        ("港のフェリー", "text", None, Cell("港のフェリー", "", "ja", "text")),
        ("여객선", "text", None, Cell("여객선", "", "ko", "text")),
        ("Ferry", "title", "en", Cell("Ferry", "", "", "title")),
        (["a/b.md", "c.md"], "paths", None, Cell("a/b.md\nc.md", "", "", "paths")),
    ],
)
def test_cells(value: Any, kind: str, language: str | None, expected: Cell) -> None:
    assert cell(value, kind, language) == expected


def test_hidden_columns_say_the_language_only() -> None:
    names, kinds = ("title", "language"), ("title", "name")
    assert list(cells(names, kinds, ("渡輪", "zh-Hant"), {"title": "language"}, ["language"])) == [
        Cell("渡輪", "", "zh-Hant", "title")
    ]
    assert next(cells(("name_zh",), ("text",), ("河",), {}, [])).language == "zh-Hans"


@pytest.mark.parametrize(
    ("name", "sql_type", "kind"),
    [
        ("documents", "BIGINT", "number"),
        ("words", "HUGEINT", "number"),
        ("share", "DOUBLE", "share"),
        ("similarity", "DOUBLE", "share"),
        ("month", "DATE", "time"),
        ("changed_at", "TIMESTAMP WITH TIME ZONE", "time"),
        ("examples", "VARCHAR[]", "paths"),
        ("languages", "VARCHAR[]", "list"),
        ("first_path", "VARCHAR", "path"),
        ("first_source", "VARCHAR", "name"),
        ("other_title", "VARCHAR", "title"),
        ("tag", "VARCHAR", "text"),
        ("is_stale", "BOOLEAN", "text"),
        ("price", "DECIMAL(18,3)", "number"),
    ],
)
def test_kinds(name: str, sql_type: str, kind: str) -> None:
    assert kind_of(name, sql_type) == kind
