"""Our own lists of names: organisations and people, places, demonyms; small reviewed CSV files in seeds/reference."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flows.derive.entities.lac import simplified
from flows.derive.entities.mention import NAME_KINDS
from flows.errors import UsageError

COLUMNS = ("id", "kind", "name_en", "name_zh", "aliases")

_SEPARATORS = re.compile(r"[\s‘’'`\"“”.,·・•‧･_/()（）-]+")
_LETTERS_WITHOUT_PARTS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "ı": "i"})
_HAN = re.compile(r"[\u3400-\u9fff]")


class KnownEntity(NamedTuple):
    """A line of entities.csv or places.csv."""

    entity_id: str
    kind: str
    name_en: str
    name_zh: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> Iterator[str]:
        """All its names, the main ones first."""
        yield from (name for name in (self.name_en, self.name_zh, *self.aliases) if name)


class InvalidReferenceError(UsageError):
    """A line of a reference file that cannot be used; says which file, which line, and why."""


def read_entities(paths: Iterable[Path]) -> dict[str, KnownEntity]:
    """Return the entities of CSV files by id; a later file's line replaces an earlier one's of the same id."""
    entities: dict[str, KnownEntity] = {}
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
                raise InvalidReferenceError(
                    f"{path.name}: no column {missing[0]}; the columns are {', '.join(COLUMNS)}"
                )
            for row in reader:
                values = [(row[column] or "").strip() for column in COLUMNS]
                if not values[0] or not (values[2] or values[3]):
                    raise InvalidReferenceError(
                        f"{path.name}, line {reader.line_num}: an entity needs an id and a name"
                    )
                if values[1] not in NAME_KINDS:
                    raise InvalidReferenceError(
                        f"{path.name}, line {reader.line_num}: kind is {values[1]!r}; use {', '.join(NAME_KINDS)}"
                    )
                aliases = tuple(filter(None, (alias.strip() for alias in values[4].split("|"))))
                entities[values[0]] = KnownEntity(values[0], values[1], values[2], values[3], aliases)
    return entities


def read_demonyms(path: Path) -> dict[str, str]:
    """Return for each demonym (`Dutch`) the id of its place."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {name: row["id"] for row in csv.DictReader(lines) for name in row["demonyms"].split("|")}


@lru_cache(maxsize=100_000)
def normal_name(name: str) -> str:
    """Return the form under which names are compared: simplified characters, no marks, case, points or spaces doubled.

    `Viktor ORBÁN`, `viktor orban` and `U.N.` and `UN` come together; `The Hague` keeps its article.
    """
    if not name.isascii():
        if _HAN.search(name):
            name = simplified(name)
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(character for character in decomposed if not unicodedata.combining(character))
        # Hangul and others are put together again.
        name = unicodedata.normalize("NFKC", name).translate(_LETTERS_WITHOUT_PARTS)
    if re.fullmatch(r"(?:[A-Za-z]\.){2,}", name):
        name = name.replace(".", "")
    separator = "" if _HAN.search(name) else " "
    return _SEPARATORS.sub(separator, name).strip().casefold()
