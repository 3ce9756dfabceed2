"""What front matter says about its document, by the profile of the source: title, date, author, tags.

A value that cannot serve (a date that does not exist, a title that is a list) leaves its place to the next
key that means the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from flows.derive.dates import AmbiguousDateError, ParsedDate, day_of_path, parse_date
from flows.derive.profile import Profile, fold_key
from flows.extract.extraction import Extraction
from flows.extract.fences import position_of
from flows.extract.front_matter import is_impossible_date
from flows.problems import Problem

_TAG_SEPARATORS = re.compile(r"[,，、;；\r\n]")
_NAME_KEYS = (
    "name",
    "title",
    "display_name",
    "displayName",
    "fullname",
    "login",
    "label",
    "id",
    "slug",
    "value",
    "term",
)


class Metadata(NamedTuple):
    """What a document says of itself; `published_at` is in UTC, `tags_raw` keeps each tag's spelling."""

    title: str | None = None
    description: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    published_raw: str | None = None
    published_precision: str | None = None
    tags_raw: tuple[str, ...] = ()
    language_hint: str | None = None
    problems: tuple[Problem, ...] = ()


def derive_metadata(extraction: Extraction, profile: Profile) -> Metadata:
    """Return what the front matter means under `profile`; without front matter, nothing."""
    if not extraction.front_matter:
        return Metadata()
    found = _by_meaning(extraction.front_matter, profile)
    problems: list[Problem] = []
    raw, parsed = _published(found.get("date", ()), profile, extraction, problems)
    if raw is None and "address" in found:
        raw, parsed = _published_by_address(found["address"], profile)
    tags = [tag for _, value in found.get("tags", ()) for tag in _tags(value)]
    return Metadata(
        _first(found, "title", _line),
        _first(found, "description", _line),
        _first(found, "author", lambda value: ", ".join(_names(value))),
        parsed.at if parsed else None,
        raw,
        parsed.precision if parsed else None,
        tuple(dict.fromkeys(tags)),
        _first(found, "language", _line),
        tuple(problems),
    )


def _first(found: dict[str, list[tuple[str, Any]]], meaning: str, read: Callable[[Any], str | None]) -> str | None:
    """Return the first value with a meaning that says anything when it is read."""
    for _, value in found.get(meaning, ()):
        if text := read(value):
            return text
    return None


def _by_meaning(front_matter: dict[str, Any], profile: Profile) -> dict[str, list[tuple[str, Any]]]:
    """Return meaning -> [(key, value)], preferred keys first."""
    ranked: dict[str, list[tuple[int, str, Any]]] = {}
    _rank(front_matter, "", profile, ranked)
    found = {}
    for name, candidates in ranked.items():
        if len(candidates) > 1:
            candidates.sort(key=lambda candidate: candidate[0])
        found[name] = [(key, value) for _, key, value in candidates]
    return found


def _rank(
    mapping: dict[str, Any], prefix: str, profile: Profile, ranked: dict[str, list[tuple[int, str, Any]]]
) -> None:
    meanings, containers = profile.meanings, profile.containers
    for key, value in mapping.items():
        folded = prefix + fold_key(key)
        if (meaning := meanings.get(folded)) and value is not None:
            ranked.setdefault(meaning[0], []).append((meaning[1], key, value))
        if folded in containers and type(value) is dict:
            _rank(value, folded + ".", profile, ranked)


def _published(
    candidates: Any, profile: Profile, extraction: Extraction, problems: list[Problem]
) -> tuple[str | None, ParsedDate | None]:
    first_raw = None
    for key, value in candidates:
        single = value[0] if type(value) is list and len(value) == 1 else value
        if single is None or isinstance(single, (bool, list, dict)):
            continue
        raw = str(single)
        if not raw.strip():
            continue
        first_raw = first_raw or raw
        try:
            parsed = parse_date(raw, profile.zone, profile.date_order)
            message = f"{raw[:80]!r} is no date that exists and can be understood"
        except AmbiguousDateError:
            parsed = None
            message = f"{raw[:80]!r} does not say which number is the day; the source's date_order can"
        if parsed:
            return raw, parsed
        # Extraction has noted ISO dates that do not exist, and placeholders.
        if is_impossible_date(raw) or raw.lstrip().startswith(("{{", "{%", "<%")):
            continue
        line, column = _place_of(key, extraction)
        problems.append(Problem("invalid_date", f"{key}: {message}", "metadata", line, column, f"{key}: {raw}"[:200]))
    return first_raw, None


def _published_by_address(candidates: Any, profile: Profile) -> tuple[str | None, ParsedDate | None]:
    """Return the day that a permalink names, as blogs do that have no key for it."""
    for _, value in candidates:
        if type(value) is str and (day := day_of_path(value)):
            return value, parse_date(day.isoformat(), profile.zone, profile.date_order)
    return None, None


def _place_of(key: str, extraction: Extraction) -> tuple[int | None, int | None]:
    match = re.search(rf"^[ \t]*[\"']?({re.escape(key)})[\"']?[ \t]*[:=：]", extraction.front_matter_raw, re.MULTILINE)
    if match is None:
        return None, None
    return position_of(extraction.opening + extraction.front_matter_raw, len(extraction.opening) + match.start(1))


def _line(value: Any) -> str | None:
    """Return a scalar as one line of text."""
    if type(value) is str:
        return value.strip() if "\n" not in value else " ".join(value.split())
    if type(value) is list and len(value) == 1:
        return _line(value[0])
    return str(value) if type(value) in (int, float) else None


def _names(value: Any) -> list[str]:
    """Return the names of authors: a text, a mapping with a name, or a list of such."""
    if type(value) is list:
        return [name for item in value for name in _names(item)]
    if type(value) is dict:
        return next((names for key in _NAME_KEYS if (names := _names(value.get(key)))), [])
    text = _line(value)
    return [text] if text else []


def _tags(value: Any) -> list[str]:
    """Return tags in their raw spelling from a list, a text with separators, a nested list or a mapping."""
    if type(value) is str:
        words = value.split()
        if len(words) > 1 and all(word.startswith("#") for word in words):
            return words
        pieces = _TAG_SEPARATORS.split(value) if _TAG_SEPARATORS.search(value) else [value]
        return [tag for piece in pieces if (tag := piece.strip())]
    if type(value) is list:
        return [
            tag for item in value for tag in ([item.strip()] if type(item) is str and item.strip() else _tags(item))
        ]
    if type(value) is dict:
        named = next((value[key] for key in _NAME_KEYS if type(value.get(key)) is str), None)
        return [named.strip()] if named else [tag for key in value for tag in _tags(key)]
    return [str(value)] if type(value) in (int, float) else []
