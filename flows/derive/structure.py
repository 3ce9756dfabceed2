"""The structure of a body: its visible text by block, sections, links, code blocks, tasks, tables, footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from flows.derive.anchors import Anchors
from flows.derive.characters import classes_of
from flows.derive.links import Link, Target, make_link
from flows.derive.markup import html_links, prepared, without_shortcodes
from flows.derive.mdx import as_markdown, looks_like_mdx, without_expressions
from flows.derive.passes import measure, without_marks
from flows.derive.walk import CodeBlock, Walk

# As a named tuple makes itself, without the call in between.
_new = tuple.__new__


class Blocks(NamedTuple):
    """The blocks of visible text, column by column; a level is a heading's, else 0."""

    texts: list[str]
    levels: list[int]
    word_counts: list[int]
    cjk_character_counts: list[int]


class Section(NamedTuple):
    """A heading and what stands below it, up to the next; `word_count` leaves out the heading itself."""

    position: int
    level: int
    title: str
    anchor: str
    parent_position: int | None
    word_count: int


class SourceLink(NamedTuple):
    """Where a document says, on top, that it comes from."""

    url: str
    host: str


@dataclass(slots=True)
class Structure:
    """What a body is made of; the counts of characters (white space left out) and sentences are of visible text.

    `is_latin`: every letter of it is Latin. `marked`: all of it, with the marks of blocks and code.
    """

    blocks: Blocks = field(default_factory=lambda: Blocks([], [], [], []))
    sections: list[Section] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    code_blocks: list[CodeBlock] = field(default_factory=list)
    source_link: SourceLink | None = None
    marked: str = ""
    is_latin: bool = True
    character_count: int = 0
    sentence_count: int = 0
    table_count: int = 0
    task_count: int = 0
    task_done_count: int = 0
    footnote_count: int = 0

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
    walk = Walk(is_mdx)
    walk.read(body)
    targets = walk.links
    if "=" in tags:
        targets = [
            *targets,
            *(Target(target, text, is_image=tag in ("img", "image")) for tag, target, text in html_links(tags)),
        ]
    structure = Structure(
        links=[make_link(position, target) for position, target in enumerate(targets)],
        code_blocks=walk.code_blocks,
        table_count=walk.tables,
        task_count=walk.tasks,
        task_done_count=walk.tasks_done,
        footnote_count=walk.footnotes,
    )
    _add_blocks(structure, walk)
    structure.source_link = _leading_source(structure)
    return structure


def _add_blocks(structure: Structure, walk: Walk) -> None:
    """Cut the text of a walk into blocks; whatever can be done to all of it at once is."""
    marked = "".join(walk.parts)
    if "{" in marked or (walk.is_mdx and "<" in marked):
        marked = without_shortcodes(marked)
        if walk.is_mdx:
            marked = without_expressions(marked)
    text = without_marks(marked)
    measured = measure(text, classes_of(text))
    structure.character_count, structure.sentence_count = measured.character_count, measured.sentence_count
    structure.is_latin = measured.is_latin
    texts, before = measured.blocks, measured.blocks_before
    levels = [0] * len(texts)
    headings: list[tuple[int, str, str | None, int]] = []
    for level, place, anchor in walk.headings:
        start, title = before[place], ""
        if start < before[place + 1]:
            levels[start], title = level, " ".join(texts[start].split())
        headings.append((level, title, anchor, start))
    structure.blocks = Blocks(texts, levels, measured.word_counts, measured.cjk_counts)
    structure.marked = marked
    structure.sections = _sections(headings, measured.word_counts)


def _sections(headings: list[tuple[int, str, str | None, int]], word_counts: list[int]) -> list[Section]:
    anchors = Anchors()
    parents: list[tuple[int, int]] = []
    sections: list[Section] = []
    ends = [heading[3] for heading in headings[1:]] + [len(word_counts)]
    for (level, title, given, start), end in zip(headings, ends, strict=False):
        while parents and parents[-1][0] >= level:
            parents.pop()
        parent = parents[-1][1] if parents else None
        position = len(sections)
        words = sum(word_counts[start + 1 if title else start : end])
        sections.append(_new(Section, (position, level, title, given or anchors.of(title), parent, words)))
        parents.append((level, position))
    return sections


def _leading_source(structure: Structure) -> SourceLink | None:
    """Return the link that is all, after a label at most, that the first block of text says."""
    texts, levels = structure.blocks.texts, structure.blocks.levels
    first = texts[levels.index(0)] if 0 in levels else None
    link = next((link for link in structure.links if link.kind != "image"), None)
    if first is None or link is None or link.kind != "external" or not link.domain or not link.text:
        return None
    label, found, rest = first.partition(link.text)
    if not found or rest.strip(" .。)）\n") or (label and not _is_label(label)):
        return None
    return SourceLink(link.url, link.url.split("/")[2].rpartition("@")[2].partition(":")[0])


def _is_label(text: str) -> bool:
    label = text.strip()
    return len(label) <= 20 and label.endswith((":", "：", "(", "（")) and "\n" not in label
