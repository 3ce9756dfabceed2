"""python-frontmatter's handlers for YAML, TOML and JSON, with our own split and load.

The library's split strips the body and folds line ends, and its load fails on keys of its own; so `split`
comes from `flows.extract.fences`, and `load` is bounded and says where it fails.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from frontmatter.default_handlers import BaseHandler

from flows.extract import fences
from flows.extract.limits import MAX_DEPTH
from flows.extract.recovery import recover_toml, recover_yaml
from flows.extract.yaml_events import read_events
from flows.extract.yaml_reader import read_yaml
from flows.problems import Problem, ProblemError

_TOML_POSITION = re.compile(r" *\(at (?:line (\d+), column (\d+)|end of document)\)$")
# The standard library takes time with the square of a dotted key's parts.
_LONG_DOTTED_KEY = re.compile(
    r"(?:^[ \t]*\[{0,2}|[{,])[ \t]*(?:(?:[\w-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*\.[ \t]*){100}", re.MULTILINE
)
_LONE_CR = re.compile(r"\r(?!\n)")
_DATE_OR_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d:\d\d(?:\.\d+)?"
)


class Handler(BaseHandler):
    """What the three share: `split` loses nothing, `load` returns a mapping or raises ProblemError."""

    FORMAT = "none"

    def detect(self, text: str) -> bool:
        """Say whether the text begins with front matter of this format."""
        return fences.split(text).format == self.FORMAT

    def split(self, text: str) -> tuple[str, str]:
        """Return front matter and body, both exact."""
        fenced = fences.split(text)
        return fenced.raw, fenced.body

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Return the mapping; raises ProblemError where there is none."""
        value, _problems = self.read(fm)
        if not isinstance(value, dict):
            raise ProblemError("front_matter_not_mapping", "the front matter is not a mapping")
        return value

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Return the value, None where there is none, and problems with lines and columns in `raw`.

        Raises ProblemError, with what could be recovered key by key.
        """
        raise NotImplementedError


class YamlHandler(Handler):
    """YAML 1.2, with the forgiveness the real world needs."""

    FORMAT = "yaml"
    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Read YAML; dates stay text as they are spelled."""
        try:
            return read_yaml(raw)
        except ProblemError as error:
            if error.problem.code == "front_matter_invalid":
                error.recovered, error.notes = recover_yaml(raw, read_yaml)
            raise


class TomlHandler(Handler):
    """TOML by the standard library."""

    FORMAT = "toml"
    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Read TOML; dates become text as they are spelled."""
        try:
            return _read_toml(raw)
        except ProblemError as error:
            if error.problem.code != "front_matter_invalid":
                raise
            recovered, notes = recover_toml(raw, _read_toml)
            if recovered and notes and all(note.code == "duplicate_key" for note in notes):
                return recovered, notes
            if recovered and not notes:
                return recovered, notes
            error.recovered = recovered
            error.notes = [note for note in notes if note.code != "front_matter_invalid"]
            raise


class JsonHandler(Handler):
    """JSON by the standard library; Hexo's `;;;` front matter may leave the braces out."""

    FORMAT = "json"
    FM_BOUNDARY = re.compile(r"^(?:;;;|---json)[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = ";;;"

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Read JSON; what is broken is read once more as YAML, which allows comments and trailing commas."""
        has_braces = raw.lstrip()[:1] != '"'
        text = raw if has_braces else "{" + raw + "}"
        try:
            return _read_json(text, raw) if raw.strip() else (None, [])
        except ProblemError as error:
            if not has_braces and error.problem.line == 1 and error.problem.column_number:
                error.problem = Problem(
                    "front_matter_invalid",
                    error.problem.message,
                    line=1,
                    column_number=error.problem.column_number - 1,
                )
            if error.problem.code == "front_matter_invalid":
                try:
                    value = read_events(re.sub(r"^[ \t]*//", "#", text, flags=re.MULTILINE).replace("\t", " "))[0]
                    error.recovered = value if isinstance(value, dict) else {}
                except ProblemError:
                    pass
            raise


def _read_toml(raw: str) -> tuple[Any, list[Problem]]:
    if raw.count(".") >= MAX_DEPTH and (long_key := _LONG_DOTTED_KEY.search(raw)):
        line, column = fences.position_of(raw, long_key.start())
        raise ProblemError("front_matter_too_complex", f"a key of over {MAX_DEPTH} parts", line, column)
    try:
        # TOML knows no lone CR; to everybody else it ends a line.
        value = tomllib.loads(_LONE_CR.sub("\n", raw) if "\r" in raw else raw)
        return _spell_dates(value, raw), []
    except RecursionError:
        raise ProblemError("front_matter_too_complex", "lists or tables are nested too deep") from None
    except ValueError as error:
        position = _TOML_POSITION.search(str(error))
        if position and position[1]:
            line, column = int(position[1]), int(position[2])
        else:
            line, column = fences.position_of(raw, len(raw) if position else 0)
        message = _TOML_POSITION.sub("", str(error))[:200]
        raise ProblemError("front_matter_invalid", message, line, column) from None


def _read_json(text: str, raw: str) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    place = raw.rfind(json.dumps(key, ensure_ascii=False))
                    line, column = fences.position_of(raw, max(place, 0))
                    message = f"the key {key[:80]!r} stands there again; the last value counts"
                    problems.append(Problem("duplicate_key", message, line=line, column_number=column))
                seen.add(key)
        return values

    try:
        return json.loads(text, object_pairs_hook=mapping, strict=False), problems
    except RecursionError:
        raise ProblemError("front_matter_too_complex", "lists or objects are nested too deep") from None
    except json.JSONDecodeError as error:
        raise ProblemError("front_matter_invalid", error.msg, error.lineno, error.colno) from None
    except ValueError as error:
        raise ProblemError("front_matter_invalid", str(error)[:200]) from None


def _spell_dates(value: Any, raw: str) -> Any:
    """Replace date and time objects by their spelling in `raw`."""
    spellings: dict[object, str] = {}

    def spell(item: Any) -> Any:
        if isinstance(item, dict):
            return {key: spell(member) for key, member in item.items()}
        if isinstance(item, list):
            return [spell(member) for member in item]
        if isinstance(item, (date, time)):
            if not spellings:
                spellings.update((_moment(text), text) for text in reversed(_DATE_OR_TIME.findall(raw)))
            return spellings.get(item, item.isoformat())
        return item

    return spell(value)


def _moment(text: str) -> object:
    kind: Any = time if text[2] == ":" else date if len(text) == 10 else datetime
    try:
        return kind.fromisoformat(text.upper())
    except ValueError:
        return None


HANDLERS: dict[str, Handler] = {handler.FORMAT: handler for handler in (YamlHandler(), TomlHandler(), JsonHandler())}
"""Format -> handler."""
