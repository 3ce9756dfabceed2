"""The full-text index: a file beside the published version, made when it is first asked for and kept with it.

Not in the store itself: an index of 13,000 documents takes longer to make than the store, and nobody waits for it
who does not search. Readers of the store are not concerned either way.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from flows.derive.search_text import index_text
from flows.errors import SearchUnavailableError
from flows.load.database import Connection, literal, run_sql
from flows.load.warehouse import Warehouse

# What is not a letter or a digit stands between words; the extension's default would drop all but a to z.
CREATE_INDEX = r"""
    pragma create_fts_index(
        'texts', 'document_id', 'title', 'tags', 'body', stemmer = 'english', stopwords = 'english',
        ignore = '[^\p{L}\p{N}]+', strip_accents = 1, lower = 1, overwrite = 1
    )
"""
BATCH = 1000


@contextmanager
def open_index(warehouse: Warehouse, on_build: Callable[[str], None]) -> Iterator[Connection]:
    """Open the index of the published version, with the store attached as `store`; make it if it is not there.

    Raises SearchUnavailableError when DuckDB's full-text extension cannot be had.
    """
    version = warehouse.require_published()
    folder = warehouse.folder / "search"
    index = folder / version.name
    with TemporaryDirectory(prefix="dateline-search-") as elsewhere:
        if not index.exists():
            on_build("making the search index of this version; searches after this one are quick")
            try:
                folder.mkdir(exist_ok=True)
                _build(version, index)
            except (PermissionError, duckdb.IOException):
                # Who may only read the warehouse has an index for this one search.
                index = Path(elsewhere) / version.name
                _build(version, index)
            _forget_others(warehouse, folder)
        with duckdb.connect(index, read_only=True) as con:
            _load_extension(con)
            _attach(con, version)
            yield con


def _build(version: Path, index: Path) -> None:
    draft = index.with_suffix(f".{os.getpid()}.draft")
    draft.unlink(missing_ok=True)
    try:
        with duckdb.connect(draft) as con:
            _load_extension(con)
            _attach(con, version)
            run_sql(con, "search/texts.sql")
            _fold(con)
            con.execute(CREATE_INDEX)
        draft.rename(index)
    finally:
        draft.unlink(missing_ok=True)


def _fold(con: Connection) -> None:
    """Write the texts that need it as words: those with anything but ASCII in them."""
    reader = con.cursor()
    reader.execute("select rowid, title, tags, body from texts where is_foreign")
    while rows := reader.fetchmany(BATCH):
        values = [(number, *(index_text(text or "") for text in texts)) for number, *texts in rows]
        con.execute(f"insert into folded_texts values {', '.join(map(_row_literal, values))}")
    run_sql(con, "search/fold.sql")


def _row_literal(row: Sequence[Any]) -> str:
    return f"({', '.join(map(literal, row))})"


def _attach(con: Connection, version: Path) -> None:
    con.execute(f"attach {literal(version)} as store (read_only)")
    con.execute("set time zone 'UTC'")


def _load_extension(con: Connection) -> None:
    """Load the full-text extension: from its wheel, from where DuckDB keeps its own, at last from DuckDB's server."""
    packaged = _packaged_extension()
    attempts = [f"load {literal(packaged)}"] if packaged else []
    for attempt in (*attempts, "load fts", "install fts; load fts"):
        try:
            con.execute(attempt)
        except duckdb.Error:
            continue
        return
    raise SearchUnavailableError(
        f"search needs DuckDB's full-text extension for DuckDB {duckdb.__version__}: "
        f"pip install 'duckdb-extension-fts=={duckdb.__version__}'; everything else works without it"
    )


def _packaged_extension() -> Path | None:
    package = importlib.util.find_spec("duckdb_extension_fts")
    if package is None or package.origin is None:
        return None
    file = Path(package.origin).parent / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"
    return file if file.is_file() else None


def _forget_others(warehouse: Warehouse, folder: Path) -> None:
    """Remove indexes of versions that are gone."""
    if folder.is_dir():
        kept = {version.name for version in warehouse.versions.glob("*.duckdb")}
        for index in folder.glob("*.duckdb"):
            if index.name not in kept:
                index.unlink(missing_ok=True)
