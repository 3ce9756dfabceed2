"""Tags: from the front matter and from `#tags` in the text, normalised, with their raw spelling kept."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.derive.characters import BLOCK_END, CODE_END
from flows.resources import REFERENCE

_SEPARATORS = re.compile(r"[\s_]+")
# As Obsidian has it: after white space, letters, digits, `_`, `-` and `/`, not digits only.
_INLINE_TAG = re.compile(r"(?<!\S)#([^\W_][\w/-]*)(?![\w#])")
# Where one may begin in a text with marks of blocks and code, what stands in code left out.
_MAY_BE_TAG = re.compile(rf"#(?<![^\s{BLOCK_END}{CODE_END}]#)[^\W_]")
_DIGITS = re.compile(r"[\d/-]+")


class Tag(NamedTuple):
    """A tag of a document: 0-based place, normalised, as written, and where it comes from."""

    position: int
    tag: str
    tag_raw: str
    origin: str


def normalise_tag(raw: str) -> str:
    """Return a tag in one spelling: NFKC, small letters, no `#` in front, `-` for white space and `_`."""
    folded = unicodedata.normalize("NFKC", raw).strip().strip("#").strip().casefold()
    levels = (_SEPARATORS.sub("-", level.strip()).strip("-") for level in folded.split("/"))
    return "/".join(level for level in levels if level)


def may_have_tags(marked: str) -> bool:
    """Say whether a text with its marks may have `#tags`: most that have a `#` have it in code."""
    return "#" in marked and _MAY_BE_TAG.search(marked) is not None


def inline_tags(texts: Iterable[str]) -> list[str]:
    """Return the `#tags` of the text blocks, in their order, as written without `#`."""
    found = [tag for text in texts if "#" in text for tag in _INLINE_TAG.findall(text)]
    return [tag for tag in dict.fromkeys(found) if not _DIGITS.fullmatch(tag)]


@lru_cache(maxsize=1)
def tag_aliases() -> dict[str, str]:
    """Return the tag for each alias, both normalised, from seeds/reference/tag_aliases.csv."""
    with (REFERENCE / "tag_aliases.csv").open(encoding="utf-8", newline="") as file:
        return {normalise_tag(row["alias"]): normalise_tag(row["tag"]) for row in csv.DictReader(file)}


def derive_tags(front_matter_tags: Sequence[str], inline: Sequence[str]) -> list[Tag]:
    """Return the tags of a document, each once per origin; of equal spellings the first one is kept.

    A tag below another (`trade/sea`) brings those above it (`trade`).
    """
    tags: dict[tuple[str, str], Tag] = {}
    for origin, raws in (("front_matter", front_matter_tags), ("inline", inline)):
        for raw in raws:
            for tag in with_parents(canonical_tag(raw)):
                tags.setdefault((tag, origin), Tag(len(tags), tag, raw, origin))
    return list(tags.values())


@lru_cache(maxsize=4096)
def canonical_tag(raw: str) -> str:
    """Return the one tag for all its spellings and aliases, of the whole or of each level."""
    tag, aliases = normalise_tag(raw), tag_aliases()
    if tag in aliases:
        return aliases[tag]
    return "/".join(aliases.get(level, level) for level in tag.split("/")) if "/" in tag else tag


def with_parents(tag: str) -> list[str]:
    """Return a tag and, where it has levels, the tags above it, nearest first; of an empty tag, nothing."""
    levels = tag.split("/")
    return ["/".join(levels[:depth]) for depth in range(len(levels), 0, -1)] if tag else []
