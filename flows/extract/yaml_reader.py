"""YAML front matter: yaml-rs reads it, PyYAML's events read what yaml-rs cannot tell apart or refuses.

Dates stay text as they are spelled, since nothing here makes objects of them.
"""

from __future__ import annotations

import re
from typing import Any

import yaml_rs

from flows.extract.limits import MAX_EXPANDED_CHARACTERS
from flows.extract.yaml_events import read_events
from flows.problems import Problem, ProblemError

_POSITION = re.compile(r"YAML parse error at line (\d+), column (\d+)")
_MERGE_KEY = re.compile(r"(?:^|[{,\s])[\"']?<<[\"']?[ \t]*:")
_TAG = re.compile(r"(?:^|[\s\[{,])![^\s=]*(?=[\s,\]}]|\Z)")
# yaml-rs takes these for numbers; in YAML 1.2 they are text.
_FALSE_NUMBER = re.compile(
    r"(?<=[\s\[,{])(?:[-+]?[\d.]*_[\d._]*|(?:[-+]0[xo]|0[XOb])[\da-fA-F_]+|0[xo][\da-fA-F]*_[\da-fA-F_]*)(?=[\s,\]}:]|\Z)"
)
# yaml-rs recurses: chains of indicators and deep indentation, in texts long enough to exhaust a stack.
_LONG_ENOUGH_TO_NEST = 4000
_MAY_NEST_DEEP = re.compile(r"(?:[-?:][ \t]+(?:[&!]\S*[ \t]+)*){16}|^[ \t-]{120}", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$|^={7}[ \t]*$", re.MULTILINE)
_TEMPLATE_LINE = re.compile(r"^(?:\{%|<%|\{\{).*(?:%\}|%>|\}\})[ \t]*$", re.MULTILINE)
_TEMPLATE_VALUE = re.compile(
    r"^([ \t]*(?:-[ \t]+){0,20}(?:[^\s\"'#{\[][^:\r\n]{0,200}:[ \t]+)?)((?:\{\{|\{%)[^\r\n]*)$", re.MULTILINE
)
_TEMPLATE_ITEM = re.compile(r"(?<=[\[,])([ \t]*)(\{\{[^{}\r\n]*\}\})(?=[ \t]*[,\]])")
_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def read_yaml(raw: str) -> tuple[Any, list[Problem]]:
    """Return the value of one YAML document and problems with lines and columns in `raw`.

    Raises ProblemError with front_matter_invalid or front_matter_too_complex.
    """
    problems: list[Problem] = []
    text = _without_conflicts(raw, problems) if "<<<<<<<" in raw else raw
    if _CONTROL.search(text):
        text = _CONTROL.sub("\ufffd", text)
    if "\\u" in text and (lone := _LONE_SURROGATE.search(text)):
        line = text.count("\n", 0, lone.start()) + 1
        message = f"{lone.group()} is half a character; it is read as U+FFFD"
        problems.append(Problem("bytes_replaced", message, line=line, column_number=1))
        text = _LONE_SURROGATE.sub(r"\\ufffd", text)
    try:
        value, more = _read(text)
        has_template = "{{" in text and _has_compound_key(value)
    except ProblemError as error:
        has_template, more, value = "{{" in text or "{%" in text or "<%" in text, [], None
        if not has_template or error.problem.code != "front_matter_invalid":
            raise
    if has_template:
        text = _without_templates(text, problems)
        value, more = _read(text)
    return value, problems + more


def _read(text: str) -> tuple[Any, list[Problem]]:
    if len(text) > _LONG_ENOUGH_TO_NEST and _MAY_NEST_DEEP.search(text):
        return read_events(text)
    try:
        # The longest scalar may be repeated by each alias: the longer the text, the fewer aliases are safe.
        limits = yaml_rs.AliasLimits(max_total_replayed_events=MAX_EXPANDED_CHARACTERS // (len(text) + 100))
        value = yaml_rs.loads(text, parse_datetime=False, alias_limits=limits)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # Rust's panics are no Exception; unhashable keys are a TypeError.
        return _read_again(text, str(error))
    # More than one document comes as a list, too.
    may_be_documents = type(value) is list and "---" in text
    if may_be_documents or _needs_events(text) or (type(value) is dict and any(type(key) is not str for key in value)):
        try:
            return read_events(text)
        except ProblemError as error:
            if may_be_documents or error.problem.code != "front_matter_invalid":
                raise
    return value, []


def _needs_events(text: str) -> bool:
    """Say whether the text holds what yaml-rs reads otherwise than promised."""
    return bool(
        ("!" in text and _TAG.search(text))
        or ("<<" in text and _MERGE_KEY.search(text))
        or (("_" in text or "0" in text) and _FALSE_NUMBER.search(text))
    )


def _read_again(text: str, message: str) -> tuple[Any, list[Problem]]:
    """Let PyYAML have its say on what yaml-rs refused."""
    position = _POSITION.match(message)
    line, column = (int(position[1]), int(position[2])) if position else (None, None)
    reason = message.rsplit("\n", 1)[-1][:200]
    try:
        value, problems = read_events(text)
    except ProblemError as error:
        if error.problem.code != "front_matter_invalid" or not position:
            raise
        raise ProblemError("front_matter_invalid", reason, line, column) from None
    if position:
        note = f"YAML 1.2 says no ({reason}); read as forgivingly as YAML 1.1 is"
        problems.append(Problem("front_matter_lenient", note, line=line, column_number=column))
    return value, problems


def _has_compound_key(value: Any) -> bool:
    if type(value) is dict:
        return any(type(key) is frozenset or _has_compound_key(member) for key, member in value.items())
    return type(value) is list and any(map(_has_compound_key, value))


def _without_conflicts(raw: str, problems: list[Problem]) -> str:
    """Make comments of merge marks: both sides are read, and the later one counts."""
    first = _CONFLICT.search(raw)
    if first is None:
        return raw
    line = raw.count("\n", 0, first.start()) + 1
    message = "an unresolved merge; both sides are read, the later one counts"
    problems.append(Problem("merge_conflict", message, line=line, column_number=1))
    return _CONFLICT.sub(lambda mark: "#" + mark.group()[1:], raw)


def _without_templates(text: str, problems: list[Problem]) -> str:
    """Make texts of template placeholders that stand as values, and comments of lines that are statements."""

    def note(match: re.Match[str]) -> None:
        if len(problems) < 20:
            message = f"the template placeholder {match.group().strip()[-80:]!r} is read as text"
            line = text.count("\n", 0, match.start()) + 1
            problems.append(Problem("template_placeholder", message, line=line, column_number=1))

    def comment(match: re.Match[str]) -> str:
        note(match)
        return "#" + match.group()[1:]

    def quote(match: re.Match[str]) -> str:
        note(match)
        comment_at = match[2].find(" #", max(match[2].rfind("}}"), match[2].rfind("%}"), 0))
        value, rest = (match[2], "") if comment_at < 0 else (match[2][:comment_at], match[2][comment_at:])
        quoted = value.rstrip().replace("'", "''")
        return f"{match[1]}'{quoted}'{rest}"

    text = _TEMPLATE_LINE.sub(comment, text)
    text = _TEMPLATE_VALUE.sub(quote, text)
    return _TEMPLATE_ITEM.sub(quote, text)
