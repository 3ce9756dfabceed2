"""A text and its parts: where the front matter is, what it says, and what was odd about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flows.extract import fences
from flows.extract.handlers import HANDLERS
from flows.extract.limits import MAX_DEPTH, MAX_FRONT_MATTER_BYTES, MAX_PROBLEMS
from flows.extract.yaml_events import flow_text
from flows.problems import Problem, ProblemError

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_KEY_LINE = re.compile(
    r"^[\"']?[^\W\d][\w .$/-]{0,60}[\"']?[ \t]*(?:[:=](?=\s|[\"'\[{]|[^\x00-\x7f]|\Z)|：)", re.MULTILINE
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ](\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?[ ]?(?:[Zz]|[-+]\d\d(?::?\d\d)?)?))?\Z")


@dataclass(slots=True)
class FrontMatter:
    """The parts of a text; `opening + raw + closing + body` is the text."""

    format: str = "none"
    opening: str = ""
    raw: str = ""
    closing: str = ""
    body: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_front_matter(text: str) -> FrontMatter:
    """Split a text and read its front matter; total: every text gives parts that add up to it."""
    form, opening, raw, closing, body, fence_problems = fences.split(text)
    if form == "none":
        return FrontMatter(body=body, problems=list(fence_problems))
    if len(raw) > MAX_FRONT_MATTER_BYTES // 4 and len(raw.encode()) > MAX_FRONT_MATTER_BYTES:
        message = f"{len(raw):,} characters of front matter; they are kept and not read"
        problems = [Problem("front_matter_too_large", message, line=1, column_number=1)]
        return FrontMatter(form, opening, raw, closing, body, {}, _placed(problems, opening, raw))
    values, problems = _values(form, raw)
    if values is None:
        hint = " (a full-width colon makes no key)" if "：" in raw else ""
        message = f"what stands between the fences has no keys{hint}; it stays in the body"
        not_mapping = Problem("front_matter_not_mapping", message, line=1, column_number=1)
        return FrontMatter(body=text, problems=_placed([*problems, not_mapping], opening, raw))
    return FrontMatter(form, opening, raw, closing, body, values, _placed(problems, opening, raw) if problems else [])


def _values(form: str, raw: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the mapping, or None where there is none, and problems with lines in `raw`."""
    try:
        value, problems = HANDLERS[form].read(raw)
    except ProblemError as error:
        if form == "yaml" and error.problem.code == "front_matter_invalid" and not _KEY_LINE.search(raw):
            # Prose between two rules, most likely: it is nobody's metadata, and it must not leave the body.
            return None, []
        value, problems = error.recovered, [error.problem, *error.notes]
    if value is None and not _has_content(raw):
        return {}, problems
    if type(value) is not dict:
        return None, []
    try:
        return _clean_mapping(value, problems, raw, 0), problems
    except ProblemError as error:
        return {}, [error.problem]


def _clean_mapping(mapping: dict[Any, Any], problems: list[Problem], raw: str, depth: int) -> dict[str, Any]:
    """Return the mapping with keys that are text, and texts that every store takes; bounded in depth."""
    if depth > MAX_DEPTH:
        raise ProblemError("front_matter_too_complex", f"nested deeper than {MAX_DEPTH} levels")
    cleaned = {}
    for key, value in mapping.items():
        name = key
        if type(key) is not str:
            name = flow_text(key)
            problems.append(Problem("key_not_text", f"the key {name[:80]!r} is no text; it is read as text"))
        elif not key.isascii() or "\0" in key:
            name = _NOT_STORABLE.sub("\ufffd", key)
        kind = type(value)
        if kind is str and value.isascii() and "\0" not in value and (value[4:5] != "-" or value[7:8] != "-"):
            cleaned[name] = value
        else:
            cleaned[name] = _clean_value(value, problems, raw, depth)
    return cleaned


def _clean_value(value: Any, problems: list[Problem], raw: str, depth: int) -> Any:
    kind = type(value)
    if kind is str:
        if value[4:5] == "-" and value[7:8] == "-" and is_impossible_date(value):
            line, column = fences.position_of(raw, max(raw.find(value), 0))
            message = f"{value!r} is no date that exists; it stays text"
            problems.append(Problem("invalid_date", message, line=line, column_number=column))
        return _NOT_STORABLE.sub("\ufffd", value)
    if kind is dict:
        return _clean_mapping(value, problems, raw, depth + 1)
    if kind is list:
        if depth > MAX_DEPTH:
            raise ProblemError("front_matter_too_complex", f"nested deeper than {MAX_DEPTH} levels")
        return [_clean_value(item, problems, raw, depth + 1) for item in value]
    if kind is int and value.bit_length() > 126:
        # Python refuses to spell out integers of over 4,300 digits: that takes time with their square.
        return str(value) if value.bit_length() < 10_000 else hex(value)
    if kind in (set, frozenset):
        # Sets have no order of their own, and the order of hashing changes from process to process.
        return _clean_mapping(dict.fromkeys(sorted(map(flow_text, value))), problems, raw, depth + 1)
    return list(value) if kind is tuple else value


def is_impossible_date(text: str) -> bool:
    """Say whether a text is spelled as an ISO date, with or without a time, that does not exist."""
    match = _ISO.match(text)
    if match is None or not text.isascii():
        return False
    try:
        date.fromisoformat(text[:10])
        if match[1]:
            hour, minute = int(match[1][:2]), int(match[1][3:5])
            second = int(match[1][6:8]) if match[1][5:6] == ":" else 0
            datetime(2000, 1, 1, 0 if (hour, minute, second) == (24, 0, 0) else hour, minute, min(second, 59))
            return second > 60
    except ValueError:
        return True
    return False


def _has_content(raw: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in raw.splitlines())


def _placed(problems: list[Problem], opening: str, raw: str) -> list[Problem]:
    """Move problems from their lines in the front matter to lines in the file, with that line as excerpt."""
    # Front matter that begins in the middle of a line (a JSON object) shifts the columns of its first line.
    offset, shift = (place - 1 for place in fences.position_of(opening, len(opening)))
    lines = fences.LINE_END.split(raw[:MAX_FRONT_MATTER_BYTES])
    placed = []
    for problem in problems[:MAX_PROBLEMS]:
        line = problem.line or 1
        column = (problem.column_number or 1) + (shift if line == 1 else 0)
        excerpt = lines[line - 1][:200] if line <= len(lines) else None
        placed.append(replace(problem, line=line + offset, column_number=column, excerpt=excerpt))
    return placed
