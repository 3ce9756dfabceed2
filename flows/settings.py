"""Settings: the only reader of dateline.toml and DATELINE_* variables.

One door: flags, then environment, then dateline.toml, then defaults, into one frozen object that is passed on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from flows.config_file import find_config, read_config
from flows.derive.profile import DateOrder, Profile
from flows.errors import UsageError

_EXTRACTOR = re.compile(r"none|[A-Za-z_][\w.]*|gliner:.+|[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
DEFAULT_INCLUDE = ("*.md", "*.mdx", "*.markdown", "*.qmd", "*.txt")


class Alarms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a source needs a look. An alarm without a threshold is not looked at; 0 switches it off for a source."""

    stale_days: float | None = None
    """Days that a source may be without a new document."""
    volume_factor: float | None = None
    """How many times more, or fewer, documents than usual the last days may bring."""
    volume_days: float | None = None
    """Days that `volume_factor` counts together and compares with the eight spans before; 7 by default."""
    problem_percent: float | None = None
    """Percent of a source's files that may have problems of severity warning or error."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            if (getattr(self, name) or 0) < 0 or (name == "volume_days" and getattr(self, name) == 0):
                raise UsageError(f"alarms: {name} must be more than 0, not {getattr(self, name)}")


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One collection: its name in the store, where it is, which files count and how its front matter is read."""

    name: str
    """What the source is called in the store."""
    path: Path = Path()
    """Folder, from where dateline.toml is."""
    url: str = ""
    """In place of a folder: ``git+file:///repository@main#subdirectory=docs``, ``s3://bucket/prefix`` and the like."""
    include: tuple[str, ...] = DEFAULT_INCLUDE
    """Which files count, as in .gitignore."""
    exclude: tuple[str, ...] = ()
    """Which of them do not, as in .gitignore."""
    only: tuple[str, ...] = ()
    """Paths below `path` to look at; empty for all of them."""
    zone: str = "UTC"
    """Time zone of dates that have none."""
    date_order: DateOrder = "unknown"
    """``month_first`` or ``day_first``, for dates such as 03/04/2021; not guessed otherwise."""
    fields: dict[str, tuple[str, ...]] = {}
    """Front matter keys by what they mean, such as ``{"title": ["headline"]}``; others keep their defaults."""
    alarms: Alarms = Alarms()
    """Thresholds of this source, in ``[source.alarms]``; those of ``[alarms]`` hold for the rest."""

    @property
    def root(self) -> str:
        """Where it is: a folder or a URL."""
        return self.url or str(self.path)

    def profile(self) -> Profile:
        """Return how this source's front matter is to be read. Raises UsageError for an unknown field or zone."""
        known = {each.name for each in dataclass_fields(Profile)} - {"zone", "date_order"}
        for name in self.fields.keys() - known:
            raise UsageError(f"source {self.name}: no field {name!r}; there are {', '.join(sorted(known))}")
        try:
            return Profile(zone=self.zone, date_order=self.date_order, **self.fields)
        except ValueError as error:
            raise UsageError(f"source {self.name}: {error}") from error


class EntityOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table `[entities]` of dateline.toml: what finds names, and names that the lists do not know."""

    extractors: dict[str, str] = {}
    """Language -> a spaCy model's name, `module:object`, `gliner:MODEL`, or `none`; others keep their default."""
    names: tuple[Path, ...] = ()
    """Files with columns id, kind, name_en, name_zh, aliases; a line there overrules the lists."""

    def __post_init__(self) -> None:
        for language, named in self.extractors.items():
            if not (language.isascii() and language.isalpha() and language.islower()):
                raise UsageError(f"entities.extractors: {language!r} is not a language such as en, zh, de")
            if not _EXTRACTOR.fullmatch(named):
                raise UsageError(
                    f"entities.extractors.{language}: {named!r} is neither a spaCy model, module:object, "
                    "gliner:MODEL nor none"
                )


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a run needs to know, validated once."""

    warehouse: Path = Path("warehouse")
    """Folder of the store."""
    sources: tuple[Source, ...] = ()
    workers: int = msgspec.field(default_factory=lambda: len(os.sched_getaffinity(0)))
    """Processes to derive with."""
    memory: str = "2GB"
    """What DuckDB may take while it loads; the workers come on top."""
    executor: str = "processes"
    """``inline``, ``processes`` or ``dask://HOST:PORT`` (see operations.md)."""
    batch_bytes: int = 4 * 1024 * 1024
    """Bytes of files that one call of a worker takes; memory grows with it."""
    max_file_bytes: int = 64 * 1024 * 1024
    """Larger files are rejected."""
    keep_versions: int = 3
    """Published versions that are kept, for rollback."""
    entities: bool = True
    """Whether people, places and organisations are looked for."""
    entity_options: EntityOptions = EntityOptions()
    """The table `[entities]`: what finds names, and names of your own."""
    full: bool = False
    """Whether every file is read, whatever its size and time say."""
    wait: bool = True
    """Whether a build waits for another one on the same warehouse."""
    every: str = "15m"
    """How often `dateline serve` builds: a number with s, m, h or d."""
    alarms: Alarms = Alarms()
    """Thresholds for every source; see below."""
    clock: datetime | None = None
    """A fixed moment for all times of a build, from SOURCE_DATE_EPOCH; None means the real clock."""

    def __post_init__(self) -> None:
        for name, least in (("workers", 1), ("batch_bytes", 1), ("max_file_bytes", 1), ("keep_versions", 1)):
            if getattr(self, name) < least:
                raise UsageError(f"{name} must be {least} or more, not {getattr(self, name)}")
        if self.executor not in ("inline", "processes") and not self.executor.startswith("dask://"):
            raise UsageError(f"executor must be inline, processes or dask://HOST:PORT, not {self.executor!r}")
        if not re.fullmatch(r"\d+(?:\.\d+)?\s?[MG]i?B", self.memory):
            raise UsageError(f"memory must be a size such as 500MB or 4GB, not {self.memory!r}")
        if self.every_seconds() < 5:
            raise UsageError(f"every must be 5s or more, not {self.every!r}")
        names = [source.name for source in self.sources]
        for name in {name for name in names if names.count(name) > 1}:
            raise UsageError(f"two sources are called {name!r}; give one another name with NAME=PATH")

    def now(self) -> datetime:
        """Return the moment that a build notes, in UTC."""
        return self.clock or datetime.now(UTC)

    def every_seconds(self) -> float:
        """Return `every` in seconds. Raises UsageError for what is no span of time."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", self.every.strip())
        if not found:
            raise UsageError(f"every must be a number with s, m, h or d, such as 15m, not {self.every!r}")
        return float(found[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[found[2]]

    def alarm_thresholds(self) -> dict[str, dict[str, float]]:
        """Return thresholds by name and source, with those for every source under ``*``; empty where none is set."""
        thresholds: dict[str, dict[str, float]] = {}
        for source, alarms in (("*", self.alarms), *((each.name, each.alarms) for each in self.sources)):
            for name in alarms.__struct_fields__:
                value = getattr(alarms, name)
                if value is not None:
                    thresholds.setdefault(name, {})[source] = value
        return {"volume_days": {"*": 7.0, **thresholds.pop("volume_days", {})}, **thresholds} if thresholds else {}


def load_settings(
    flags: Mapping[str, Any], environment: Mapping[str, str] | None = None, config: str | None = None
) -> Settings:
    """Combine `flags` (those not None), DATELINE_* variables and dateline.toml into settings.

    dateline.toml is the file `config`, else the one that DATELINE_CONFIG names, else the one in the working folder.
    Raises UsageError, with the place of the mistake, for anything unknown or of the wrong type.
    """
    environment = os.environ if environment is None else environment
    values = read_config(config or environment.get("DATELINE_CONFIG"))
    for setting in Settings.__struct_fields__:
        text = environment.get(f"DATELINE_{setting.upper()}")
        if text is not None and setting not in ("sources", "alarms", "entity_options"):
            values[setting] = text
    values["clock"] = _fixed_clock(environment.get("SOURCE_DATE_EPOCH"))
    values.update({name: value for name, value in flags.items() if value is not None})
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise UsageError(f"settings: {error}") from error


def config_in_use() -> str | None:
    """Return the whole path of the settings file that `load_settings` reads, None if there is none."""
    found = find_config(os.environ.get("DATELINE_CONFIG"))
    return str(found.resolve()) if found else None


def is_debugging() -> bool:
    """Say whether DATELINE_DEBUG asks for tracebacks."""
    return os.environ.get("DATELINE_DEBUG", "") not in ("", "0")


def _fixed_clock(epoch: str | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {epoch!r}") from error


def _decode(expected: type, value: Any) -> Any:
    if expected is Path:
        return Path(value)
    raise NotImplementedError(expected)
