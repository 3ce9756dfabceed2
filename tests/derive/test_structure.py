"""Structure of bodies: what is seen, what is code, where headings and links are."""

from __future__ import annotations

import html
import os
import random
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from urllib.parse import unquote

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.derive.content import derive_contents
from flows.derive.profile import Profile
from flows.derive.segments import derive_counts, derive_segments
from flows.derive.shards import empty_rows
from flows.derive.structure import parse_structure
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tasks import DerivationOptions
from flows.derive.walk import OPTIONS
from tests.conftest import ROOT

VISIBLE = [
    # markup never splits words, blocks always do
    ("**bo**ld and *it*alic ~~gone~~\nnext line", ["bold and italic gone\nnext line"]),
    ("a\\\nb<br>c<br/>d", ["a\nb\nc\nd"]),
    ("- one\n- two\n  - three\n\n    four", ["one", "two", "three", "four"]),
    ("- tight\n  > quoted", ["tight", "quoted"]),
    ("| a | b `c` |\n|---|---|\n| 1 | 2 |", ["a\tb c", "1\t2"]),
    ("Text[^1].\n\n[^1]: The note.", ["Text.", "The note."]),
    # an image shows no text, a link does, wherever it leads
    ("![a ship](x.png) [go *there*](y.md) <https://a.example/>", ["go there https://a.example/"]),
    ("[r][ref] [broken][none]\n\n[ref]: z.md", ["r [broken][none]"]),
    ("[[Note#part|shown]] and [[Other]]", ["shown and Other"]),
    # code blocks are not text, code in a line is
    ("`x = {y}` <kbd>Ctrl</kbd> &amp; &lt;tag&gt;\n\n```js\nhidden\n```\n\n    indented", ["x = {y} Ctrl & <tag>"]),
    # HTML
    ("<div>\n<p>One</p><p>Two &amp; 2</p>\n</div>\n\n<!-- no\nno -->\n\n<script>\nno\n</script>", ["One", "Two & 2"]),
    ("a <!-- no --> b <span class='x'>c</span>", ["a  b c"]),
    # templates
    ("The {{domxref(\"A.b()\")}} and `{{ kept }}`.", ["The and {{ kept }}."]),
    ("{{< figure src=\"a.png\" >}}\n\n{{% notice %}}\nIn.\n{{% /notice %}}\n\n{{/* no */}}", ["In."]),
    ("{% highlight py %}\nno\n{% endhighlight %}\n\nYes{% comment %} no {% endcomment %}.\n{: .class}", ["Yes."]),
    # MDX
    ("import A from 'a'\n\nexport const b = {\n  c: 1 }\n\n<A x={() => 1} />\n\nText {b.c} <A y=\"z\" /> end.", ["Text  end."]),
    ("import A from 'a'\n\n<A>\n    Deep *text*.\n\n    - item\n</A>\n\n{/* no */}", ["Deep text.", "item"]),
    ("Not MDX: {braces} stay.\n\n```js\nimport A from 'a'\n```", ["Not MDX: {braces} stay."]),
    ("a\x00b\x01c &#1;", ["a\ufffdb\ufffdc \ufffd"]),
    ("one\r\n\r\ntwo\r\n", ["one", "two"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "texts"), VISIBLE)
def test_visible_text(body: str, texts: list[str]) -> None:
    assert parse_structure(body).blocks.texts == texts


def test_sections() -> None:
    body = "intro\n\n# One `code`\n\nfour words are here\n\n### Deep\n\nx\n\n## Two {#own}\n\n# One code\n\n#\n\ny z\n"
    assert [tuple(section) for section in parse_structure(body).sections] == [
        (0, 1, "One code", "one-code", None, 4),
        (1, 3, "Deep", "deep", 0, 1),
        (2, 2, "Two", "own", 0, 0),
        (3, 1, "One code", "one-code-1", None, 0),
        (4, 1, "", "", None, 2),
    ]


LINKS = [
    ("[a](https://WWW.Example.CO.UK:443)", ("external", "https://www.example.co.uk/", "example.co.uk", "a")),
    ("[a](//cdn.example.org/x?y#z)", ("external", "//cdn.example.org/x?y#z", "example.org", "a")),
    ("[a](./b/../c.md#d)", ("internal", "./b/../c.md#d", None, "a")),
    ("[a](#d)", ("internal", "#d", None, "a")),
    ("![b *c*](d.png)", ("image", "d.png", None, "b c")),
    ("![b](https://i.example/d.png)", ("image", "https://i.example/d.png", "i.example", "b")),
    ("[[Note#h|as]]", ("wiki", "Note#h", None, "as")),
    ("rows [['a', 0], ['b', 0]]", None),
    ("![[pic.png]]", ("image", "pic.png", None, "pic.png")),
    ("<me@example.org>", ("external", "mailto:me@example.org", None, "me@example.org")),
    ("see https://a.example/x_(y), or", ("external", "https://a.example/x_(y)", "a.example", "https://a.example/x_(y)")),
    ("见https://a.example/路。", None),
    ("见 https://a.example/路。", ("external", "https://a.example/路", "a.example", "https://a.example/路")),
    ("www.example.org.", ("external", "http://www.example.org/", "example.org", "www.example.org")),
    ("(https://a.example/b)", ("external", "https://a.example/b", "a.example", "https://a.example/b")),
    ("<a href='x.md'>t <b>u</b></a>", ("internal", "x.md", None, "t u")),
    ("<p>\n<img alt='v' src=w.png></p>", ("image", "w.png", None, "v")),
    ("[a]({{< ref \"posts/x y.md\" >}})", ("internal", "posts/x", None, "a")),
    ("[a]({% post_url 2024-01-02-b %})", ("internal", "/_posts/2024-01-02-b", None, "a")),
    ("[a]({% link _docs/b c.md %})", ("internal", "/_docs/b%20c.md", None, "a")),
    ("[a]({{ site.baseurl }}/b/)", ("internal", "/b/", None, "a")),
    ("`https://a.example` and\n\n    https://b.example", None),
    (r"https:\/\/e.example/a", ("external", "https://e.example/a", "e.example", "https://e.example/a")),
    ("https&colon;//e.example/a", ("external", "https://e.example/a", "e.example", "https://e.example/a")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "link"), LINKS)
def test_links(body: str, link: tuple[str, str, str | None, str] | None) -> None:
    assert [tuple(found[1:]) for found in parse_structure(body).links] == ([link] if link else [])


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("[原文链接](https://news.example/a)\n\n正文。", "https://news.example/a"),
        ("# T\n\nSource: [The News](https://news.example/a)\n\nText.", "https://news.example/a"),
        ("Text with [a link](https://news.example/a).", None),
        ("[inside](a.md)\n\n[out](https://news.example/a)", None),
    ],
)
def test_leading_source_link(body: str, url: str | None) -> None:
    source = parse_structure(body).source_link
    assert (source.url if source else None) == url
    assert source is None or source.host == "news.example"


FAILING = "- [x]  \\\n  ===\n\n# Kept {#own}\n"


class PanicException(BaseException):
    """What a parser written in Rust raises when it fails, which is no Exception."""


def test_a_task_on_which_the_parser_fails_costs_the_attributes_of_headings(capfd: pytest.CaptureFixture[str]) -> None:
    structure = parse_structure(FAILING)
    assert [section.title for section in structure.sections] == ["\\", "Kept {#own}"]
    assert structure.task_count == structure.task_done_count == 1
    assert [problem.code for problem in structure.problems] == ["markdown_failed"]
    # The parser itself would have said so there.
    assert not capfd.readouterr().err


def test_the_standard_error_survives_whoever_fails_and_however_many_at_a_time() -> None:
    program = f"""
import os, sys
from concurrent.futures import ThreadPoolExecutor
from flows.derive.structure import parse_structure
body = {FAILING!r}
before, pool = os.fstat(2), ThreadPoolExecutor(4)
sys.setswitchinterval(1e-6)
list(pool.map(parse_structure, [body] * 400))
assert os.path.samestat(os.fstat(2), before)
os.close(2)
assert [problem.code for problem in parse_structure(body).problems] == ["markdown_failed"]
print("done")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_what_is_odd_about_a_body_becomes_a_row_like_all_else() -> None:
    data = b"---\ndate: 2024-02-31\n---\n- [x] \\\n  ===\n"
    rows = empty_rows(CONTENT_TABLES)
    derive_contents([(bytes(16), data)], DerivationOptions(profile=Profile()), rows)
    columns = list(CONTENT_TABLES["problems"])
    problems = [dict(zip(columns, row, strict=True)) for row in rows["problems"]]
    assert {(problem["stage"], problem["code"], problem["severity"]) for problem in problems} >= {
        ("structure", "markdown_failed", "warning")
    }
    codes = [problem["code"] for problem in problems]
    assert codes.count("markdown_failed") == 1
    assert "invalid_date" in codes
    assert [problem["position"] for problem in problems] == list(range(len(problems)))


FENCE = "```"


@pytest.mark.parametrize(
    "example",
    [
        f"{FENCE}\n- [ ] \\\n===\n{FENCE}",
        "    - [ ] \\\n    ===",
        "- [ ] \\\n---",
        "- a [x] \\\n  ---",
        "<!--\n- [ ] \\\n===\n-->",
        "- [ ] \\\n  =-=",
    ],
)
def test_what_only_looks_like_such_a_task_costs_nothing(example: str, capfd: pytest.CaptureFixture[str]) -> None:
    structure = parse_structure(f"{example}\n\n# Kept {{#own}}\n")
    assert (structure.sections[-1].title, structure.sections[-1].anchor) == ("Kept", "own")
    assert structure.problems == []
    # What others say there is heard as ever.
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"


def test_a_body_on_which_the_parser_fails_is_read_as_less(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(body: str, options: pyromark.Options) -> object:
        if options & refused:
            raise PanicException("index out of bounds")
        return events(body, options=options)

    events = pyromark.events
    monkeypatch.setattr(pyromark, "events", fail)
    body = "# One {#own}\n\n你好 <b>\n&amp;\r\n \r\n[a](b) \\"
    refused = pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    with_fewer = parse_structure(body)
    assert (with_fewer.blocks.texts, len(with_fewer.links)) == (["One {#own}", "你好 \n&", "a \\"], 1)
    refused = OPTIONS
    plain = parse_structure(body)
    assert (plain.blocks.texts, plain.links) == (["# One {#own}", "你好 <b>\n&amp;", "[a](b) \\"], [])
    lines = parse_structure("import A from 'a'\n\none\r\ntwo\rthree\r\rfour <A />")
    assert lines.blocks.texts == ["one\ntwo\nthree", "four"]
    [problem] = plain.problems
    assert (problem.code, problem.stage) == ("markdown_failed", "structure")
    assert "index out of bounds" in problem.message


def test_what_is_no_failure_of_the_parser_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(body: str, options: pyromark.Options) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(pyromark, "events", fail)
    with pytest.raises(KeyboardInterrupt):
        parse_structure("text")


def test_code_tasks_tables_footnotes() -> None:
    body = "```python title=x\na\n\nb\n```\n\n~~~\n~~~\n\n- [x] y\n- [ ] n\n\n|a|\n|-|\n\n[^1]: f\n\n    one\n    two\n"
    structure = parse_structure(body)
    assert [(block.language, block.line_count) for block in structure.code_blocks] == [("python", 3), (None, 0)]
    assert structure.counts == {
        "code_block_count": 2, "code_line_count": 3, "table_count": 1, "task_count": 2, "task_done_count": 1,
        "footnote_count": 1,
    }  # fmt: skip


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.targets: list[str] = []
        self._is_in_heading = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("src" if tag == "img" else "href")
        if tag in ("a", "img") and target is not None:
            self.targets.append(target)
        if re.fullmatch("h[1-6]", tag):
            self._is_in_heading = True
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_in_heading = self._is_in_heading and not re.fullmatch("h[1-6]", tag)

    def handle_data(self, data: str) -> None:
        if self._is_in_heading:
            self.headings[-1] += data


PIECES = st.lists(
    st.sampled_from(
        ["# ", "## ", "> ", "- ", "1. ", "\n", "\n\n", "word", " ", "*", "**", "`", "[a](b.md)", "![c](d.png)", "[e]", "<i>",
         "[e]: f.md\n", "===\n", "---\n", "    ", "\\", "&amp;", "~~", "| x |\n|---|\n", "```\n", "渡轮", "(", ")", "_"]
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(PIECES)
def test_headings_and_links_are_those_of_the_html(pieces: list[str]) -> None:
    body = "".join(pieces)
    page = _Page(pyromark.html(body, options=OPTIONS))
    structure = parse_structure(body)
    assert [section.title for section in structure.sections] == [" ".join(h.split()) for h in page.headings]
    # HTML escapes what URLs may not hold; a link keeps it as written.
    written = [html.unescape(target) for target in page.targets]
    assert sorted(unquote(link.url) for link in structure.links) == sorted(unquote(target) for target in written)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab .!渡。\n\r\t#*_`[](){}<>|-=&;:/%\"'\\1\x00\x01\u0301"), max_size=200))
def test_any_text_has_a_structure_whose_counts_add_up(body: str) -> None:
    structure = parse_structure(body)
    segments = derive_segments(structure)
    counts = derive_counts(structure, segments)
    assert "\n\n".join(segment.text for segment in segments) == "\n\n".join(structure.blocks.texts)
    assert counts.word_count == sum(structure.blocks.word_counts)
    assert counts.character_count == sum(len("".join(text.split())) for text in structure.blocks.texts)
    assert sum(section.word_count for section in structure.sections) <= counts.word_count


N = 20_000
NASTY = {
    "quotes": ">" * N, "brackets": "[" * N, "links": "[a](" * N, "braces": "{" * N, "macros": "{{" * N,
    "expressions": "\n<Foo />\n" + "{a" * N, "liquid": "{% a " * N, "comments": "{% comment %}" * N,
    "tags": "<a " * N, "attributes": "\n<Foo " + "a={" * N, "imports": "import a\n" * N, "urls": "http://a.b/" + ")" * N,
    "headings": "# a\n" * N, "lists": "".join(" " * (2 * i) + "- a\n" for i in range(300)), "stops": ". " * N,
    "spaces": "a." + " " * N + "b", "line": "word " * N, "underscores": "_ " * N, "extends": "a\u0301" * N,
    "noise": "".join(random.Random(1).choices("<>{}[]()!*_`#|-\n \"'=./:ab\\&;%", k=5 * N)),
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_nothing_takes_long(name: str) -> None:
    started = time.process_time()
    structure = parse_structure(NASTY[name])
    derive_counts(structure, derive_segments(structure))
    assert time.process_time() - started < 0.5 + 5 * len(NASTY[name]) / 1e6
