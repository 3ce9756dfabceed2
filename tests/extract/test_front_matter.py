"""What front matter says, and what is noted about it."""

from __future__ import annotations

import math
from typing import Any

import frontmatter
import pytest

from flows.extract.extraction import extract
from flows.extract.handlers import HANDLERS, YamlHandler
from flows.extract.limits import MAX_DEPTH, MAX_FRONT_MATTER_BYTES
from flows.problems import ProblemError

YAML = [
    # YAML 1.2: what looks like 1.1's booleans, octals and base-60 numbers is text
    (
        "a: no\nb: on\nc: y\nd: 12:30:45\ne: 1:30",
        {"a": "no", "b": "on", "c": "y", "d": "12:30:45", "e": "1:30"},
    ),
    (
        "a: 017\nb: 0o17\nc: 1_000\nd: 0b11\ne: _1\nf: 0x1f",
        {"a": 17, "b": 15, "c": "1_000", "d": "0b11", "e": "_1", "f": 31},
    ),
    (
        "a: ~\nb:\nc: null\nd: True\ne: .5\nf: 1e3\ng: 1.2.3",
        {"a": None, "b": None, "c": None, "d": True, "e": 0.5, "f": 1e3, "g": "1.2.3"},
    ),
    # Dates keep their spelling
    (
        "a: 2024-06-17\nb: 2024-06-17 22:40:00 +0800\nc: '2024-06-17'",
        {"a": "2024-06-17", "b": "2024-06-17 22:40:00 +0800", "c": "2024-06-17"},
    ),
    # Keys that other libraries stumble over
    (
        "content: a\nhandler: b\nbody: c\nmetadata: d",
        {"content": "a", "handler": "b", "body": "c", "metadata": "d"},
    ),
    ("a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\nc: *x", {"a": {"k": 1}, "b": {"k": 1, "l": 2}, "c": {"k": 1}}),
    ("a:\n  <<: [{k: 1}, {k: 2, l: 3}]\n  m: 4", {"a": {"k": 1, "l": 3, "m": 4}}),
    ('{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}),
    ("a: !!str 1\nb: !!int '2'\nc: !!binary aGk=", {"a": "1", "b": 2, "c": "aGk="}),
    ("# only a comment", {}),
    ("   ", {}),
    ("z: 1\na: 2\nm: 3", {"z": 1, "a": 2, "m": 3}),
    ("a: x\u2028y", {"a": "x\u2028y"}),
    ("a: 😀\n标题: 你好", {"a": "😀", "标题": "你好"}),
]


@pytest.mark.parametrize(("raw", "values"), YAML)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_yaml_means_version_1_2(raw: str, values: dict[str, Any], line_end: str) -> None:
    text = f"---\n{raw}\n---\nbody\n".replace("\n", line_end)
    extraction = extract(text.encode())
    assert extraction.front_matter == values
    assert list(extraction.front_matter) == list(values)
    assert extraction.front_matter_raw == f"{raw}\n".replace("\n", line_end)
    assert extraction.body == f"body{line_end}"
    assert (extraction.status, extraction.front_matter_format, extraction.problems) == ("loaded", "yaml", [])


ODD = [
    # text, format, front matter, [(code, line, column)]
    ("---\na: 1\nb: 2\na: 3\n---\n", "yaml", {"a": 3, "b": 2}, [("duplicate_key", 4, 1)]),
    ("---\na:\n  b: 1\n  b: 2\n---\n", "yaml", {"a": {"b": 2}}, [("duplicate_key", 4, 3)]),
    (
        "---\n1: a\ntrue: b\n1.50: c\n---\n",
        "yaml",
        {"1": "a", "true": "b", "1.50": "c"},
        [("key_not_text", 2, 1), ("key_not_text", 3, 1), ("key_not_text", 4, 1)],
    ),
    ("---\n? [a, 1]\n: b\n---\n", "yaml", {"[a, 1]": "b"}, [("key_not_text", 2, 3)]),
    (
        "---\na: 2021-02-30\nb: 2021-01-01T25:00:00Z\n---\n",
        "yaml",
        {"a": "2021-02-30", "b": "2021-01-01T25:00:00Z"},
        [("invalid_date", 2, 4), ("invalid_date", 3, 4)],
    ),
    (
        "---\ntitle: {{ page.title }} # c\ntags: [{{ a }}, b]\n---\n",
        "yaml",
        {"title": "{{ page.title }}", "tags": ["{{ a }}", "b"]},
        [("template_placeholder", 2, 1), ("template_placeholder", 3, 1)],
    ),
    (
        "---\n{% if x %}\na: 1\n{% endif %}\n---\n",
        "yaml",
        {"a": 1},
        [("template_placeholder", 2, 1), ("template_placeholder", 4, 1)],
    ),
    (
        "---\n<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\nb: 3\n---\n",
        "yaml",
        {"a": 2, "b": 3},
        [("merge_conflict", 2, 1), ("duplicate_key", 5, 1)],
    ),
    (
        "---\ntitle：城市\ndate: 2024-01-01\n---\n",
        "yaml",
        {"title": "城市", "date": "2024-01-01"},
        [("front_matter_invalid", 3, 5), ("full_width_colon", 2, 6)],
    ),
    ("---\na: !include x\n---\n", "yaml", {"a": "x"}, [("unknown_tag", 2, 4)]),
    ("---\na: !!js/undefined x\n---\n", "yaml", {"a": "x"}, [("front_matter_invalid", 2, 4)]),
    ('---\na: "x \\ud800 y"\n---\n', "yaml", {"a": "x \ufffd y"}, [("bytes_replaced", 2, 1)]),
    ('---\na: "x\\0y"\n---\n', "yaml", {"a": "x\ufffdy"}, []),
    ("---\na: x\0y\n---\n", "yaml", {"a": "x\ufffdy"}, [("control_character", 2, 5)]),
    (
        "---\ntitle: a: b\ntags:\n  - x\n---\n",
        "yaml",
        {"title": "a: b", "tags": ["x"]},
        [("front_matter_invalid", 2, 9)],
    ),
    (
        '---\nok: 1\ntags: [a, b\ntitle: "open\nlast: 2\n---\n',
        "yaml",
        {"ok": 1, "tags": ["a", "b"], "title": "open", "last": 2},
        [("front_matter_invalid", 4, 6)],
    ),
    (
        "---\ntitle: @name\nb: %c\n---\n",
        "yaml",
        {"title": "@name", "b": "%c"},
        [("front_matter_invalid", 2, 8)],
    ),
    (
        "---\ntags:\n\t- a\n\t- b\ntitle: x\n---\n",
        "yaml",
        {"tags": ["a", "b"], "title": "x"},
        [("front_matter_invalid", 3, 2)],
    ),
    ("---\na: *none\nb: 1\n---\n", "yaml", {"a": "*none", "b": 1}, [("front_matter_invalid", 2, 4)]),
    (
        "+++\na = 1\na = 2\n[t]\nb = 1\nb = 2\n+++\n",
        "toml",
        {"a": 2, "t": {"b": 2}},
        [("duplicate_key", 3, 1), ("duplicate_key", 6, 1)],
    ),
    ("+++\na = 2021-02-30\nb = 'x'\n+++\n", "toml", {"a": "2021-02-30", "b": "x"}, [("invalid_date", 2, 5)]),
    (
        "+++\na = x\nb = ['y']\n[t]\nc = 1\n+++\n",
        "toml",
        {"a": "x", "b": ["y"], "t": {"c": 1}},
        [("front_matter_invalid", 2, 5)],
    ),
    ("+++\r\na = 1\r\n+++\r\n", "toml", {"a": 1}, []),
    ("+++\ra = 1\r+++\r", "toml", {"a": 1}, []),
    (
        "+++\nd = 1979-05-27 07:32:00Z\nt = 07:32:00\nl = [2024-01-01]\n+++\n",
        "toml",
        {"d": "1979-05-27 07:32:00Z", "t": "07:32:00", "l": ["2024-01-01"]},
        [],
    ),
    ('{"a": 1, "a": 2}\nbody', "json", {"a": 2}, [("duplicate_key", 1, 10)]),
    ('{\n"a": 1, // note\n"b": [1,],\n}\nbody', "json", {}, [("front_matter_invalid", 2, 9)]),
    ('{\n"a": 1,\n"b": [1,],\n}\nbody', "json", {"a": 1, "b": [1]}, [("front_matter_invalid", 3, 9)]),
    ('{"a": "\\ud83d\\ude00 \\ud800"}\nbody', "json", {"a": "😀 \ufffd"}, []),
    (';;;\n"a": 1,\n"b": x\n;;;\n', "json", {"a": 1, "b": "x"}, [("front_matter_invalid", 3, 6)]),
]


@pytest.mark.parametrize(("text", "form", "values", "places"), ODD)
def test_odd_front_matter_is_read_as_far_as_possible_and_noted(
    text: str, form: str, values: dict[str, Any], places: list[tuple[str, int, int]]
) -> None:
    extraction = extract(text.encode())
    assert (extraction.status, extraction.front_matter_format) == ("loaded", form)
    assert extraction.front_matter == values
    assert sorted((p.code, p.line, p.column_number) for p in extraction.problems) == sorted(places)
    whole = extraction.opening + extraction.front_matter_raw + extraction.closing + extraction.body
    assert whole == text


def test_compound_keys_and_sets_are_the_same_in_every_process() -> None:
    extraction = extract(b"---\na:\n  ? {b: 1, c: 2}\n  : d\ne: !!set {z, y}\n---\n")
    assert extraction.front_matter == {"a": {"{b: 1, c: 2}": "d"}, "e": {"z": None, "y": None}}
    nested = extract(b"---\na:\n  ? {c: 2, b: 1}\n  : d\n---\n")
    assert nested.front_matter == {"a": {"{b: 1, c: 2}": "d"}}


NOT_MAPPINGS = [
    "- a\n- b",
    "just text",
    "title：城市\ndate：x",
    "title:x",
    "42",
    "~",
    "**bold** prose",
    "* item\n* item",
]


@pytest.mark.parametrize("raw", NOT_MAPPINGS)
def test_what_has_no_keys_stays_in_the_body(raw: str) -> None:
    text = f"---\n{raw}\n---\nbody"
    extraction = extract(text.encode())
    assert (extraction.front_matter_format, extraction.front_matter, extraction.body) == ("none", {}, text)
    assert (extraction.opening, extraction.front_matter_raw, extraction.closing) == ("", "", "")
    assert [(problem.code, problem.line) for problem in extraction.problems] == [("front_matter_not_mapping", 2)]


def test_an_excerpt_shows_the_line() -> None:
    problem = extract(b"\n---\nok: 1\nbad: [\n---\n").problems[0]
    assert (problem.code, problem.line, problem.excerpt) == ("front_matter_invalid", 4, "bad: [")
    assert problem.severity == "error"


def test_front_matter_over_a_mebibyte_is_kept_and_not_read() -> None:
    text = "---\ntitle: x\nlong: " + "y" * MAX_FRONT_MATTER_BYTES + "\n---\nbody"
    extraction = extract(text.encode())
    assert (extraction.front_matter, extraction.body) == ({}, "body")
    assert extraction.front_matter_raw == text[4:-8]
    assert [problem.code for problem in extraction.problems] == ["front_matter_too_large"]


BOMBS = [
    "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "a: &a " + "x" * 300_000 + "\nb: [" + "*a," * 100_000 + "]",
    "a: &a {<<: {b: 1}}\nc: [" + "*a," * 150_000 + "]",
    "a: " + "[" * 100_000,
    "a: " + "[" * 300 + "]" * 300,
    "- " * 100_000 + "a: b",
    "? " * 100_000 + "a: b",
    "a: " + "{b: " * 5000,
    "".join(" " * level + "a:\n" for level in range(1000)),
]


@pytest.mark.parametrize("raw", BOMBS, ids=range(len(BOMBS)))
def test_bombs_are_problems(raw: str) -> None:
    text = f"---\n{raw}\n---\nbody\n"
    extraction = extract(text.encode())
    assert extraction.status == "loaded"
    assert {problem.code for problem in extraction.problems} & {
        "front_matter_too_complex",
        "front_matter_invalid",
    }
    assert extraction.body.endswith("body\n")


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ' + "[" * 5000 + "]" * 5000 + "}\n",
        "+++\na = " + "[" * 5000 + "]" * 5000 + "\n+++\n",
        "+++\n" + "a." * 200_000 + "a = 1\n+++\n",
        "+++\na" + ".a" * MAX_DEPTH + " = 1\n+++\n",
    ],
    ids=["json", "toml list", "toml key", "toml key at the limit"],
)
def test_deep_toml_and_json_are_problems(text: str) -> None:
    extraction = extract(text.encode())
    assert {problem.code for problem in extraction.problems} & {
        "front_matter_too_complex",
        "front_matter_unclosed",
    }


def test_huge_integers_keep_their_digits() -> None:
    digits = "9" * 60
    extraction = extract(f"---\na: {digits}\nb: 12345678901234567890\nc: {'7' * 5000}\n---\n".encode())
    assert extraction.front_matter["a"] == digits
    assert extraction.front_matter["b"] == 12345678901234567890
    assert isinstance(extraction.front_matter["c"], str)


def test_infinities_are_numbers() -> None:
    values = extract(b"---\na: .inf\nb: -.INF\nc: .nan\nd: 1e400\n---\n").front_matter
    assert values["a"] == values["d"] == math.inf
    assert values["b"] == -math.inf
    assert math.isnan(values["c"])


def test_the_handlers_are_python_frontmatters() -> None:
    text = "---\ncontent: x\nwhen: 2021-02-30\n---\n\n  body\r\n"
    handler = YamlHandler()
    assert handler.detect(text)
    assert handler.split(text) == ("content: x\nwhen: 2021-02-30\n", "\n  body\r\n")
    assert handler.load("content: x") == {"content": "x"}
    assert frontmatter.loads("---\na: no\n---\nb", handler=handler).metadata == {"a": "no"}
    with pytest.raises(ProblemError, match="not a mapping"):
        HANDLERS["yaml"].load("- a")
