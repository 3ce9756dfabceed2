"""Short names and the full names they stand for in the same document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from flows.derive.entities.reference import normal_name

_DOTS = re.compile(r"[·・•‧･]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SMALL_WORDS = frozenset("of the and for in on de la le der von van und & 's".split())


def full_names(names: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (normal name, kind) of a short name -> (kind, surface) of the full one.

    `names`: (normal name, surface, kind) of all mentions of a document. A person's last or first name, or the part
    after the last dot of a Chinese transcription, stands for the full name if only one full name has it; an
    abbreviation stands for an organisation whose initials it is. The first spelling of a full name is kept.
    """
    surfaces: dict[tuple[str, str], str] = {}
    for name, surface, kind in names:
        surfaces.setdefault((name, kind), surface)
    parts: dict[str, set[str]] = defaultdict(set)
    last_parts: dict[str, set[str]] = defaultdict(set)
    initials: dict[str, set[str]] = defaultdict(set)
    for (name, kind), surface in surfaces.items():
        if kind == "person":
            pieces = _person_parts(surface)
            if len(pieces) > 1:
                last_parts[pieces[-1]].add(name)
                for piece in pieces[:-1]:
                    parts[piece].add(name)
        elif kind == "organisation" and " " in name:
            for abbreviation in _initials(surface):
                initials[abbreviation].add(name)
    found = {}
    for (name, kind), surface in surfaces.items():
        if kind == "person" or (name, "person") not in surfaces:
            candidates = last_parts.get(name) or (parts.get(name, set()) if kind == "person" else set())
            if len(candidates) == 1 and (full := next(iter(candidates))) != name:
                found[name, kind] = ("person", surfaces[full, "person"])
                continue
        if kind == "organisation" and surface.isupper() and len(initials.get(name, ())) == 1:
            found[name, kind] = ("organisation", surfaces[next(iter(initials[name])), "organisation"])
    return found


def _person_parts(surface: str) -> list[str]:
    pieces = _DOTS.split(surface) if _HAN.search(surface) else surface.split()
    return [normal for piece in pieces if (normal := normal_name(piece))]


def _initials(surface: str) -> set[str]:
    words = surface.replace("-", " ").split()
    large = [word for word in words if word.casefold() not in _SMALL_WORDS]
    return {"".join(word[0] for word in some).casefold() for some in (words, large) if len(some) > 1}
