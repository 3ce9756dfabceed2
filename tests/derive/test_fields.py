"""Front matter as rows and as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

import duckdb
import pytest

from flows.derive.fields import field_rows, front_matter_json

ROWS: list[tuple[dict[str, Any], list[tuple[str, int | None, str, str | None]]]] = [
    ({"a": "x"}, [("a", None, "text", "x")]),
    (
        {"a": 1, "b": 1.5, "c": True, "d": None},
        [
            ("a", None, "integer", "1"),
            ("b", None, "number", "1.5"),
            ("c", None, "boolean", "true"),
            ("d", None, "null", None),
        ],
    ),
    (
        {"a": "2024-06-17", "b": "2024-06-17T10:00Z", "c": "2021-02-30", "d": "2024-06-17 10:00:00 +0800"},
        [
            ("a", None, "date", "2024-06-17"),
            ("b", None, "datetime", "2024-06-17T10:00Z"),
            ("c", None, "text", "2021-02-30"),
            ("d", None, "datetime", "2024-06-17 10:00:00 +0800"),
        ],
    ),
    (
        {"tags": ["x", "y"]},
        [("tags", None, "list", None), ("tags", 0, "text", "x"), ("tags", 1, "text", "y")],
    ),
    ({"e": [], "m": {}}, [("e", None, "list", None), ("m", None, "mapping", None)]),
    (
        {"a.b": 1, "a": {"b": 2, "": 3, "c": {"d": 4}}},
        [
            ('"a.b"', None, "integer", "1"),
            ("a", None, "mapping", None),
            ("a.b", None, "integer", "2"),
            ('a.""', None, "integer", "3"),
            ("a.c", None, "mapping", None),
            ("a.c.d", None, "integer", "4"),
        ],
    ),
    (
        {"authors": [{"name": "A"}, {"name": "B", "url": "u"}]},
        [
            ("authors", None, "list", None),
            ("authors", 0, "mapping", None),
            ("authors[].name", 0, "text", "A"),
            ("authors", 1, "mapping", None),
            ("authors[].name", 1, "text", "B"),
            ("authors[].url", 1, "text", "u"),
        ],
    ),
    (
        {"c": [["x", "y"], "z", ["w"]]},
        [
            ("c", None, "list", None),
            ("c", 0, "list", None),
            ("c[]", 0, "text", "x"),
            ("c[]", 1, "text", "y"),
            ("c", 1, "text", "z"),
            ("c", 2, "list", None),
            ("c[]", 2, "text", "w"),
        ],
    ),
    (
        {'q"': 1, "x[]": 2, " s": 3, "键": 4},
        [
            ('"q\\""', None, "integer", "1"),
            ('"x[]"', None, "integer", "2"),
            ('" s"', None, "integer", "3"),
            ("键", None, "integer", "4"),
        ],
    ),
]


@pytest.mark.parametrize(("front_matter", "rows"), ROWS)
def test_a_row_per_key_path_and_value(
    front_matter: dict[str, Any], rows: list[tuple[str, int | None, str, str | None]]
) -> None:
    assert [tuple(row) for row in field_rows(front_matter)] == rows


JSONS: list[tuple[dict[str, Any], str]] = [
    ({}, "{}"),
    ({"z": 1, "a": [None, True, "你好"]}, '{"z":1,"a":[null,true,"你好"]}'),
    (
        {"n": math.nan, "i": [math.inf, -math.inf], "x": None},
        '{"n":"NaN","i":["Infinity","-Infinity"],"x":null}',
    ),
    ({"big": 10**30}, '{"big":1000000000000000000000000000000}'),
    ({"date": "2024-06-17"}, '{"date":"2024-06-17"}'),
]


@pytest.mark.parametrize(("front_matter", "text"), JSONS)
def test_json_keeps_order_and_is_json(front_matter: dict[str, Any], text: str) -> None:
    written = front_matter_json(front_matter)
    assert json.loads(written) == json.loads(text)
    assert list(json.loads(written)) == list(front_matter)
    assert duckdb.execute("select json_valid($1)", [written]).fetchall() == [(True,)]
