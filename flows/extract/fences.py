"""Where front matter begins and ends in a text.

The four parts of a split always add up to the text. Lines end with LF, CRLF or CR; nothing else (U+2028, form
feed) ends a line here, whatever `str.splitlines` thinks.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from flows.extract.limits import MAX_FRONT_MATTER_BYTES
from flows.problems import Problem

LINE_END = re.compile(r"\r\n|\n|\r")
_BLANK = " \t\f\v\u00a0\u3000\ufeff\r\n"
_OPENING = re.compile(r"(---|\+\+\+|;;;)[ \t]*(yaml|yml|toml|json)?[ \t]*(?:\r\n|\n|\r|\Z)", re.IGNORECASE)
_CLOSING = {
    "---": re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"),
    "--- other": re.compile(r"[\r\n]---[ \t]*(?:\r\n|\n|\r|\Z)"),
    "+++": re.compile(r"[\r\n]\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)"),
    ";;;": re.compile(r"[\r\n];;;[ \t]*(?:\r\n|\n|\r|\Z)"),
}
_LINE_END_OR_BLANK = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")
_JSON_OPENING = re.compile(r'\{[ \t]*(?:[\r\n]\s*["}]|"|\}[ \t]*(?:[\r\n]|\Z))')
_JSON_LAST_LINE = re.compile(r"[\r\n]\}[ \t]*(?=\r\n|\n|\r|\Z)")
_ALMOST_FENCE = re.compile(
    r"(?:[ \t]+(?:---|\+\+\+)|-{4,}|\+{4,}|--|—+|–+|−{3,}|---[ \t]*[\w#:][^\r\n]{0,40})[ \t]*(?:\r\n|\n|\r)"
    r"(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*[\"']?[\w$][\w .$/-]{0,60}[\"']?[ \t]*[:=：](?=\s|[\"'\[{]|[^\x00-\x7f])"
)
_BARE_MAPPING = re.compile(
    r"(?:title|layout|date|tags|author|categories)[ \t]*:[ \t][^\r\n]*(?:\r\n|\n|\r)"
    r"(?:[\w-]+[ \t]*:[^\r\n]*(?:\r\n|\n|\r)|[ \t]*-[ \t][^\r\n]*(?:\r\n|\n|\r)){0,50}---[ \t]*(?:[\r\n]|\Z)",
    re.IGNORECASE,
)
_JSON = json.JSONDecoder(strict=False)
_MARK_FORMATS = {"---": "yaml", "+++": "toml", ";;;": "json"}


class Fenced(NamedTuple):
    """A text in four parts: opening + raw + closing + body. `format` is yaml, toml, json or none."""

    format: str
    opening: str
    raw: str
    closing: str
    body: str
    problems: tuple[Problem, ...] = ()


def split(text: str) -> Fenced:
    """Cut a text into opening fence, front matter, closing fence and body; total for every text."""
    start = _after_blank_lines(text)
    first = text[start : start + 1]
    if first in "-+;" and (opening := _OPENING.match(text, start)):
        return _split_fenced(text, start, opening)
    if first == "{" and _JSON_OPENING.match(text, start):
        return _split_object(text, start)
    if first == "<" and text.startswith("<<<<<<< ", start):
        line, _ = position_of(text, start)
        message = "an unresolved merge begins before any front matter; the whole text is body"
        return _all_body(text, Problem("merge_conflict", message, line=line, column_number=1))
    if first and (_ALMOST_FENCE.match(text, start) or _BARE_MAPPING.match(text, start)):
        message = "this is no fence of exactly three marks at the start of a line, though a mapping follows"
        line, column = position_of(text, start)
        return _all_body(text, Problem("suspicious_fence", message, line=line, column_number=column))
    return _all_body(text)


def _after_blank_lines(text: str) -> int:
    """Return where the first line begins that is not blank; a byte order mark within the text is blank, too."""
    if text[:1] not in _BLANK:
        return 0
    content = len(text) - len(text.lstrip(_BLANK))
    start = max(text.rfind("\n", 0, content), text.rfind("\r", 0, content)) + 1
    return start + (text[start : start + 1] == "\ufeff")


def position_of(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of a place in a text."""
    line, last = 1, 0
    for end in LINE_END.finditer(text, 0, index):
        line, last = line + 1, end.end()
    return line, index - last + 1


def _all_body(text: str, *problems: Problem) -> Fenced:
    return Fenced("none", "", "", "", text, problems)


def _split_fenced(text: str, start: int, opening: re.Match[str]) -> Fenced:
    mark, hint = opening.group(1), (opening.group(2) or "").lower()
    front_format = "yaml" if hint == "yml" else hint or _MARK_FORMATS[mark]
    closings = _CLOSING["--- other"] if mark == "---" and front_format != "yaml" else _CLOSING[mark]
    # The search begins at the last character of the opening's line end, so that empty front matter is found.
    is_line = text[opening.end() - 1] in "\r\n"
    closing = closings.search(text, opening.end() - 1) if is_line else None
    if closing is None:
        line, _ = position_of(text, start)
        message = f"the fence {mark} in line {line} is never closed; the whole text is body"
        return _all_body(text, Problem("front_matter_unclosed", message, line=line, column_number=1))
    # A CRLF may end the front matter's last line: the closing fence begins after the whole of it.
    raw_end = closing.start() + 1
    raw, fence = text[opening.end() : raw_end], text[raw_end : closing.end()]
    return Fenced(front_format, text[: opening.end()], raw, fence, text[closing.end() :])


def _split_object(text: str, start: int) -> Fenced:
    """Split a text that begins with a JSON object; the object is the front matter, braces included."""
    try:
        # What is longer than any front matter that is read need not be parsed to find its last line.
        end = start + _JSON.raw_decode(text[start : start + MAX_FRONT_MATTER_BYTES])[1]
    except (ValueError, RecursionError):
        last_line = _JSON_LAST_LINE.search(text, start)
        if last_line is None:
            line, _ = position_of(text, start)
            message = "the JSON object at the start is broken and has no last line `}`; the whole text is body"
            return _all_body(text, Problem("front_matter_unclosed", message, line=line, column_number=1))
        end = last_line.start() + 2
    rest = _LINE_END_OR_BLANK.match(text, end)
    if rest is None:
        return _all_body(text)
    return Fenced("json", text[:start], text[start:end], text[end : rest.end()], text[rest.end() :])
