"""Charts as Vega-Lite: namesakes apart, colours that follow light and dark, room for what is drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.report_page.charts import chart_height, chart_spec, is_drawable
from flows.report_page.sections import Chart


def chart(**changes: Any) -> Chart:
    given = {"kind": "bars", "caption": "C.", "view": "report.v", "columns": "name, n", "x": "n", "y": "name"}
    return Chart(**{**given, **changes})


def test_namesakes_keep_rows_of_their_own() -> None:
    namesakes = chart(columns="name, n, id as hidden", key="id")
    rows = [("河", 3, "a"), ("河", 2, "b"), ("河", 1, "a")]
    spec = chart_spec(namesakes, rows)
    [values] = spec["datasets"].values()
    assert [value["name"] for value in values] == ["河", "河\u200b", "河"]
    assert "id" not in values[0]
    assert [tooltip["field"] for tooltip in spec["encoding"]["tooltip"]] == ["name", "n"]
    assert chart_height(spec, namesakes, rows) > chart_height(spec | {"height": 22}, namesakes, rows)


def test_colours_are_variables_and_the_look_is_the_pages() -> None:
    spec = chart_spec(chart(), [("a", 1)])
    assert spec["mark"]["color"] == "var(--series-1)"
    assert spec["config"] == {}
    assert spec["encoding"]["x"]["stack"] is None


def test_one_moment_is_not_drawn() -> None:
    months = chart(kind="columns", columns="month, n", x="month", y="n")
    assert not is_drawable(months, [])
    assert not is_drawable(months, [(date(2025, 1, 1), 3), (date(2025, 1, 1), 4)])
    assert is_drawable(months, [(date(2025, 1, 1), 3), (date(2025, 2, 1), 4)])
    assert is_drawable(chart(), [("a", 1)])


def test_many_columns_leave_no_space_between_them() -> None:
    months = chart(kind="columns", columns="month, n", x="month", y="n")
    rows = [(date(2000 + number // 12, number % 12 + 1, 1), number) for number in range(100)]
    assert chart_spec(months, rows)["config"] == {"bar": {"binSpacing": 0}}
    assert chart_spec(months, rows[:20])["config"] == {}


def test_weeks_begin_on_monday() -> None:
    weeks = chart(kind="columns", columns="week, n", x="week", y="n", unit="week")
    spec = chart_spec(weeks, [(date(2025, 1, 6), 1), (date(2025, 1, 13), 2)])
    assert spec["encoding"]["x"]["timeUnit"] == "utcyearweek"
    assert "86400000" in spec["encoding"]["x"]["axis"]["labelExpr"]
    assert spec["encoding"]["tooltip"][0]["timeUnit"] == "utcyearmonthdate"
