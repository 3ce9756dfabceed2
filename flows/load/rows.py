"""From shards to tables: new contents, the next state of the index, the history, and the record of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows.derive.tables import CONTENT_TABLES
from flows.load.database import literal, run_sql, set_variables
from flows.load.query import mappings

if TYPE_CHECKING:
    from flows.load.database import Connection
    from flows.settings import Source

# Tables that exist once per content keep their name; those that hang off one are called content_*.
_OWN_NAMES = ("contents", "rejected")

# What depends on several documents, kept up to date for those that changed, in this order.
UPKEEP = (
    *("7_changes", "8_link_targets", "8_term_documents", "8_similar_texts"),
    *("9_stories", "9_story_documents"),
)


def raw_name(table: str) -> str:
    """Return the name in raw of a table that derivation fills."""
    return table if table in _OWN_NAMES else f"content_{table}"


def attach_shards(con: Connection, shards: Sequence[str], scans: Sequence[str]) -> int:
    """Make shards and scans visible to the SQL of this connection; return how many paths differ from the index."""
    files = {f"{table}_files": [f"{folder}/{table}.parquet" for folder in shards] for table in CONTENT_TABLES}
    set_variables(con, **files, scan_files=list(scans))
    [(differences,)] = run_sql(con, "load/0_scan.sql")
    return int(differences)


def load_rows(
    con: Connection,
    run_id: str,
    started_at: datetime,
    files_seen: int,
    sources: Sequence[Source],
    revisions: Mapping[str, str],
    *,
    is_all_new: bool = False,
) -> None:
    """Load what `attach_shards` made visible, in one transaction, as the run `run_id`.

    `revisions`: the state that a source was listed in, by its name, where it has one.
    `is_all_new`: what is kept up to date from run to run is made anew, because stored contents were derived again.
    """
    set_variables(
        con,
        run_id=run_id,
        started_at=started_at,
        files_seen=files_seen,
        source_names=[source.name for source in sources],
        source_roots=[source.root for source in sources],
        source_revisions=[revisions.get(source.name, "") for source in sources],
        source_profiles=[source.profile().profile_id for source in sources],
        source_zones=[source.zone for source in sources],
        is_all_new=is_all_new,
        listed_sources=[source.name for source in sources if not source.only],
    )
    con.execute("begin")
    run_sql(con, "load/1_shards.sql")
    for table, columns in CONTENT_TABLES.items():
        skipped = "skipped_readings" if "profile_id" in columns else "skipped_contents"
        run_sql(con, "load/2_rows.sql", target=raw_name(table), table=table, skipped=skipped)
    run_sql(con, "load/3_versions.sql")
    run_sql(con, "load/4_records.sql")
    run_sql(con, "load/6_profiles.sql")
    for name in UPKEEP:
        run_sql(con, f"load/{name}.sql")
    con.execute("commit")


def finish_run(
    con: Connection, run_id: str, finished_at: datetime, seconds: Mapping[str, float], notes: Sequence[str]
) -> dict[str, Any]:
    """Complete the row of a run just before it is published, and return it as a mapping of column to value."""
    set_variables(con, run_id=run_id, finished_at=finished_at, seconds=dict(seconds), notes=list(notes))
    run_sql(con, "load/5_finish.sql")
    return mappings(con, f"select * from raw.runs where run_id = {literal(run_id)}")[0]
