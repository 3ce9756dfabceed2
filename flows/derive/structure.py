"""The structure of a body: its visible text by block, sections, links, code blocks, tasks, tables, footnotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyromark

from flows.derive.anchors import Anchors
from flows.derive.links import Link, bare_urls, make_link
from flows.derive.markup import html_links, html_text, looks_like_mdx, visible_text
from flows.derive.words import word_count

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_WIKILINKS
)
# Of these, the text inside is a block of its own.
BLOCKS = frozenset(
    ("Paragraph", "Heading", "Item", "TableHead", "TableRow", "DefinitionListTitle", "DefinitionListDefinition")
)


# These change how text looks, not what it says or where it stands.
MARKS = frozenset(("Emphasis", "Strong", "Strikethrough"))


class Block(NamedTuple):
    """A block of visible text: its kind, its text, and its text without code, from which language is told."""

    kind: str
    text: str
    prose: str
    words: int


class Section(NamedTuple):
    """A heading and what stands below it, up to the next."""

    position: int
    level: int
    title: str
    anchor: str
    parent_position: int | None
    word_count: int


@dataclass(slots=True)
class Structure:
    """What a body is made of; `counts` are named as the columns of `contents`."""

    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    code_languages: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def parse_structure(body: str) -> Structure:
    """Parse a Markdown body. Total: any text has a structure."""
    return _Walk(body).structure


class _Walk:
    """One pass over the events of a body."""

    def __init__(self, body: str) -> None:
        self.structure = Structure(counts=dict.fromkeys(COUNTS, 0))
        self._is_mdx = looks_like_mdx(body)
        self._text: list[str] = []
        self._prose: list[str] = []
        self._open_links: list[tuple[str, bool, bool, int]] = []
        self._headings: list[tuple[int, str, str | None, int]] = []
        self._heading_id: str | None = None
        self._code: list[str] | None = None
        self._html: list[str] | None = None
        self._walk(body)
        self._finish_block("Paragraph")
        self._finish_sections()

    def _walk(self, body: str) -> None:
        # One loop with the common events first: there are two hundred of them in a page, and millions in a corpus.
        text, prose = self._text, self._prose
        events: Iterable[Any] = pyromark.events(body, options=OPTIONS)
        for event in events:
            if type(event) is str:
                if self._code is None and event in ("SoftBreak", "HardBreak"):
                    text.append("\n")
                    prose.append("\n")
                continue
            for name in event:
                value = event[name]
                if name == "Text":
                    if self._code is not None:
                        self._code.append(value)
                        continue
                    if "://" in value and not self._open_links:
                        self._add_bare_urls(value)
                    text.append(value)
                    prose.append(value)
                elif name == "Start":
                    if type(value) is dict or value not in MARKS:
                        self._start(value)
                elif name == "End":
                    if type(value) is dict or value not in MARKS:
                        self._end(value)
                elif name == "Code":
                    text.append(value)
                    prose.append(" ")
                elif name == "Html":
                    (self._html if self._html is not None else text).append(value)
                elif name == "InlineHtml":
                    self._add_html_links(value)
                    if value[:3].lower() == "<br":
                        self._add("\n")
                elif name == "TaskListMarker":
                    self.structure.counts["task_count"] += 1
                    self.structure.counts["task_done_count"] += bool(value)

    def _start(self, value: Any) -> None:
        name, details = _named(value)
        if name in BLOCKS:
            self._finish_block("Item")
            if name == "Heading":
                self._heading_id = details["id"]
        elif name in ("Link", "Image"):
            is_wiki = type(details["link_type"]) is dict
            self._open_links.append((details["dest_url"], name == "Image", is_wiki, len(self._text)))
        elif name == "CodeBlock":
            self._finish_block("Item")
            self._code = []
            info = details["Fenced"] if type(details) is dict else ""
            self.structure.code_languages.append(
                info.split()[0].split(",")[0].strip("{}.").lower() if info.split() else ""
            )
        elif name == "HtmlBlock":
            self._finish_block("Item")
            self._html = []
        elif name == "Table":
            self.structure.counts["table_count"] += 1
        elif name == "FootnoteDefinition":
            self._finish_block("Item")
            self.structure.counts["footnote_count"] += 1

    def _end(self, value: Any) -> None:
        name, details = _named(value)
        if name in ("Link", "Image"):
            target, is_image, is_wiki, start = self._open_links.pop()
            text = "".join(self._text[start:]).strip()
            links = self.structure.links
            links.append(make_link(len(links), target, text, is_image=is_image, is_wiki=is_wiki))
        elif name == "TableCell":
            self._add(" ")
        elif name == "Heading":
            self._finish_block("Heading", int(details[1]))
        elif name in BLOCKS:
            self._finish_block(name)
        elif name == "CodeBlock" and self._code is not None:
            self.structure.counts["code_block_count"] += 1
            self.structure.counts["code_line_count"] += len("".join(self._code).splitlines())
            self._code = None
        elif name == "HtmlBlock" and self._html is not None:
            html = "".join(self._html)
            self._html = None
            self._add_html_links(html)
            self._add(html_text(html))
            self._finish_block("Html")

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._prose.append(text)

    def _add_bare_urls(self, text: str) -> None:
        links = self.structure.links
        for url in bare_urls(text):
            links.append(make_link(len(links), url, url))

    def _add_html_links(self, html: str) -> None:
        if "=" in html:
            links = self.structure.links
            for tag, target, alternative in html_links(html):
                links.append(make_link(len(links), target, alternative, is_image=tag == "img"))

    def _finish_block(self, kind: str, level: int = 0) -> None:
        if not self._text and not level:
            return
        text, prose = "".join(self._text), "".join(self._prose)
        self._text.clear()
        self._prose.clear()
        if "{" in text or "<" in text or self._is_mdx:
            text = visible_text(text, is_mdx=self._is_mdx)
            prose = visible_text(prose, is_mdx=self._is_mdx)
        text = text.strip()
        if level:
            self._headings.append((level, text, self._heading_id, len(self.structure.blocks)))
        if text:
            self.structure.blocks.append(Block(kind.lower(), text, prose, word_count(text)))

    def _finish_sections(self) -> None:
        anchors = Anchors()
        blocks = self.structure.blocks
        parents: list[tuple[int, int]] = []
        ends = [heading[3] for heading in self._headings][1:] + [len(blocks)] * bool(self._headings)
        for position, ((level, title, given_id, start), end) in enumerate(zip(self._headings, ends, strict=True)):
            while parents and parents[-1][0] >= level:
                parents.pop()
            own = 1 if title else 0
            words = sum(block.words for block in blocks[start + own : end])
            parent = parents[-1][1] if parents else None
            self.structure.sections.append(
                Section(position, level, title, given_id or anchors.of(title), parent, words)
            )
            parents.append((level, position))


def _named(value: Any) -> tuple[str, Any]:
    """Return a tag's name and details: pyromark gives a text where there are none, else a mapping of one."""
    return (value, None) if type(value) is str else next(iter(value.items()))


COUNTS = (
    *("code_block_count", "code_line_count", "table_count"),
    *("task_count", "task_done_count", "footnote_count"),
)
