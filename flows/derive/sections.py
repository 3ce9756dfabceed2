"""Sections: the headings of a body, with anchors as GitHub makes them, and what stands below each."""

from __future__ import annotations

from typing import NamedTuple

from flows.derive.passes import github_anchor, squeezed

# As a named tuple makes itself, without the call in between.
_new = tuple.__new__


class Section(NamedTuple):
    """A heading and what stands below it, up to the next; `word_count` leaves out the heading itself."""

    position: int
    level: int
    title: str
    anchor: str
    parent_position: int | None
    word_count: int


def make_sections(
    headings: list[tuple[int, int, str | None]],
    texts: list[str],
    levels: list[int],
    word_counts: list[int],
    blocks_before: list[int],
) -> list[Section]:
    """Return the sections that headings begin, and note in `levels` which blocks are headings.

    A heading is its level, its place among the pieces of the text, and the anchor given by its author, if any;
    `blocks_before` says for each piece how many blocks come before it. Blocks are given by their texts and words.
    """
    taken: dict[str, int] = {}
    parents: list[tuple[int, int]] = []
    sections: list[Section] = []
    count = len(headings)
    for position in range(count):
        level, place, given = headings[position]
        start = blocks_before[place]
        end = blocks_before[headings[position + 1][1]] if position + 1 < count else len(texts)
        while parents and parents[-1][0] >= level:
            parents.pop()
        parent = parents[-1][1] if parents else None
        title = ""
        if start < blocks_before[place + 1]:
            levels[start] = level
            title = squeezed(texts[start])
            start += bool(title)
        words = 0
        for block in range(start, end):
            words += word_counts[block]
        anchor = given or free_anchor(github_anchor(title), taken)
        sections.append(_new(Section, (position, level, title, anchor, parent, words)))
        parents.append((level, position))
    return sections


def free_anchor(anchor: str, taken: dict[str, int]) -> str:
    """Return an anchor as it is unique in its document, a repeated one with a number; `taken` are those before it."""
    number = taken.get(anchor)
    if number is None:
        taken[anchor] = 0
        return anchor
    unique = anchor
    while unique in taken:
        number += 1
        unique = f"{anchor}-{number}"
    taken[anchor] = number
    taken[unique] = 0
    return unique
