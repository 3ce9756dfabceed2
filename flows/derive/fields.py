"""Front matter as rows and as JSON.

Key paths: members of a mapping follow a dot (`author.name`), members of mappings in a list follow `[]`
(`authors[].name`). A part that is empty, holds a dot, a bracket, a quote or a backslash, or begins or ends
with white space is quoted as a JSON text: `"ms.date"` is one key, `ms.date` `date` in the mapping `ms`.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from flows.extract.front_matter import is_impossible_date

_NEEDS_QUOTES = re.compile(r'[.\[\]"\\\x00-\x1f]|^\s|\s\Z|^\Z')
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_DATETIME = re.compile(
    r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d(?::\d\d(?:\.\d*)?)?[ \t]*(?:[Zz]|[-+]\d\d?(?::?\d\d)?)?\Z"
)
_encode = msgspec.json.Encoder().encode
_new = tuple.__new__


class Field(NamedTuple):
    """One value of front matter.

    `position` counts from 0: among the items of the list it stands in or, for lists in lists, among the
    values of the same key path. It is None outside lists. `value` is None for lists, mappings and null.
    """

    key: str
    position: int | None
    type: str
    value: str | None


def field_rows(front_matter: dict[str, Any]) -> list[Field]:
    """Return a row per key path and value, in the order of the front matter."""
    rows: list[Field] = []
    for key, value in front_matter.items():
        _add(rows, _part(key), None, value, {})
    return rows


def front_matter_json(front_matter: dict[str, Any]) -> str:
    """Return front matter as JSON, keys in their order; NaN and the infinities are texts (`"NaN"`)."""
    try:
        text = _encode(front_matter).decode()
    except (OverflowError, ValueError, TypeError, msgspec.MsgspecError):
        return json.dumps(_finite(front_matter), ensure_ascii=False)
    # msgspec writes null for NaN and infinities.
    if "null" in text and (finite := _finite(front_matter)) != front_matter:
        return _encode(finite).decode()
    return text


@lru_cache(maxsize=4096)
def _part(key: str) -> str:
    """Return a key as a part of a path; documents of a collection have the same keys."""
    return json.dumps(key, ensure_ascii=False) if _NEEDS_QUOTES.search(key) else key


def _add(rows: list[Field], path: str, position: int | None, value: Any, counts: dict[str, int]) -> None:
    if type(value) is str:
        kind = "text"
        if len(value) >= 10 and value[0].isdigit() and value[4] == "-":
            kind = "date" if _DATE.match(value) else "datetime" if _DATETIME.match(value) else "text"
            if kind != "text" and is_impossible_date(value):
                kind = "text"
        rows.append(_new(Field, (path, position, kind, value)))
    elif type(value) is list:
        rows.append(_new(Field, (path, position, "list", None)))
        _add_items(rows, path, position, value, counts)
    elif type(value) is dict:
        rows.append(_new(Field, (path, position, "mapping", None)))
        inside = path + "." if position is None or path.endswith("]") else path + "[]."
        for key, member in value.items():
            _add(rows, inside + _part(key), position, member, counts)
    elif value is None:
        rows.append(_new(Field, (path, position, "null", None)))
    elif type(value) is bool:
        rows.append(_new(Field, (path, position, "boolean", "true" if value else "false")))
    elif type(value) is int:
        rows.append(_new(Field, (path, position, "integer", str(value))))
    else:
        rows.append(_new(Field, (path, position, "number", repr(value))))


def _add_items(rows: list[Field], path: str, position: int | None, items: list[Any], counts: dict[str, int]) -> None:
    if position is None:
        for place, item in enumerate(items):
            _add(rows, path, place, item, counts)
        return
    # A list in a list: its items run on under a path of their own.
    inside = path + "[]"
    for item in items:
        place = counts.get(inside, 0)
        counts[inside] = place + 1
        _add(rows, inside, place, item, counts)


def _finite(value: Any) -> Any:
    if type(value) is float and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if type(value) is dict:
        return {key: _finite(member) for key, member in value.items()}
    if type(value) is list:
        return [_finite(item) for item in value]
    return value
