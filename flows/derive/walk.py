"""One pass over the events of a Markdown body: its visible text with marks in it, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pyromark

from flows.derive.characters import BLOCK_END, CODE_END, CODE_START
from flows.derive.links import Target, bare_urls
from flows.derive.markup import BRACE, LESS_THAN, html_links, html_text

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


class CodeBlock(NamedTuple):
    """A code block: 0-based place, its language in small letters (none: None), its lines."""

    position: int
    language: str | None
    line_count: int


class Walk:
    """What the events of a body come to; `text` has blocks ended by BLOCK_END and code between its marks."""

    def __init__(self, is_mdx: bool) -> None:
        self.is_mdx = is_mdx
        self.depth = 0
        self.parts: list[str] = [BLOCK_END]
        # (level, place among `parts`, anchor given by the author)
        self.headings: list[tuple[int, int, str | None]] = []
        self.links: list[Target] = []
        self.code_blocks: list[CodeBlock] = []
        self.tables = self.tasks = self.tasks_done = self.footnotes = 0
        self.has_html = False
        self.code: list[str] | None = None
        # (target, form, where its text starts, text of an image inside, whether it is one)
        self.open_links: list[list[Any]] = []
        self.html: list[str] = []
        self.html_link: tuple[str, int] | None = None

    def read(self, body: str) -> None:
        """Take in a body, or a piece of one."""
        parts = self.parts
        has_www = "www." in body
        events: Iterable[Any] = pyromark.events(body, options=OPTIONS)
        # The common events first, without calls: there are two hundred of them in a page, and millions in a corpus.
        # Names are compared with literals, not looked up in sets: they are new texts, whose hash nobody knows yet.
        for event in events:
            if type(event) is str:
                if self.code is None:
                    parts.append(BLOCK_END if event == "Rule" else "\n")
                continue
            # A mapping with one key.
            for name, value in event.items():
                if name == "Text":
                    if self.code is not None:
                        self.code.append(value)
                        continue
                    parts.append(value)
                    # One character is looked for faster than three.
                    may_be_url = (":" in value and "://" in value) or (has_www and "www." in value)
                    if may_be_url and not self.open_links:
                        self.links += [Target(url, url) for url in bare_urls(value)]
                elif name == "End":
                    if type(value) is not str:
                        if "Heading" in value:
                            parts.append(BLOCK_END)
                    elif value in ("Paragraph", "Item", "TableRow", "TableHead", "HtmlBlock"):
                        if self.html:
                            self._end_html()
                        if parts[-1] is not BLOCK_END:
                            parts.append(BLOCK_END)
                    elif value in ("Link", "Image"):
                        self._end_link()
                    elif value == "CodeBlock":
                        self._end_code()
                    elif value == "TableCell":
                        parts.append("\t")
                elif name == "Start":
                    if type(value) is not str:
                        for tag, details in value.items():
                            self._start(tag, details)
                    elif parts[-1] is not BLOCK_END and value in (
                        "Paragraph",
                        "Item",
                        "TableRow",
                        "TableHead",
                        "HtmlBlock",
                    ):
                        parts.append(BLOCK_END)
                elif name == "Code":
                    parts += (CODE_START, value.replace("{", BRACE).replace("<", LESS_THAN), CODE_END)
                elif name == "Html":
                    self.html.append(value)
                elif name == "InlineHtml":
                    self._inline_html(value)
                elif name == "TaskListMarker":
                    self.tasks += 1
                    self.tasks_done += bool(value)
        parts.append(BLOCK_END)
        self._end_html_link("")

    def heading_levels(self) -> dict[int, tuple[int, str | None]]:
        """Return level and given anchor of the headings, by their place among the blocks of the text."""
        levels: dict[int, tuple[int, str | None]] = {}
        ends = last = 0
        for level, part, anchor in self.headings:
            between = self.parts[last:part]
            ends += "".join(between).count(BLOCK_END) if self.has_html else between.count(BLOCK_END)
            last = part
            levels[ends] = (level, anchor)
        return levels

    def _start(self, name: str, details: Any) -> None:
        if name in ("Link", "Image"):
            kind = details["link_type"]
            form = "wiki" if type(kind) is dict else "mail" if kind == "Email" else ""
            self.open_links.append([details["dest_url"], form, len(self.parts), "", name == "Image"])
            return
        if self.parts[-1] is not BLOCK_END:
            self.parts.append(BLOCK_END)
        if name == "Heading":
            self.headings.append((int(details["level"][1]), len(self.parts), details["id"]))
        elif name == "CodeBlock":
            self.code = []
            words = details["Fenced"].replace(",", " ").split(None, 1) if type(details) is dict else [_INDENTED]
            self.code_blocks.append(
                CodeBlock(len(self.code_blocks), words[0].strip("{}.").lower() or None if words else None, 0)
            )
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
        if not is_list and True not in [outer[4] for outer in self.open_links]:
            self.links.append(Target(target, text.strip() or inner, form, is_image=is_image))

    def _end_code(self) -> None:
        code = "".join(self.code or ())
        self.code = None
        position, language, _ = self.code_blocks[-1]
        if language == _INDENTED and self.is_mdx and self.depth < MAX_INDENTATIONS:
            del self.code_blocks[-1]
            self.depth += 1
            self.read("\n".join([line.lstrip() for line in code.split("\n")]))
            self.depth -= 1
            return
        line_count = code.count("\n") + (code[-1:] not in ("\n", ""))
        self.code_blocks[-1] = CodeBlock(position, None if language == _INDENTED else language, line_count)

    def _end_html(self) -> None:
        html = "".join(self.html)
        self.html.clear()
        self.has_html = True
        self.parts.append(html_text(html))
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
