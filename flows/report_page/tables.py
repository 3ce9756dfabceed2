"""Values of the store as text on the page: numbers, dates, lists, and the language each text is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

LONGEST_TEXT = 300
MISSING = "–"

_KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Browsers drop or replace these; their pictures show that something is there.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: 0x2421}
# Short words, which stay on one line.
_NAMES = ("run_id", "change", "code", "severity", "kind", "type", "drift", "measure", "found_in", "missing_in")
_SHARES = ("share", "similarity")
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")
_LANGUAGE_OF_NAME = {"name_en": "en", "name_zh": "zh-Hans"}


class Cell(NamedTuple):
    """One cell: its text, what it sorts by if not its text, its language if known, and its kind."""

    text: str
    sort: str
    language: str
    kind: str


def kind_of(name: str, sql_type: str) -> str:
    """Return how a column is shown: share, number, time, paths, list, title, path, name or text."""
    if name in _SHARES or name.endswith("_share"):
        return "share"
    if sql_type.endswith("]"):
        return "paths" if name in ("examples", "paths") else "list"
    if any(part in sql_type.split("(", 1)[0] for part in _NUMBERS):
        return "number"
    if sql_type.startswith(("DATE", "TIMESTAMP")):
        return "time"
    if name in _NAMES or name.endswith(("source", "language")):
        return "name"
    if name.endswith(("title", "message")):
        return "title"
    return "path" if name.endswith(("path", "url")) else "text"


def cells(
    names: Sequence[str], kinds: Sequence[str], row: Sequence[Any], languages: dict[str, str], hidden: Sequence[str]
) -> Iterator[Cell]:
    """Yield the cells of one row; those of `hidden` columns only say which language others are in."""
    values = dict(zip(names, row, strict=True))
    for name, kind in zip(names, kinds, strict=True):
        if name not in hidden:
            stated = values.get(languages.get(name, "")) or _LANGUAGE_OF_NAME.get(name)
            yield cell(values[name], kind, stated)


def cell(value: Any, kind: str, stated_language: str | None = None) -> Cell:
    """Return a value as a cell; None and empty lists are shown as missing."""
    if value is None or value in ("", [], {}):
        return Cell(MISSING, "", "", f"{kind} missing")
    if kind == "share":
        return Cell(f"{value:.1%}", str(value), "", kind)
    if kind == "number":
        return Cell(number(value), str(value), "", kind)
    text = "\n".join(map(plain, value)) if kind == "paths" else plain(value)
    language = stated_language if stated_language and stated_language != "und" else language_of(text)
    return Cell(text, "", language if language != "en" else "", kind)


def number(value: float | Decimal) -> str:
    """Return a number with thousands set apart and no more than three significant decimals."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if float(value) >= 100 else f"{value:.3g}"


def moment(value: date) -> str:
    """Return a date, or a moment to the minute, in ISO order; midnight is what days without a time have."""
    has_time = isinstance(value, datetime) and bool(value.hour or value.minute or value.second)
    return f"{value:%Y-%m-%d %H:%M}" if has_time else f"{value:%Y-%m-%d}"


def plain(value: Any) -> str:
    """Return a text, list or mapping as one line of text, cut where nobody reads on."""
    if isinstance(value, (list, tuple)):
        text = ", ".join(map(plain, value))
    elif isinstance(value, dict):
        text = ", ".join(f"{key} {plain(each)}" for key, each in value.items())
    elif isinstance(value, date):
        text = moment(value)
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, (int, float, Decimal)):
        text = number(value)
    else:
        text = str(value).translate(_CONTROLS)
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rstrip()}…"


def language_of(text: str) -> str:
    """Return the language whose glyphs a text wants, by its script: ja, ko, zh, or nothing where any font will do."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    return "zh" if _HAN.search(text) else ""
