"""Where front matter begins and ends."""

from __future__ import annotations

import pytest

from flows.extract.fences import position_of, split

CASES = [
    # text, format, opening, raw, closing, body
    ("---\ntitle: a\n---\nbody\n", "yaml", "---\n", "title: a\n", "---\n", "body\n"),
    ("---\ntitle: a\n...\nbody\n---\n", "yaml", "---\n", "title: a\n", "...\n", "body\n---\n"),
    ("\n \n---  \ntitle: a\n---\t\nbody", "yaml", "\n \n---  \n", "title: a\n", "---\t\n", "body"),
    ("---\r\ntitle: a\r\n---\r\nbody\r\n", "yaml", "---\r\n", "title: a\r\n", "---\r\n", "body\r\n"),
    ("---\rtitle: a\r---\rbody\r", "yaml", "---\r", "title: a\r", "---\r", "body\r"),
    ("---\n---\nbody", "yaml", "---\n", "", "---\n", "body"),
    ("---\n---", "yaml", "---\n", "", "---", ""),
    ("---\n\n---\n\nbody", "yaml", "---\n", "\n", "---\n", "\nbody"),
    ("+++\na = 1\n+++\nbody", "toml", "+++\n", "a = 1\n", "+++\n", "body"),
    ("+++\na = '''\n...\n'''\n+++\nbody", "toml", "+++\n", "a = '''\n...\n'''\n", "+++\n", "body"),
    (';;;\n"a": 1\n;;;\nbody', "json", ";;;\n", '"a": 1\n', ";;;\n", "body"),
    ("---json\n{}\n---\nbody", "json", "---json\n", "{}\n", "---\n", "body"),
    ("--- TOML\na = 1\n---\nbody", "toml", "--- TOML\n", "a = 1\n", "---\n", "body"),
    ("---yml\na: 1\n---\nbody", "yaml", "---yml\n", "a: 1\n", "---\n", "body"),
    ('{"a": {"b": "}"}}\n\nbody', "json", "", '{"a": {"b": "}"}}', "\n", "\nbody"),
    ('\n{\n  "a": 1\n}  \nbody', "json", "\n", '{\n  "a": 1\n}', "  \n", "body"),
    ('{"a": "tab\tinside"}\nbody', "json", "", '{"a": "tab\tinside"}', "\n", "body"),
    ('{\n  "a": 1,\n}\nbody', "json", "", '{\n  "a": 1,\n}', "\n", "body"),
    ("---\na: |\n  ---\n  text\n---\nbody", "yaml", "---\n", "a: |\n  ---\n  text\n", "---\n", "body"),
    ("---\na: 1\u2028---\n---\nbody", "yaml", "---\n", "a: 1\u2028---\n", "---\n", "body"),
]


@pytest.mark.parametrize(("text", "form", "opening", "raw", "closing", "body"), CASES)
def test_a_text_is_split_exactly(text: str, form: str, opening: str, raw: str, closing: str, body: str) -> None:
    fenced = split(text)
    assert fenced[:5] == (form, opening, raw, closing, body)
    assert fenced.problems == ()


ALL_BODY = [
    # text, codes
    ("", []),
    ("no front matter\n", []),
    ("text\n---\ntitle: a\n---\n", []),
    ("--\ntitle: a\n--\n", ["suspicious_fence"]),
    ("----\ntitle: a\n----\n", ["suspicious_fence"]),
    ("----\n\nJust a rule.\n", []),
    (" ---\ntitle: a\n ---\n", ["suspicious_fence"]),
    ("--- # note\ntitle: a\n---\n", ["suspicious_fence"]),
    ("++++\ntitle = 1\n++++\n", ["suspicious_fence"]),
    ("title: a\ntags: b\n---\nbody\n", ["suspicious_fence"]),
    ("---\ntitle: a\nbody\n", ["front_matter_unclosed"]),
    ("---\ntitle: a\n---body\n", ["front_matter_unclosed"]),
    ("---\ntitle: a\n ---\n", ["front_matter_unclosed"]),
    ("+++\ntitle = 1\n---\n", ["front_matter_unclosed"]),
    ("---", ["front_matter_unclosed"]),
    ('{\n"a": 1,\nbody\n', ["front_matter_unclosed"]),
    ("{{< figure >}}\n", []),
    ("{% include x %}\n", []),
    ('{"a": 1} is JSON\n', []),
    ("<<<<<<< ours\n---\ntitle: a\n", ["merge_conflict"]),
]


@pytest.mark.parametrize(("text", "codes"), ALL_BODY)
def test_what_is_no_front_matter_is_body(text: str, codes: list[str]) -> None:
    fenced = split(text)
    assert fenced[:5] == ("none", "", "", "", text)
    assert [problem.code for problem in fenced.problems] == codes
    assert all(problem.line for problem in fenced.problems)


@pytest.mark.parametrize(
    ("text", "index", "place"),
    [
        ("abc", 0, (1, 1)),
        ("a\nbc", 3, (2, 2)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\u2028b", 2, (1, 3)),
    ],
)
def test_places_count_from_one(text: str, index: int, place: tuple[int, int]) -> None:
    assert position_of(text, index) == place
