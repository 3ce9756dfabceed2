"""Rows of one batch as Parquet files, one per table, in a folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from flows.derive.failures import derive_all_but_failing
from flows.derive.tables import CONTENT_TABLES
from flows.errors import StorageError

if TYPE_CHECKING:
    import polars as pl

Rows = dict[str, list[tuple[Any, ...]]]
TextT = TypeVar("TextT")

UNSIGNED_BYTES = 4


def empty_rows(tables: Iterable[str]) -> Rows:
    """Return a list to append to for each table."""
    return {table: [] for table in tables}


def write_folder(folder: Path, write_files: Callable[[Path], None]) -> None:
    """Make `folder` with what `write_files` writes into it; nobody ever sees it half full.

    When another process was faster, its result stays: equal names mean equal content here.
    """
    # Processes of several machines may have the same number.
    draft = folder.with_name(f"{folder.name}.{uuid4().hex[:12]}.draft")
    draft.mkdir(parents=True)
    write_files(draft)
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(draft)


def write_rows(folder: Path, rows: Rows, columns: Mapping[str, Mapping[str, str]] = CONTENT_TABLES) -> None:
    """Write each table's rows to ``<table>.parquet``, empty tables too, so that every reader finds every file."""
    write_tables(folder, frames_of(rows, columns))


def frames_of(rows: Rows, columns: Mapping[str, Mapping[str, str]] = CONTENT_TABLES) -> dict[str, pl.DataFrame]:
    """Return the rows of each table as a typed frame."""
    return {table: frame(table_rows, columns[table]) for table, table_rows in rows.items()}


def finished_shards(
    folder: Path,
    texts: Mapping[bytes, TextT],
    key_of: Callable[[Collection[bytes]], str],
    derive: Callable[[Mapping[bytes, TextT]], dict[str, pl.DataFrame]],
    plain: TextT,
) -> tuple[Path, dict[bytes, str]]:
    """Return where below `folder` the shards of texts are, made by `derive` unless they are there; and why it fails.

    Texts that it fails on are left out, as `flows.derive.failures.derive_all_but_failing` finds them; `key_of` names
    shards by the ids of the texts in them.
    """
    shards = folder / key_of(texts)
    if shards.is_dir():
        return shards, {}
    parts, failed = derive_all_but_failing(texts, derive, plain)
    shards = folder / key_of(texts.keys() - failed.keys())
    if not shards.is_dir():
        frames = joined(parts or [derive({})])
        write_folder(shards, lambda draft: write_tables(draft, frames))
    return shards, failed


def joined(parts: Sequence[Mapping[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """Return the frames of several parts, one or more, as one for each table."""
    import polars as pl

    if len(parts) == 1:
        return dict(parts[0])
    return {table: pl.concat([part[table] for part in parts]) for table in parts[0]}


def write_tables(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write the frame of each table to ``<table>.parquet``."""
    write_frames({folder / f"{table}.parquet": rows for table, rows in frames.items()})


def write_frames(frames: Mapping[Path, pl.DataFrame]) -> None:
    """Write frames as Parquet to their files, all at once: of small ones, starting each takes longer than writing.

    Raises StorageError if the disk is full or forbids it.
    """
    import polars as pl

    try:
        with ExitStack() as opened:
            # Opened here: Polars would open each by its path twice and cut it off twice, after which file systems
            # (ext4) write it to disk at once. What is removed before that, as most shards are, never gets there.
            files = [opened.enter_context(file.open("wb", buffering=0)) for file in frames]
            # Shards live as long as their build: to press texts together would cost more than it saves.
            pl.collect_all(
                [
                    rows.lazy().sink_parquet(file, compression="uncompressed", statistics=False, lazy=True)
                    for file, rows in zip(files, frames.values(), strict=True)
                ]
            )
    except (OSError, pl.exceptions.PolarsError) as error:
        first, *others = frames
        place = f"{first.parent}, or a file in it," if others else first
        raise StorageError(f"{place} cannot be written: {error}. The published version is as it was.") from error


def frame(rows: Sequence[tuple[Any, ...]], columns: Mapping[str, str]) -> pl.DataFrame:
    """Return rows of tuples as a typed frame; `columns` names their types as in `flows.derive.tables`.

    Some lists come ready: a cell of `words` is a text with a space between any two, one of `unsigned[]` the bytes
    of native 32-bit numbers.
    """
    import polars as pl

    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pl.DataFrame(
        [_series(name, kind, cells) for (name, kind), cells in zip(columns.items(), values, strict=True)]
    )


def _series(name: str, kind: str, cells: Sequence[Any]) -> pl.Series:
    import polars as pl

    types: dict[str, pl.DataType | type[pl.DataType]] = {
        "uuid": pl.Binary,
        "bytes": pl.Binary,
        "text": pl.String,
        "json": pl.String,
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "timestamp": pl.Datetime("us", "UTC"),
        "date": pl.Date,
    }
    if kind == "share[]":
        flat = [share for cell in cells for share in cell]
        members = pl.DataFrame(
            {
                "language": pl.Series([share["language"] for share in flat], dtype=pl.String),
                "share": pl.Series([share["share"] for share in flat], dtype=pl.Float64),
            }
        ).to_struct()
        return _lists(name, members, map(len, cells))
    if kind == "words":
        return pl.Series(name, [words or None for words in cells], dtype=pl.String).str.split(" ").fill_null([])
    if kind == "unsigned[]":
        lengths = [len(cell) // UNSIGNED_BYTES for cell in cells]
        numbers = pl.Series([b"".join(cells)]).bin.reinterpret(
            dtype=pl.Array(pl.UInt32, sum(lengths)), endianness=sys.byteorder
        )
        return _lists(name, numbers.explode(), lengths)
    if kind.endswith("[]"):
        members = pl.Series(list(chain.from_iterable(cells)), dtype=types[kind.removesuffix("[]")], strict=True)
        return _lists(name, members, map(len, cells))
    return pl.Series(name, cells, dtype=types[kind], strict=True)


def _lists(name: str, members: pl.Series, lengths: Iterable[int]) -> pl.Series:
    """Return `members`, the members of all lists one after another, as lists of these lengths.

    Polars takes several times as long to make lists of Python's lists.
    """
    import polars as pl

    sizes = pl.Series("length", list(lengths), dtype=pl.Int64)
    if sizes.is_empty():
        return members.implode().clear().alias(name)
    places = pl.DataFrame([(sizes.cum_sum() - sizes).alias("start"), sizes])
    every = pl.lit(members.implode()).first()
    return places.select(every.list.slice("start", "length").alias(name)).to_series()


def write_empty_shards(folder: Path) -> str:
    """Write shards without rows, so that a build that derives nothing reads its shards like any other."""
    shards = folder / "empty"
    if not shards.is_dir():
        write_folder(shards, lambda draft: write_rows(draft, empty_rows(CONTENT_TABLES)))
    return str(shards)
