"""One pass over the events of a Markdown body: its visible text with marks in it, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pyromark

from flows.derive.characters import BLOCK_END, BRACE, CODE_END, CODE_START, LESS_THAN
from flows.derive.links import Target, bare_urls
from flows.derive.markup import html_links, html_text
from flows.derive.passes import has_pair
from flows.extract.fences import LINE_END

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_WIKILINKS
)
# MDX has no code by indentation: what looks like it is text inside a component. Deeper than this it is left alone.
MAX_INDENTATIONS = 3
_INDENTED = "\tindented"
# What begins and ends a block of text; what ends a link.
_BLOCKS = frozenset(("Paragraph", "Item", "TableRow", "TableHead", "HtmlBlock"))
_LINKS = frozenset(("Link", "Image"))
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_new = tuple.__new__


class CodeBlock(NamedTuple):
    """A code block: 0-based place, its language in small letters (none: None), its lines."""

    position: int
    language: str | None
    line_count: int


class Walk:
    """What the events of a body come to; `text` has blocks ended by BLOCK_END and code between its marks."""

    def __init__(self, is_mdx: bool, options: pyromark.Options = OPTIONS) -> None:
        self.is_mdx = is_mdx
        self.options = options
        self.depth = 0
        self.parts: list[str] = [BLOCK_END]
        self.ends = 1
        # (level, ends of blocks before it, anchor given by the author)
        self.headings: list[tuple[int, int, str | None]] = []
        self.links: list[Target] = []
        self.code_blocks: list[CodeBlock] = []
        self.tables = self.tasks = self.tasks_done = self.footnotes = 0
        self.code: list[str] | None = None
        self.code_language: str | None = None
        # (target, form, where its text starts, text of an image inside, whether it is one)
        self.open_links: list[list[Any]] = []
        self.html: list[str] = []
        self.html_link: tuple[str, int] | None = None

    def read(self, body: str) -> None:
        """Take in a body, or a piece of one."""
        parts = self.parts
        # Escapes and character references are not yet what they will be in the text.
        may_have_scheme = has_pair(body, ":", "/", "/") or "\\" in body or "&" in body
        has_www = has_pair(body, "w", "w", "w") and "www." in body
        events: Iterable[Any] = pyromark.events(body, options=self.options)
        # The common events first, without calls: there are two hundred of them in a page, and millions in a corpus.
        # Their names are told by their first letters: they are new texts each time, and to compare those takes longer
        # than all the rest.
        for event in events:
            if type(event) is str:
                if self.code is not None:
                    continue
                if event == "Rule":
                    self._end_block()
                else:
                    parts.append("\n")
                continue
            entry = event
            # A mapping with one key, and the fastest way to look into it.
            for name, value in entry.items():  # noqa: B007
                break
            initial = name[0]
            if initial == "T" and name[1] == "e":
                # Text
                text = value
                if self.code is not None:
                    self.code.append(text)
                    continue
                parts.append(text)
                # One character is looked for much faster than three.
                may_be_url = (may_have_scheme and ":" in text and "://" in text) or (has_www and "www." in text)
                if may_be_url and not self.open_links:
                    self.links += [Target(url, url) for url in bare_urls(text)]
            elif initial == "E":
                # End
                if type(value) is not str:
                    if "Heading" in value:
                        self._end_block()
                elif value in _BLOCKS:
                    if self.html:
                        self._end_html()
                    if parts[-1] is not BLOCK_END:
                        self._end_block()
                elif value in _LINKS:
                    self._end_link()
                elif value == "CodeBlock":
                    self._end_code()
                elif value == "TableCell":
                    parts.append("\t")
            elif initial == "S":
                # Start
                if type(value) is not str:
                    entry = value
                    for tag, details in entry.items():
                        self._start(tag, details)
                elif parts[-1] is not BLOCK_END and value in _BLOCKS:
                    self._end_block()
            elif initial == "C":
                # Code
                text = value
                parts.append(CODE_START)
                if "{" in text or "<" in text:
                    text = text.replace("{", BRACE).replace("<", LESS_THAN)
                parts.append(text)
                parts.append(CODE_END)
            elif initial == "H":
                # Html
                self.html.append(value)
            elif initial == "I":
                # InlineHtml
                self._inline_html(value)
            elif initial == "T":
                # TaskListMarker
                self.tasks += 1
                self.tasks_done += bool(value)
        self._end_block()
        self._end_html_link("")

    def read_plain(self, text: str) -> None:
        """Take in a text as it is, its paragraphs as blocks."""
        for paragraph in _BLANK_LINES.split(LINE_END.sub("\n", text)):
            self.parts.append(paragraph)
            self._end_block()

    def _end_block(self) -> None:
        self.parts.append(BLOCK_END)
        self.ends += 1

    def _start(self, name: str, details: Any) -> None:
        if name in _LINKS:
            kind = details["link_type"]
            form = "wiki" if type(kind) is dict else "mail" if kind == "Email" else ""
            self.open_links.append([details["dest_url"], form, len(self.parts), "", name == "Image"])
            return
        if self.parts[-1] is not BLOCK_END:
            self._end_block()
        initial = name[0]
        if initial == "H":
            # Heading, whose level is written h2
            text = details["level"]
            self.headings.append((ord(text[1]) - ord("0"), self.ends, details["id"]))
        elif initial == "C":
            # CodeBlock
            self.code = []
            self.code_language = _INDENTED
            if type(details) is dict:
                words = details["Fenced"].replace(",", " ").split(None, 1)
                self.code_language = words[0].strip("{}.").lower() or None if words else None
        elif name == "Table":
            self.tables += 1
        elif name == "FootnoteDefinition":
            self.footnotes += 1

    def _end_link(self) -> None:
        target, form, start, inner, is_image = self.open_links.pop()
        text = "".join(self.parts[start:])
        if is_image:
            # An alternative text is not seen where the image is.
            del self.parts[start:]
            if self.open_links:
                self.open_links[-1][3] += text
        # No name has brackets: that is a list of lists in the text.
        is_list = form == "wiki" and not {"[", "]"}.isdisjoint(target)
        is_in_image = bool(self.open_links) and True in [outer[4] for outer in self.open_links]
        if not is_list and not is_in_image:
            self.links.append(_new(Target, (target, text.strip() or inner, form, is_image)))

    def _end_code(self) -> None:
        code = "".join(self.code or ())
        self.code = None
        language = self.code_language
        if language == _INDENTED:
            language = None
            if self.is_mdx and self.depth < MAX_INDENTATIONS:
                self.depth += 1
                self.read("\n".join([line.lstrip() for line in code.split("\n")]))
                self.depth -= 1
                return
        line_count = code.count("\n") + (code[-1:] not in ("\n", ""))
        self.code_blocks.append(_new(CodeBlock, (len(self.code_blocks), language, line_count)))

    def _end_html(self) -> None:
        html = "".join(self.html)
        self.html.clear()
        text = html_text(html)
        self.parts.append(text)
        self.ends += text.count(BLOCK_END)
        if "=" in html:
            for name, target, text in html_links(html):
                self.links.append(Target(target, text, is_image=name == "img"))

    def _inline_html(self, html: str) -> None:
        tag = html[:3].lower()
        if tag == "<br":
            self.parts.append("\n")
        elif tag == "</a":
            self._end_html_link("".join(self.parts[self.html_link[1] :]) if self.html_link else "")
        elif "=" in html:
            for name, target, text in html_links(html):
                if name == "a":
                    self._end_html_link("")
                    self.html_link = (target, len(self.parts))
                else:
                    self.links.append(Target(target, text, is_image=name == "img"))

    def _end_html_link(self, text: str) -> None:
        if self.html_link:
            self.links.append(Target(self.html_link[0], text.strip()))
            self.html_link = None
