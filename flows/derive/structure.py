"""The structure of a body: its visible text by block, sections, links, code blocks, tasks, tables, footnotes."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyromark

from flows.derive.character_classes import classes_of
from flows.derive.links import Link, Target, make_link
from flows.derive.markup import html_links, prepared, without_shortcodes
from flows.derive.mdx import as_markdown, looks_like_mdx, without_expressions
from flows.derive.passes import measure, without_marks
from flows.derive.sections import Section, make_sections
from flows.derive.walk import OPTIONS, CodeBlock, Walk
from flows.errors import is_panic
from flows.problems import Problem

FEWER_OPTIONS = OPTIONS & ~pyromark.Options.ENABLE_HEADING_ATTRIBUTES
# A task of nothing but this, made a heading by the next line, is what the parser is known to fail on if it looks for
# attributes. Many a body that looks so is no such thing (it may be code), so it only decides what is kept silent.
_MAY_FAIL = re.compile(r"\[[ xX]\][ \t]+\\(?:\r\n?|\n)[ \t>]*[=-]+[ \t\v\f]*(?=[\r\n]|\Z)")

# Of two threads at a time one would keep, and restore in the end, what the other has put there.
_silencing = threading.Lock()


class Blocks(NamedTuple):
    """The blocks of visible text, column by column; a level is a heading's, else 0."""

    texts: list[str]
    levels: list[int]
    word_counts: list[int]
    cjk_character_counts: list[int]


class SourceLink(NamedTuple):
    """Where a document says, on top, that it comes from."""

    url: str
    host: str


@dataclass(slots=True)
class Structure:
    """What a body is made of; the counts of characters (white space left out) and sentences are of visible text.

    `is_latin`: every letter of it is Latin. `marked`: all of it, with the marks of blocks, of code and in code.
    """

    blocks: Blocks
    sections: list[Section]
    links: list[Link]
    code_blocks: list[CodeBlock]
    source_link: SourceLink | None
    marked: str
    is_latin: bool
    character_count: int
    sentence_count: int
    table_count: int
    task_count: int
    task_done_count: int
    footnote_count: int
    problems: list[Problem]

    @property
    def counts(self) -> dict[str, int]:
        """What is counted beside the text, by the names of the columns."""
        return {
            "code_block_count": len(self.code_blocks),
            "code_line_count": sum(block.line_count for block in self.code_blocks),
            "table_count": self.table_count,
            "task_count": self.task_count,
            "task_done_count": self.task_done_count,
            "footnote_count": self.footnote_count,
        }


def parse_structure(body: str) -> Structure:
    """Parse a Markdown body. Total: any text has a structure."""
    body = prepared(body)
    is_mdx = looks_like_mdx(body)
    tags = ""
    if is_mdx:
        body, tags = as_markdown(body)
    walk, problems = _read(body, is_mdx)
    targets = walk.links
    if "=" in tags:
        targets = [
            *targets,
            *(Target(target, text, is_image=tag in ("img", "image")) for tag, target, text in html_links(tags)),
        ]
    marked = _marked_text(walk)
    text = without_marks(marked)
    measured = measure(text, classes_of(text))
    links = [make_link(position, target) for position, target in enumerate(targets)]
    blocks = Blocks(measured.blocks, [0] * len(measured.blocks), measured.word_counts, measured.cjk_counts)
    # They tell which blocks are headings; the source is looked for below these.
    sections = make_sections(walk.headings, blocks.texts, blocks.levels, blocks.word_counts, measured.blocks_before)
    return Structure(
        blocks=blocks,
        sections=sections,
        links=links,
        code_blocks=walk.code_blocks,
        source_link=_leading_source(blocks, links),
        marked=marked,
        is_latin=measured.is_latin,
        character_count=measured.character_count,
        sentence_count=measured.sentence_count,
        table_count=walk.tables,
        task_count=walk.tasks,
        task_done_count=walk.tasks_done,
        footnote_count=walk.footnotes,
        problems=problems,
    )


def _read(body: str, is_mdx: bool) -> tuple[Walk, list[Problem]]:
    """Return the walk over a body, with all options that its parser survives, and a problem if these are not all."""
    failure = ""
    may_fail = "\\" in body and _MAY_FAIL.search(body)
    for options in (OPTIONS, FEWER_OPTIONS):
        walk = Walk(is_mdx, options)
        try:
            with _silence() if may_fail else nullcontext():
                walk.read(body)
        except BaseException as error:
            if not is_panic(error):
                raise
            failure = f"failed ({str(error)[:200]})"
        else:
            return walk, [_failed(failure, "attributes of headings are read as text")] if failure else []
    walk = Walk(is_mdx)
    walk.read_plain(body)
    return walk, [_failed(failure, "the body is read as plain text")]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep off the standard error what Rust writes there, past Python, about a failure that is dealt with.

    It is the one of the whole process: what other threads would write there meanwhile is not written.
    """
    with _silencing, ExitStack() as restored:
        # Where it is closed there is nothing to keep off.
        with suppress(OSError):
            kept = os.dup(2)
            restored.callback(os.close, kept)
            restored.callback(os.dup2, kept, 2)
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
        yield


def _failed(failure: str, consequence: str) -> Problem:
    return Problem("markdown_failed", f"the Markdown parser {failure}; {consequence}", "structure")


def _marked_text(walk: Walk) -> str:
    """Return all visible text, with the marks of blocks and code: whatever can be done to all of it at once is."""
    marked = "".join(walk.parts)
    if "{" in marked or (walk.is_mdx and "<" in marked):
        marked = without_shortcodes(marked)
        if walk.is_mdx:
            marked = without_expressions(marked)
    return marked


def _leading_source(blocks: Blocks, links: list[Link]) -> SourceLink | None:
    """Return the link that is all, after a label at most, that the first block of text says."""
    first = blocks.texts[blocks.levels.index(0)] if 0 in blocks.levels else None
    link = next((link for link in links if link.kind != "image"), None)
    if first is None or link is None or link.kind != "external" or not link.domain or not link.text:
        return None
    label, found, rest = first.partition(link.text)
    if not found or rest.strip(" .。)）\n") or (label and not _is_label(label)):
        return None
    return SourceLink(link.url, link.url.split("/")[2].rpartition("@")[2].partition(":")[0])


def _is_label(text: str) -> bool:
    label = text.strip()
    return len(label) <= 20 and label.endswith((":", "：", "(", "（")) and "\n" not in label
