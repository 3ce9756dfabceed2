"""What the template shows: sections with the rows, comments and queries of their blocks, read from one store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flows.load.report_rows import View
from flows.report_page.charts import chart_height, chart_spec, is_drawable
from flows.report_page.sections import Chapter, Chart, Figure, Query, Section, Table, views_of
from flows.report_page.tables import cells, kind_of, plain

Catalogue = dict[str, View]
ReadRows = Callable[[str], list[tuple[Any, ...]]]

HIDDEN = "hidden"
_KINDS = {"columns": "Column chart", "bars": "Bar chart", "grid": "Heat map", "calendar": "Calendar heat map"}


def missing_of(query: Query | Figure, catalogue: Catalogue) -> list[str]:
    """Return the views and columns that a query reads and the store does not have."""
    missing = [view for view in views_of(query) if view not in catalogue]
    if isinstance(query, Query) and query.view in catalogue:
        known = catalogue[query.view].columns
        missing += [f"{query.view}.{name}" for name in query.names if name not in known]
    return missing


def figure_contents(figures: Iterable[Figure], catalogue: Catalogue, read: ReadRows) -> list[dict[str, str]]:
    """Return values that stand for themselves; those that the store cannot answer are left out."""
    return [
        {
            "label": figure.label,
            "text": plain(read(figure.sql)[0][0]),
            "view": figure.view,
            "sql": figure.sql,
            "target": figure.target,
        }
        for figure in figures
        if not missing_of(figure, catalogue)
    ]


def chapter_contents(chapters: Iterable[Chapter], catalogue: Catalogue, read: ReadRows) -> list[dict[str, Any]]:
    """Return chapters with the sections that this store can answer."""
    contents = []
    for number, chapter in enumerate(chapters, 1):
        sections = [section_content(section, catalogue, read) for section in chapter.sections]
        answered = [section for section in sections if section["blocks"]]
        if answered:
            contents.append({"key": f"chapter-{number}", "title": chapter.title, "sections": answered})
    return contents


def section_content(section: Section, catalogue: Catalogue, read: ReadRows) -> dict[str, Any]:
    """Return one section: its blocks, without those whose views this store does not have."""
    blocks = [
        block_content(f"{section.key}-{number}", block, catalogue[block.view], read)
        for number, block in enumerate(section.blocks, 1)
        if not missing_of(block, catalogue)
    ]
    return {
        "key": section.key,
        "title": section.title,
        "note": section.note,
        "empty": section.empty,
        "is_empty": all(block["is_empty"] for block in blocks),
        "views": list(dict.fromkeys(block["view"] for block in blocks)),
        "blocks": blocks,
    }


def block_content(key: str, block: Table | Chart, view: View, read: ReadRows) -> dict[str, Any]:
    """Return one table or chart with its rows as cells and, for a chart, its specification."""
    rows = read(block.sql)
    kinds = [kind_of(name, view.columns[name].type) for name in block.names]
    columns = [
        {"name": name, "label": label, "kind": kind, "comment": view.columns[name].comment}
        for name, label, kind in zip(block.names, block.labels, kinds, strict=True)
    ]
    hidden = [column["name"] for column in columns if column["label"] == HIDDEN]
    content = {
        "key": key,
        "caption": block.caption,
        "view": block.view,
        "comment": view.comment,
        "sql": block.sql,
        "empty": block.empty,
        "is_empty": not rows,
        "columns": columns,
        "shown_columns": [column for column in columns if column["label"] != HIDDEN],
        "cells": [list(cells(block.names, kinds, row, block.languages, hidden)) for row in rows],
        "extent": _extent(block, rows, read),
    }
    if isinstance(block, Chart) and is_drawable(block, rows):
        return {**content, **_drawing(block, rows)}
    return {**content, "spec": None}


def _drawing(chart: Chart, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    spec = chart_spec(chart, rows)
    return {
        "spec": spec,
        "height": chart_height(spec, chart, rows),
        "description": f"{_KINDS[chart.kind]}: {chart.caption} The numbers follow as a table.",
    }


def _extent(query: Query, rows: Sequence[Any], read: ReadRows) -> str:
    if len(rows) < query.limit:
        return ""
    [(total,)] = read(query.count_sql)
    return f"{plain(len(rows))} of {plain(total)} rows" if total > len(rows) else ""
