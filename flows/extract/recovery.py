"""What broken front matter still says: each top-level key is read on its own, and what fails stays text.

A document with one bad line keeps its title and its tags this way; the problem row says that it is broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flows.extract.limits import MAX_FORGIVING_BYTES
from flows.problems import Problem, ProblemError

_YAML_KEY = re.compile(
    r"(?P<key>\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s#\-\[\]{}&*!|>%@`\"',?:：][^:：\r\n]{0,200}?)[ \t]{0,40}"
    r"(?:(?P<colon>:)(?=\s|\Z|[\"'\[{]|[^\x00-\x7f])|(?P<wide>：))[ \t]*"
)
_TOML_START = re.compile(r"[ \t]*(?:\[\[?[^\[\]=]+\]\]?[ \t]*(?:#.*)?$|(?P<key>[\w\"'][\w.\"' -]{0,200}?)[ \t]{0,40}=)")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_TOML_DATE = re.compile(r"\d{4}-\d\d-\d\d")
MAX_PIECES = 2000

Read = Callable[[str], tuple[Any, list[Problem]]]


def recover_yaml(raw: str, read: Read) -> tuple[dict[str, Any], list[Problem]]:
    """Return what can be read of broken YAML, key by key, and notes on how."""
    values: dict[str, Any] = {}
    notes: list[Problem] = []
    for line, original in _pieces(raw, _YAML_KEY):
        piece = original
        start = _YAML_KEY.match(piece)
        if start is None:
            continue
        if start["wide"]:
            message = "a full-width colon follows the key; it is read as a colon and a space"
            notes.append(Problem("full_width_colon", message, line=line, column_number=start.start("wide") + 1))
            piece = f"{start['key']}: {piece[start.end() :]}"
            start = _YAML_KEY.match(piece) or start
        elif not piece[start.end("colon")].isspace():
            piece = f"{start['key']}: {piece[start.end() :]}"
        value = _yaml_piece(piece, piece[start.end() : start.end() + 1], read)
        if value is None:
            rest = " ".join(part.strip() for part in piece[start.end() :].splitlines())
            value = {_unquoted(start["key"]): _unquoted(rest.strip())}
        _merge(values, value, notes, line)
    return values, notes


def recover_toml(raw: str, read: Read) -> tuple[dict[str, Any], list[Problem]]:
    """Return what can be read of broken TOML, statement by statement, and notes on how.

    Duplicate keys and impossible dates are noted as such; only other failures leave a front_matter_invalid.
    """
    values: dict[str, Any] = {}
    notes: list[Problem] = []
    header = ""
    for line, piece in _pieces(raw, _TOML_START):
        start = _TOML_START.match(piece)
        if start is None or not start["key"]:
            header = piece if piece.lstrip().startswith("[") else header
        try:
            value = read(header + piece if start and start["key"] else piece)[0]
        except ProblemError as error:
            if start is None or not start["key"]:
                notes.append(Problem("front_matter_invalid", error.problem.message, line=line, column_number=1))
                continue
            rest = piece[start.end() :].split("#")[0].strip()
            value = {start["key"].strip(): _unquoted(rest)}
            # The check of all values finds the impossible date and notes it.
            if not _TOML_DATE.match(rest):
                notes.append(Problem("front_matter_invalid", error.problem.message, line=line, column_number=1))
            if header:
                name = header.strip().strip("[]").strip()
                value = {name: value}
        _merge(values, value, notes, line)
    return values, notes


def _pieces(raw: str, start: re.Pattern[str]) -> list[tuple[int, str]]:
    """Cut a text into pieces that begin where a key does; return them with their first line."""
    pieces: list[tuple[int, list[str]]] = []
    if len(raw) > MAX_FORGIVING_BYTES:
        return []
    for number, line in enumerate(_LINES.findall(raw), start=1):
        if start.match(line):
            if len(pieces) == MAX_PIECES:
                break
            pieces.append((number, [line]))
        elif pieces:
            pieces[-1][1].append(line)
    return [(number, "".join(lines)) for number, lines in pieces]


def _yaml_piece(piece: str, first: str, read: Read) -> dict[str, Any] | None:
    """Read one key and its value, with its tabs as spaces or its bracket or quote closed if need be."""
    closing = {"[": "]", "{": "}", '"': '"', "'": "'"}.get(first, "")
    for attempt in (
        piece,
        piece.replace("\t", "  ") if "\t" in piece else "",
        closing and piece.rstrip() + closing,
    ):
        try:
            value = read(attempt)[0] if attempt else None
        except ProblemError:
            continue
        if isinstance(value, dict):
            return value
    return None


def _merge(values: dict[str, Any], more: dict[str, Any], notes: list[Problem], line: int) -> None:
    for key, value in more.items():
        known = values.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value, notes, line)
        elif isinstance(known, list) and isinstance(value, list) and value and isinstance(value[0], dict):
            known += value
        else:
            if key in values:
                message = f"the key {str(key)[:80]!r} stands there again; the last value counts"
                notes.append(Problem("duplicate_key", message, line=line, column_number=1))
            values[key] = value


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
