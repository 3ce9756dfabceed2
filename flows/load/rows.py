"""From shards to tables: new contents, the next state of the index, the history, and the record of the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.derive.tables import CONTENT_TABLES
from flows.load.database import literal, run_sql, set_variables
from flows.load.lanes import open_lanes
from flows.load.query import mappings

if TYPE_CHECKING:
    from flows.load.database import Connection
    from flows.settings import Source

# Tables that exist once per content keep their name; those that hang off one are called content_*.
_OWN_NAMES = ("contents", "rejected")

# The tables that say which documents there are; the others only hang off them.
_TELLING = ("contents", "rejected", "metadata", "problems")

# Stories are looked for among about so many documents at a time, each counted in both of its windows.
DOCUMENTS_PER_PORTION = 200_000


class Loaded(NamedTuple):
    """What is loaded: the run and its start, the sources as they were listed, the files seen in them, the shards.

    `revisions`: the state that a source was listed in, by its name, where it has one. `is_all_new`: what is kept up to
    date from run to run is made anew, because stored contents were derived again.
    """

    run_id: str
    started_at: datetime
    sources: Sequence[Source]
    revisions: Mapping[str, str]
    files_seen: int
    shards: Sequence[str]
    is_all_new: bool = False


def raw_name(table: str) -> str:
    """Return the name in raw of a table that derivation fills."""
    return table if table in _OWN_NAMES else f"content_{table}"


def attach_shards(con: Connection, shards: Sequence[str], scans: Sequence[str]) -> int:
    """Make shards and scans visible to the SQL of this connection; return how many paths differ from the index."""
    set_variables(con, **_files_of(shards), scan_files=list(scans))
    [(differences,)] = run_sql(con, "load/0_scan.sql")
    return int(differences)


def load_rows(con: Connection, loaded: Loaded, *, at_once: bool = False) -> None:
    """Load shards, and what `attach_shards` made visible; `at_once` on two connections at a time."""

    def prepare(con: Connection) -> None:
        _set_variables(con, loaded)
        run_sql(con, "load/1_shards.sql")

    def load_documents(con: Connection) -> None:
        _load_tables(con, _TELLING)
        run_sql(con, "load/3_versions.sql")
        run_sql(con, "load/4_records.sql")
        run_sql(con, "load/6_profiles.sql")

    with open_lanes(con, at_once=at_once) as lanes:
        if lanes.other:
            set_variables(lanes.other, **_files_of(loaded.shards))
        lanes.both(prepare)
        lanes.apart(
            load_documents, lambda con: _load_tables(con, [table for table in CONTENT_TABLES if table not in _TELLING])
        )
        lanes.meet()
        lanes.both(lambda con: _run_all(con, ("7_changes",)))
        lanes.apart(_update_documents, _update_texts)


def _update_documents(con: Connection) -> None:
    """Keep up to date what is said of documents, and where their links lead, for those that changed."""
    _run_all(con, ("8_documents", "8_link_targets"))


def _update_texts(con: Connection) -> None:
    """Keep up to date what is found by comparing texts, for those that changed: keywords, likeness, stories."""
    _run_all(con, ("8_term_documents", "8_similar_texts"))
    set_variables(con, documents_per_portion=DOCUMENTS_PER_PORTION)
    for (portion,) in run_sql(con, "load/9_stories_1_weeks.sql"):
        set_variables(con, portion=portion)
        run_sql(con, "load/9_stories_2_pairs.sql")
    run_sql(con, "load/9_stories_3_documents.sql")


def _files_of(shards: Sequence[str]) -> dict[str, list[str]]:
    return {f"{table}_files": [f"{folder}/{table}.parquet" for folder in shards] for table in CONTENT_TABLES}


def _set_variables(con: Connection, loaded: Loaded) -> None:
    sources = loaded.sources
    set_variables(
        con,
        run_id=loaded.run_id,
        started_at=loaded.started_at,
        files_seen=loaded.files_seen,
        source_names=[source.name for source in sources],
        source_roots=[source.root for source in sources],
        source_revisions=[loaded.revisions.get(source.name, "") for source in sources],
        source_profiles=[source.profile().profile_id for source in sources],
        source_zones=[source.zone for source in sources],
        is_all_new=loaded.is_all_new,
        listed_sources=[source.name for source in sources if not source.only],
    )


def _load_tables(con: Connection, tables: Iterable[str]) -> None:
    for table in tables:
        skipped = "skipped_readings" if "profile_id" in CONTENT_TABLES[table] else "skipped_contents"
        run_sql(con, "load/2_rows.sql", target=raw_name(table), table=table, skipped=skipped)


def _run_all(con: Connection, names: Iterable[str]) -> None:
    for name in names:
        run_sql(con, f"load/{name}.sql")


def finish_run(
    con: Connection, run_id: str, finished_at: datetime, seconds: Mapping[str, float], notes: Sequence[str]
) -> dict[str, Any]:
    """Complete the row of a run just before it is published, and return it as a mapping of column to value."""
    set_variables(con, run_id=run_id, finished_at=finished_at, seconds=dict(seconds), notes=list(notes))
    run_sql(con, "load/5_finish.sql")
    return mappings(con, f"select * from raw.runs where run_id = {literal(run_id)}")[0]
