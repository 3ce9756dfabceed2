"""What the pipeline sees in single files, without a store: for people who wonder, and for tests."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from flows.derive.batch import content_id_of, derived_rows, failure
from flows.derive.dates import day_of_path
from flows.derive.failures import PLAIN, derive_all_but_failing
from flows.derive.profile import Profile
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tasks import DerivationOptions
from flows.errors import UsageError
from flows.extract.discover import list_source
from flows.extract.path_names import text_of_path
from flows.extract.reading import read_file
from flows.problems import Problem
from flows.settings import DEFAULT_INCLUDE, Settings

KEY_COLUMNS = ("content_id", "profile_id")
LISTS = ("problems", "segments", "sections", "links")
# Of these tables the columns of the document are made.
SCALARS = ("contents", "metadata")
# Files whose names are looked for together: models are quicker with many texts.
GROUP_CHARACTERS = 100_000


def inspect_paths(
    paths: Sequence[Path], settings: Settings, say: Callable[[str], None] = lambda _: None
) -> Iterator[dict[str, Any]]:
    """Yield, for each file and each file below a folder, what the pipeline makes of it.

    `say` is told which models are missing. Raises UsageError for a path that is not there. A file that cannot be
    read is a result too.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"there is no file or folder {path}")
    inspected = _inspected(paths, settings)
    if not settings.entities:
        yield from inspected
        return
    from flows.entity_stage import entity_settings, mentions_of_documents

    find_mentions = mentions_of_documents(entity_settings(settings, None), say)
    group: list[dict[str, Any]] = []
    size = 0
    for seen in inspected:
        group.append(seen)
        size += seen["character_count"] or 0
        if size >= GROUP_CHARACTERS:
            yield from find_mentions(group)
            group, size = [], 0
    yield from find_mentions(group)


def _inspected(paths: Sequence[Path], settings: Settings) -> Iterator[dict[str, Any]]:
    options = DerivationOptions(profile=Profile())
    for path in paths:
        if not path.is_dir():
            yield inspect_file(str(path), options, settings.max_file_bytes)
            continue
        listing = list_source(path, DEFAULT_INCLUDE)
        for found in listing.files:
            yield inspect_file(f"{path}/{found.disk_path}", options, settings.max_file_bytes)
        for rejected, problem in listing.rejected:
            yield _rejected(f"{path}/{rejected}", [problem])


def inspect_file(disk_path: str, options: DerivationOptions, max_file_bytes: int) -> dict[str, Any]:
    """Return what the pipeline sees in one file: the columns of its document, and lists of what hangs off it."""
    path = text_of_path(disk_path)
    read = read_file(disk_path, max_file_bytes)
    if read.problem:
        return _rejected(path, [read.problem])
    key = content_id_of(read.data)
    parts, failed = derive_all_but_failing({key: read.data}, lambda some: derived_rows(some, options), PLAIN.encode())
    content_id = str(UUID(bytes=key))
    if failed:
        return _rejected(path, [failure(reason) for reason in failed.values()]) | {"content_id": content_id}
    found = {table: [_mapping(table, row) for row in table_rows] for table, table_rows in parts[0].items()}
    if not found["contents"]:
        return _rejected(path, []) | {"content_id": content_id, "problems": found["problems"]}
    content, metadata = found["contents"][0], found["metadata"][0]
    seen = {
        "path": path,
        "status": "loaded",
        "content_id": content_id,
        **content,
        **metadata,
        **{name: found[name] for name in LISTS},
        "front_matter": json.loads(content["front_matter"]),
    }
    seen["title"] = metadata["title"] or content["first_heading"] or PurePosixPath(path).stem
    day = day_of_path(path)
    if seen["published_at"] is None and day:
        seen |= {"published_at": datetime(day.year, day.month, day.day, tzinfo=UTC), "published_precision": "day"}
        seen["published_from"] = "path"
    else:
        seen["published_from"] = "front_matter" if seen["published_at"] else None
    seen["mentions"] = []
    return seen


def _rejected(path: str, problems: list[Problem]) -> dict[str, Any]:
    nothing = {name: None for table in SCALARS for name in CONTENT_TABLES[table] if name not in KEY_COLUMNS}
    empty: dict[str, list[Any]] = {name: [] for name in (*LISTS, "mentions", "tags")}
    seen = {"path": path, "status": "rejected", **nothing, **empty, "content_id": None, "published_from": None}
    seen["problems"] = [
        {name: getattr(problem, name) for name in CONTENT_TABLES["problems"] if hasattr(problem, name)}
        for problem in problems
    ]
    return seen


def _mapping(table: str, row: tuple[Any, ...]) -> dict[str, Any]:
    named = dict(zip(CONTENT_TABLES[table], row, strict=True))
    return {name: value for name, value in named.items() if name not in KEY_COLUMNS}
