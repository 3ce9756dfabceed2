"""What the page is made of, as ``sections.toml`` declares it: figures, charts and tables of one report view each."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

DECLARATION = Path(__file__).with_name("sections.toml")

_VIEW = re.compile(r"\breport\.\w+")


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows of one report view: `columns` as in a select list, in the order of the view unless `order` says else.

    With `group`, a column of them, the others are summed.
    """

    view: str
    columns: str
    where: str = ""
    group: str = ""
    order: str = ""
    limit: int = 50

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by their names in the view."""
        return tuple(part.partition(" as ")[0].strip() for part in self.columns.split(","))

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns as a reader sees them: what stands after ``as``, else the name in words."""
        parts = (part.partition(" as ") for part in self.columns.split(","))
        return tuple(label.strip() or name.strip().replace("_", " ") for name, _, label in parts)

    @property
    def sql(self) -> str:
        """The query, as it is run and as the page shows it."""
        order = f"\norder by {self.order}" if self.order else ""
        return f"{self._selection}{order}\nlimit {self.limit}"

    @property
    def count_sql(self) -> str:
        """The query that counts all rows, which the limit may cut off."""
        return f"select count(*) from ({self._selection})"

    @property
    def _selection(self) -> str:
        condition = f"\nwhere {self.where}" if self.where else ""
        if not self.group:
            return f"select {', '.join(self.names)}\nfrom {self.view}{condition}"
        sums = (name if name == self.group else f"sum({name}) as {name}" for name in self.names)
        return f"select {', '.join(sums)}\nfrom {self.view}{condition}\ngroup by {self.group}"


class Table(Query, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="block", tag="table"):
    """A table that readers can sort; `languages` names the column that says which language another is in."""

    caption: str
    empty: str = ""
    languages: dict[str, str] = {}


class Chart(Query, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="block", tag="chart"):
    """A chart of the columns `x` and `y`, and `color` or strength `z`; its rows are given as a table as well.

    ``columns`` stand on a time axis of `unit`, stacked by `color`; ``bars`` lie, one a name, in the query's order;
    ``grid`` is time by name, ``calendar`` weeks by days, both the stronger the more `z`. Where several things may have
    one name `y`, the column `key` tells them apart.
    """

    kind: Literal["columns", "bars", "grid", "calendar"]
    caption: str
    x: str
    y: str = ""
    color: str = ""
    z: str = ""
    key: str = ""
    unit: Literal["day", "week", "month"] = "month"
    empty: str = ""
    languages: dict[str, str] = {}


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value on top of the page: an expression over a report view, which leads to the section `target`."""

    label: str
    view: str
    expression: str
    where: str = ""
    target: str = ""

    @property
    def sql(self) -> str:
        """The query, as it is run and as the page shows it."""
        condition = f" where {self.where}" if self.where else ""
        return f"select {self.expression} from {self.view}{condition}"


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Blocks about one question; `empty` is said when no block has rows."""

    key: str
    title: str
    empty: str
    blocks: tuple[Table | Chart, ...]
    note: str = ""


class Chapter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sections under one heading."""

    title: str
    sections: tuple[Section, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole page: counts of the store and of its last run, then chapters."""

    published: Figure
    counts: tuple[Figure, ...]
    changes: tuple[Figure, ...] = ()
    chapters: tuple[Chapter, ...]

    @property
    def queries(self) -> tuple[Query | Figure, ...]:
        """Everything that is asked of the store."""
        blocks = (block for chapter in self.chapters for section in chapter.sections for block in section.blocks)
        return (self.published, *self.counts, *self.changes, *blocks)


@lru_cache(maxsize=1)
def declared_page() -> Page:
    """Return the page that ``sections.toml`` declares."""
    return msgspec.convert(tomllib.loads(DECLARATION.read_text(encoding="utf-8")), Page)


def views_of(query: Query | Figure) -> list[str]:
    """Return the report views that a query reads, conditions included."""
    return _VIEW.findall(query.sql)
