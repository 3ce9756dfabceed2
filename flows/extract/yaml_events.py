"""YAML by PyYAML's events: slower than yaml-rs, and it tells more.

It knows the line of every key, keeps the spelling of keys, merges `<<`, forgives what readers of YAML 1.1
forgive, and is bounded: no object is constructed, depth and copies through aliases are counted. Plain scalars
mean what YAML 1.2's core schema says.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from flows.extract.limits import MAX_DEPTH, MAX_EXPANDED_CHARACTERS, MAX_EXPANDED_VALUES, MAX_PROBLEMS
from flows.problems import Problem, ProblemError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL_OR_HEXADECIMAL = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)\Z")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_KNOWN_TAGS = {
    _CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq", "set", "omap", "pairs")
} | {_CORE + name for name in ("binary", "timestamp", "merge", "value")}
MAX_INTEGER_DIGITS = 38


class _Node(NamedTuple):
    value: Any
    values: int
    characters: int
    spelling: str | None
    line: int
    column_number: int


def plain_scalar(text: str) -> Any:
    """Return what a plain scalar means in YAML 1.2's core schema; integers of over 38 digits stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.match(text):
        return int(text) if len(text) <= MAX_INTEGER_DIGITS else text
    if _OCTAL_OR_HEXADECIMAL.match(text):
        return int(text, 0) if len(text) <= MAX_INTEGER_DIGITS else text
    if _FLOAT.match(text):
        return float(text) if len(text) <= 1000 else text
    if infinite := _INFINITE.match(text):
        return float(infinite.group(1) + "inf")
    return float("nan") if text in {".nan", ".NaN", ".NAN"} else text


def read_events(text: str) -> tuple[Any, list[Problem]]:
    """Read one YAML document; return its value and problems with lines and columns in `text`.

    Raises ProblemError: front_matter_invalid, or front_matter_too_complex where limits are passed.
    """
    try:
        return _Reader(text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = error.problem or error.context or "not YAML"
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise ProblemError("front_matter_invalid", message, line, column) from None
    except yaml.YAMLError as error:
        raise ProblemError("front_matter_invalid", str(error).splitlines()[0]) from None


class _Reader:
    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=_Loader)
        self._anchors: dict[str, _Node | None] = {}
        self._problems: list[Problem] = []
        self._expanded_values = self._expanded_characters = 0

    def document(self) -> tuple[Any, list[Problem]]:
        value, documents = None, 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise ProblemError("front_matter_invalid", "a second YAML document begins here", *_place(event))
                value = self._node(next(self._events), 0).value
        return value, self._problems

    def _node(self, event: Any, depth: int) -> _Node:
        line, column = _place(event)
        if depth > MAX_DEPTH:
            raise ProblemError("front_matter_too_complex", f"nested deeper than {MAX_DEPTH} levels", line, column)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor, line, column)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, line, column)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, depth, line, column)
        else:
            node = self._mapping(event, depth, line, column)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, anchor: str | None, line: int, column: int) -> _Node:
        node = self._anchors.get(anchor or "")
        if node is None:
            state = "stands inside what it names" if anchor in self._anchors else "names nothing before it"
            raise ProblemError("front_matter_invalid", f"the alias *{anchor} {state}", line, column)
        self._expanded_values += node.values
        self._expanded_characters += node.characters
        if self._expanded_values > MAX_EXPANDED_VALUES or self._expanded_characters > MAX_EXPANDED_CHARACTERS:
            raise ProblemError(
                "front_matter_too_complex", "aliases grow the front matter beyond what is safe", line, column
            )
        return node._replace(line=line, column_number=column)

    def _scalar(self, event: Any, line: int, column: int) -> _Node:
        text, tag = event.value, event.tag
        if event.implicit[0]:
            value = plain_scalar(text)
        else:
            value = text
            if tag in (_CORE + "int", _CORE + "float", _CORE + "bool", _CORE + "null"):
                value = plain_scalar(text)
            elif tag and tag != "!":
                self._check_tag(tag, line, column)
        return _Node(value, 1, len(text), text, line, column)

    def _sequence(self, event: Any, depth: int, line: int, column: int) -> _Node:
        self._check_tag(event.tag, line, column)
        items, values, characters = [], 1, 0
        for item in self._events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            node = self._node(item, depth + 1)
            items.append(node.value)
            values, characters = values + node.values, characters + node.characters
        return _Node(items, values, characters, None, line, column)

    def _mapping(self, event: Any, depth: int, line: int, column: int) -> _Node:
        self._check_tag(event.tag, line, column)
        mapping: dict[str, Any] = {}
        merged: list[Any] = []
        values, characters = 1, 0
        for key_event in self._events:
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            key, node = self._node(key_event, depth + 1), self._node(next(self._events), depth + 1)
            values += key.values + node.values
            characters += key.characters + node.characters
            if key.value == "<<" and isinstance(key_event, yaml.ScalarEvent) and key_event.implicit[0]:
                merged += node.value if isinstance(node.value, list) else [node.value]
                continue
            name = self._key_text(key)
            if name in mapping:
                message = f"the key {name[:80]!r} stands there again; the last value counts"
                self._problems.append(Problem("duplicate_key", message, line=key.line, column_number=key.column_number))
            mapping[name] = node.value
        for source in merged:
            if isinstance(source, dict):
                mapping = {**source, **mapping}
        return _Node(mapping, values, characters, None, line, column)

    def _key_text(self, key: _Node) -> str:
        if isinstance(key.value, str):
            return key.value
        name = key.spelling if key.spelling is not None else flow_text(key.value)
        message = f"the key {name[:80]!r} is no text; it is read as text"
        self._problems.append(Problem("key_not_text", message, line=key.line, column_number=key.column_number))
        return name

    def _note(self, problem: Problem) -> None:
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(problem)

    def _check_tag(self, tag: str | None, line: int, column: int) -> None:
        if not tag or tag in _KNOWN_TAGS or tag == "!":
            return
        # YAML reserves its own namespace: a name it does not define is an error, a local tag is just unknown.
        code = "front_matter_invalid" if tag.startswith(_CORE) else "unknown_tag"
        message = f"the tag {tag[:80]} means nothing here; its value is read without it"
        self._note(Problem(code, message, line=line, column_number=column))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def flow_text(value: Any) -> str:
    """Spell a value that serves as a key the way YAML's flow style does."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow_text(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, frozenset):
        # yaml-rs gives a mapping that is a key as the set of its pairs; a set's order changes between processes.
        return "{" + ", ".join(sorted(": ".join(map(flow_text, pair)) for pair in value)) + "}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
