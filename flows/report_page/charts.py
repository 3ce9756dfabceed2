"""Charts as Vega-Lite, by Altair. Colours are CSS variables, so that one chart serves light and dark alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import altair as alt

from flows.report_page.sections import Chart

COLORS = [f"var(--series-{number})" for number in range(1, 9)]
FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', "
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
)
ROW_HEIGHT = 22
COLUMN_HEIGHT = 200
UNSEEN = "\u200b"
MOST_SPACED_COLUMNS = 60

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    # The element around a chart describes it; a node for each mark would be noise to listen to.
    "aria": False,
    "axis": {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "titleFontWeight": "normal",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 12,
        "titleFontSize": 12,
    },
    "axisX": {"grid": False, "labelOverlap": "greedy", "labelSeparation": 12, "labelBound": True},
    "legend": {
        "labelColor": "var(--ink)",
        "labelFontSize": 12,
        "orient": "bottom",
        "direction": "vertical",
        "title": None,
        "symbolType": "square",
        "labelLimit": 260,
    },
    "range": {"category": COLORS},
    "bar": {"cornerRadiusEnd": 2, "minBandSize": 1},
    "scale": {"bandPaddingInner": 0.3},
}

_TIME_UNITS: dict[str, Any] = {"day": "utcyearmonthdate", "week": "utcyearweek", "month": "utcyearmonth"}


def chart_spec(chart: Chart, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart with its rows inlined, as wide as the element it is drawn in."""
    labels = dict(zip(chart.names, chart.labels, strict=True))
    base = alt.Chart(alt.InlineData(values=_values(chart, rows)))
    draw = {"columns": _columns, "bars": _bars, "grid": _grid, "calendar": _calendar}[chart.kind]
    chart_of_rows = draw(base, chart, labels).properties(width="container", height=_height(chart, rows))
    if chart.kind == "columns" and _distinct(chart, chart.x, rows) > MOST_SPACED_COLUMNS:
        # On a phone there would be more space than column.
        chart_of_rows = chart_of_rows.configure_bar(binSpacing=0)
    spec = chart_of_rows.to_dict()
    # The page gives one configuration to all charts; Altair would add the look of its own.
    spec["config"] = {"bar": spec["config"]["bar"]} if "bar" in spec.get("config", {}) else {}
    spec.pop("$schema", None)
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return dict(spec)


def _values(chart: Chart, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    values = [dict(zip(chart.names, map(_plain, row), strict=True)) for row in rows]
    if chart.key:
        # Namesakes keep rows of their own: invisible characters tell them apart.
        keys: dict[str, list[Any]] = {}
        for value in values:
            namesakes, key = keys.setdefault(value[chart.y], []), value.pop(chart.key)
            if key not in namesakes:
                namesakes.append(key)
            value[chart.y] = str(value[chart.y]) + UNSEEN * namesakes.index(key)
    return values


def is_drawable(chart: Chart, rows: Sequence[Sequence[Any]]) -> bool:
    """Say whether rows are worth drawing: one moment, alone, would be a block as wide as the page."""
    return bool(rows) and (chart.kind == "bars" or _distinct(chart, chart.x, rows) > 1)


def chart_height(spec: dict[str, Any], chart: Chart, rows: Sequence[Sequence[Any]]) -> int:
    """Return about how many pixels high a chart will be: the page leaves that much room, and does not jump."""
    return int(spec["height"]) + 40 + (18 * _distinct(chart, chart.color, rows) if chart.color else 0)


def _height(chart: Chart, rows: Sequence[Sequence[Any]]) -> int:
    if chart.kind == "columns":
        return COLUMN_HEIGHT
    if chart.kind == "calendar":
        return ROW_HEIGHT * len({row[chart.names.index(chart.x)].weekday() for row in rows})
    return ROW_HEIGHT * _distinct(chart, chart.key or chart.y, rows)


def _distinct(chart: Chart, name: str, rows: Sequence[Sequence[Any]]) -> int:
    return len({row[chart.names.index(name)] for row in rows})


def _columns(base: alt.Chart, chart: Chart, labels: dict[str, str]) -> Any:
    encodings: dict[str, Any] = {
        "x": _time(chart),
        "y": _quantity(alt.Y, chart.y, labels),
        "tooltip": [_time_tooltip(chart, labels), *_tooltips(chart, labels, chart.color, chart.y)],
    }
    if not chart.color:
        return base.mark_bar(color=COLORS[0]).encode(**encodings)
    color = alt.Color(chart.color, type="nominal", legend=alt.Legend(columns=1))
    return base.mark_bar().encode(**encodings, color=color)


def _bars(base: alt.Chart, chart: Chart, labels: dict[str, str]) -> Any:
    encodings: dict[str, Any] = {
        # Bars of one name follow each other only where a colour tells them apart. Vega's stacks cannot hold names such
        # as "constructor", which stand for something else in JavaScript.
        "x": _quantity(alt.X, chart.x, labels).stack("zero" if chart.color else None),
        "y": _names(chart.y),
        "tooltip": _tooltips(chart, labels, *(name for name in chart.names if name != chart.key)),
    }
    bars = base.mark_bar(color=COLORS[0])
    if chart.color:
        encodings["color"] = alt.Color(chart.color, type="nominal")
    return bars.encode(**encodings)


def _grid(base: alt.Chart, chart: Chart, labels: dict[str, str]) -> Any:
    return base.mark_rect(color=COLORS[0]).encode(
        x=_time(chart),
        y=_names(chart.y),
        opacity=_strength(chart),
        tooltip=[_time_tooltip(chart, labels), *_tooltips(chart, labels, chart.y, chart.z)],
    )


def _calendar(base: alt.Chart, chart: Chart, labels: dict[str, str]) -> Any:
    return base.mark_rect(color=COLORS[0]).encode(
        x=_time(chart, "week"),
        y=alt.Y(chart.x, type="ordinal", timeUnit="utcday", title=None, axis=alt.Axis(domain=False, ticks=False)),
        opacity=_strength(chart),
        tooltip=[_time_tooltip(chart, labels), *_tooltips(chart, labels, chart.z)],
    )


def _time(chart: Chart, unit: str = "") -> alt.X:
    unit = unit or chart.unit
    # Vega's weeks begin on Sunday, the store's on Monday.
    week = alt.Axis(tickCount="week", labelExpr="utcFormat(time(datum.value) + 86400000, '%-d %b %Y')")
    axis = week if unit == "week" else alt.Axis()
    return alt.X(chart.x, type="temporal", timeUnit=_TIME_UNITS[unit], title=None, axis=axis)


def _time_tooltip(chart: Chart, labels: dict[str, str]) -> alt.Tooltip:
    # Whatever the reader's zone: the store's days are those of UTC.
    unit: Any = "utcyearmonth" if chart.unit == "month" else "utcyearmonthdate"
    pattern = "%Y-%m" if chart.unit == "month" else "%Y-%m-%d"
    return alt.Tooltip(chart.x, type="temporal", timeUnit=unit, title=labels[chart.x], format=pattern)


def _tooltips(chart: Chart, labels: dict[str, str], *names: str) -> list[alt.Tooltip]:
    numeric = {chart.z, chart.y if chart.kind == "columns" else chart.x}
    return [
        alt.Tooltip(name, type="quantitative", title=labels[name], format=",")
        if name in numeric
        else alt.Tooltip(name, type="nominal", title=labels[name])
        for name in names
        if name
    ]


def _quantity(channel: Any, name: str, labels: dict[str, str]) -> Any:
    return channel(name, type="quantitative", title=labels[name], axis=alt.Axis(tickCount=5, tickMinStep=1))


def _names(name: str) -> alt.Y:
    # Null: the order of the query, which ranks them.
    return alt.Y(name, type="nominal", sort=None, title=None, axis=alt.Axis(labelLimit=150, domain=False, ticks=False))


def _strength(chart: Chart) -> alt.Opacity:
    scale = alt.Scale(range=[0.15, 1], zero=True, type="sqrt")
    return alt.Opacity(chart.z, type="quantitative", scale=scale, legend=None)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, (int, float, str)) else str(value)
