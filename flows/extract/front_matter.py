"""A text and its parts: where the front matter is, what it says, and what was odd about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from flows.extract import fences
from flows.extract.handlers import HANDLERS, FrontMatterError
from flows.extract.limits import MAX_DEPTH, MAX_FRONT_MATTER_BYTES
from flows.extract.yaml_events import flow_text
from flows.problems import Problem

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KEY_LINE = re.compile(
    r"^[\"']?[^\W\d][\w .$/-]{0,60}[\"']?[ \t]*[:=：](?=\s|[\"'\[{]|[^\x00-\x7f]|\Z)", re.MULTILINE
)


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
    fenced = fences.split(text)
    parts = FrontMatter(
        fenced.format, fenced.opening, fenced.raw, fenced.closing, fenced.body, {}, list(fenced.problems)
    )
    if fenced.format == "none":
        return parts
    line_offset = fences.position_of(fenced.opening, len(fenced.opening))[0] - 1
    if len(fenced.raw) > MAX_FRONT_MATTER_BYTES // 4 and len(fenced.raw.encode()) > MAX_FRONT_MATTER_BYTES:
        message = f"{len(fenced.raw):,} characters of front matter; it is kept and not read"
        parts.problems.append(
            Problem("front_matter_too_large", message, line=line_offset + 1, column_number=1)
        )
        return parts
    try:
        value, problems = HANDLERS[fenced.format].read(fenced.raw)
        if value is None and not _has_content(fenced.raw):
            value = {}
        if isinstance(value, dict):
            value = clean(value, problems)
    except FrontMatterError as error:
        value, problems = {}, [error.problem]
        if error.problem.code == "front_matter_invalid" and not _KEY_LINE.search(fenced.raw):
            value = None
    if not isinstance(value, dict):
        message = "what stands between the fences has no keys; it stays in the body"
        not_mapping = Problem("front_matter_not_mapping", message, line=line_offset + 1, column_number=1)
        return FrontMatter(body=text, problems=[*fenced.problems, not_mapping])
    parts.values = value
    parts.problems += [_placed(problem, fenced.raw, line_offset) for problem in problems]
    return parts


def clean(mapping: dict[Any, Any], problems: list[Problem]) -> dict[str, Any]:
    """Return the mapping with keys that are text, no lone surrogates, no sets; bounded in depth."""
    return _clean_mapping(mapping, problems, 0)


def _clean_mapping(mapping: dict[Any, Any], problems: list[Problem], depth: int) -> dict[str, Any]:
    if depth > MAX_DEPTH:
        raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels", code="front_matter_too_complex")
    cleaned = {}
    for key, value in mapping.items():
        name = key
        if type(key) is not str:
            name = flow_text(key)
            problems.append(Problem("key_not_text", f"the key {name[:80]!r} is no text; it is read as text"))
        elif not key.isascii():
            name = _SURROGATE.sub("\ufffd", key)
        cleaned[name] = _clean_value(value, problems, depth)
    return cleaned


def _clean_value(value: Any, problems: list[Problem], depth: int) -> Any:
    kind = type(value)
    if kind is str:
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if kind is dict:
        return _clean_mapping(value, problems, depth + 1)
    if kind is list:
        if depth > MAX_DEPTH:
            raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels", code="front_matter_too_complex")
        return [_clean_value(item, problems, depth + 1) for item in value]
    if kind is int and value.bit_length() > 126:
        return hex(value)
    return value


def _has_content(raw: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in raw.splitlines())


def _placed(problem: Problem, raw: str, line_offset: int) -> Problem:
    """Move a problem from its line in the front matter to its line in the file, with that line as excerpt."""
    if problem.line is None:
        return replace(problem, line=line_offset + 1, column_number=1)
    lines = fences.LINE_END.split(raw)
    excerpt = lines[problem.line - 1][:200] if problem.line <= len(lines) else None
    return replace(problem, line=problem.line + line_offset, excerpt=excerpt)
