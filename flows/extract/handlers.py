"""python-frontmatter's handlers for YAML, TOML and JSON, with our own split and load.

The library's split strips the body and folds line ends, and its load fails on keys it uses itself, so `split`
comes from `flows.extract.fences` and `load` is bounded and says where it fails. `read` also tells what was odd.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Any

import yaml_rs
from frontmatter.default_handlers import BaseHandler

from flows.extract import fences
from flows.extract.limits import MAX_EXPANDED_CHARACTERS
from flows.extract.yaml_events import TooComplexError, YamlError, read_events
from flows.problems import Problem

_RS_POSITION = re.compile(r"YAML parse error at line (\d+), column (\d+)")
_RS_LIMITS = re.compile(r"limit exceeded|recursion|depth", re.IGNORECASE)
# What yaml-rs reads otherwise than we promise: merge keys, tags, `1_000` and `0b1` as numbers. Indentation and
# chains of indicators that could nest deeper than its stack holds go to the bounded reader as well.
_NEEDS_EVENTS = re.compile(
    r"^[ \t]*(?:- )*[\"']?<<[\"']?[ \t]*:|[{,][ \t]*<<[ \t]*:|(?:^|[\s\[{,:-])![^\s=]*(?=[\s,\]}])|(?<![\w.])[-+]?\d+_\d"
    r"|(?<![\w.])0b[01]|(?:[-?:][ \t]+){24}|^ {200}",
    re.MULTILINE,
)
_TOML_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)$")
_TOML_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[-+]\d\d:\d\d)?)?|\d\d:\d\d:\d\d(?:\.\d+)?"
)


class FrontMatterError(ValueError):
    """The front matter breaks its format's rules; `problem` has line and column within it, from 1."""

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, code: str = ""
    ) -> None:
        super().__init__(message)
        self.problem = Problem(code or "front_matter_invalid", message, line=line, column_number=column)


class Handler(BaseHandler):  # type: ignore[misc]  # the library ships no types
    """What the three share: `split` loses nothing, `load` returns a mapping or raises FrontMatterError."""

    FORMAT = "none"

    def detect(self, text: str) -> bool:
        """Say whether the text begins with front matter of this format."""
        return fences.split(text).format == self.FORMAT

    def split(self, text: str) -> tuple[str, str]:
        """Return front matter and body, both exact."""
        fenced = fences.split(text)
        return fenced.raw, fenced.body

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Return the mapping; raises FrontMatterError where there is none."""
        value, _problems = self.read(fm)
        if not isinstance(value, dict):
            raise FrontMatterError("the front matter is not a mapping", code="front_matter_not_mapping")
        return value

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Return the value (None where there is none) and problems; raises FrontMatterError."""
        raise NotImplementedError


class YamlHandler(Handler):
    """YAML 1.2 by yaml-rs; where that cannot tell enough or says no, by PyYAML's events."""

    FORMAT = "yaml"
    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Read YAML; dates stay text as they are spelled."""
        if _NEEDS_EVENTS.search(raw):
            return self._read_events(raw)
        try:
            # The longest scalar may be repeated by each alias: the longer the text, the fewer aliases are safe.
            limits = yaml_rs.AliasLimits(
                max_total_replayed_events=MAX_EXPANDED_CHARACTERS // (len(raw) + 100)
            )
            value = yaml_rs.loads(raw, parse_datetime=False, alias_limits=limits)
        except yaml_rs.YAMLDecodeError as error:
            return self._read_again(raw, str(error))
        return value, []

    def _read_events(self, raw: str) -> tuple[Any, list[Problem]]:
        try:
            return read_events(raw)
        except TooComplexError as error:
            raise FrontMatterError(
                error.message, error.line, error.column_number, "front_matter_too_complex"
            ) from None
        except YamlError as error:
            raise FrontMatterError(error.message, error.line, error.column_number) from None

    def _read_again(self, raw: str, message: str) -> tuple[Any, list[Problem]]:
        """Let PyYAML have its say on what yaml-rs refused."""
        position = _RS_POSITION.match(message)
        line, column = (int(position[1]), int(position[2])) if position else (None, None)
        reason = message.rsplit("\n", 1)[-1][:200]
        try:
            value, problems = read_events(raw)
        except TooComplexError as error:
            raise FrontMatterError(
                error.message, error.line, error.column_number, "front_matter_too_complex"
            ) from None
        except YamlError as error:
            raise FrontMatterError(reason, line or error.line, column or error.column_number) from None
        if position:
            note = f"YAML 1.2 says no ({reason}); read as forgivingly as YAML 1.1 does"
            problems.append(Problem("front_matter_lenient", note, line=line, column_number=column))
        return value, problems


class TomlHandler(Handler):
    """TOML by the standard library; dates become text as they are spelled."""

    FORMAT = "toml"
    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Read TOML."""
        try:
            # TOML knows no lone CR; to the rest of us it ends a line.
            value = tomllib.loads(re.sub(r"\r(?!\n)", "\n", raw) if "\r" in raw else raw)
        except RecursionError:
            raise FrontMatterError("nested too deep", code="front_matter_too_complex") from None
        except ValueError as error:
            position = _TOML_POSITION.search(str(error))
            line, column = (int(position[1]), int(position[2])) if position else (None, None)
            raise FrontMatterError(_TOML_POSITION.sub("", str(error)).strip()[:200], line, column) from None
        return spell_dates(value, raw), []


class JsonHandler(Handler):
    """JSON by the standard library; Hexo's `;;;` front matter may leave the braces out."""

    FORMAT = "json"
    FM_BOUNDARY = re.compile(r"^(?:;;;|---json)[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = ";;;"

    def read(self, raw: str) -> tuple[Any, list[Problem]]:
        """Read JSON."""
        problems: list[Problem] = []
        if not raw.strip():
            return None, []
        bare = raw.lstrip()[:1] == '"'

        def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            result = dict(pairs)
            if len(result) < len(pairs):
                seen: set[str] = set()
                for key, _ in pairs:
                    if key in seen:
                        message = f"the key {key[:80]!r} stands there again; the last value counts"
                        problems.append(Problem("duplicate_key", message))
                    seen.add(key)
            return result

        try:
            value = json.loads("{" + raw + "}" if bare else raw, object_pairs_hook=mapping, strict=False)
        except RecursionError:
            raise FrontMatterError("nested too deep", code="front_matter_too_complex") from None
        except json.JSONDecodeError as error:
            column = error.colno - (1 if bare and error.lineno == 1 else 0)
            raise FrontMatterError(error.msg, error.lineno, column) from None
        except ValueError as error:
            raise FrontMatterError(str(error)[:200]) from None
        return value, problems


def spell_dates(value: Any, raw: str) -> Any:
    """Replace date and time objects by their spelling in `raw`."""
    spellings: dict[object, str] | None = None

    def spell(item: Any) -> Any:
        nonlocal spellings
        if isinstance(item, dict):
            return {key: spell(member) for key, member in item.items()}
        if isinstance(item, list):
            return [spell(member) for member in item]
        if isinstance(item, (date, time)):
            if spellings is None:
                spellings = {_moment(text): text for text in reversed(_TOML_DATE.findall(raw))}
            return spellings.get(item, item.isoformat())
        return item

    return spell(value)


def _moment(text: str) -> object:
    kind: Any = time if text[2] == ":" else date if len(text) == 10 else datetime
    try:
        return kind.fromisoformat(text.upper())
    except ValueError:
        return None


HANDLERS: dict[str, Handler] = {
    handler.FORMAT: handler for handler in (YamlHandler(), TomlHandler(), JsonHandler())
}
"""Format -> handler."""
