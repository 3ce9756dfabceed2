"""What the published version knows of the sources, as the scan needs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flows.extract.discover import IndexEntry, Listing
from flows.load.database import literal
from flows.settings import Source

if TYPE_CHECKING:
    from flows.load.database import Connection


class StoredSource(NamedTuple):
    """A source as last built: where it was and how it was read."""

    root: str
    profile_id: str


def stored_sources(con: Connection) -> dict[str, StoredSource]:
    """Return the sources of the store by name."""
    rows = con.execute("select source, root, profile_id from raw.sources order by source").fetchall()
    return {source: StoredSource(root, profile_id) for source, root, profile_id in rows}


def read_index(con: Connection, source: str) -> dict[str, IndexEntry]:
    """Return what the index knows of a source's paths, deleted ones left out."""
    rows = con.execute(
        f"""
        select path, size, mtime_ns, is_settled, fingerprint
        from raw.files
        where source = {literal(source)} and status <> 'deleted'
        """
    )
    return {entry[0]: entry for entry in rows.fetchall()}


def file_count(con: Connection) -> int:
    """Return how many paths the index knows, deleted ones included."""
    [(count,)] = con.execute("select count(*) from raw.files").fetchall()
    return int(count)


def rejected_count(con: Connection, sources: Sequence[Source]) -> int:
    """Return how many paths of these sources are rejected, as the index has it."""
    names = literal([source.name for source in sources])
    [(count,)] = con.execute(
        f"select count(*) from raw.files where status = 'rejected' and source in {names}"
    ).fetchall()
    return int(count)


def counts(con: Connection) -> tuple[int, int, int]:
    """Return how many runs were published, and the documents and problems after the last."""
    [(runs, documents, problems)] = con.execute(
        "select count(*), arg_max(documents, run_id), arg_max(problems, run_id) from raw.runs"
    ).fetchall()
    return int(runs), int(documents or 0), int(problems or 0)


def last_start(con: Connection) -> datetime | None:
    """Return when the last published run started, by the clock of that time."""
    [(moment,)] = con.execute("select max(started_at) from raw.runs").fetchall()
    return moment.astimezone(UTC) if moment else None


def is_source_new(con: Connection, source: Source, listing: Listing) -> bool:
    """Say whether the store must learn something of a source beside its files: its place, profile or path problems."""
    stored = stored_sources(con).get(source.name)
    if stored != StoredSource(source.root, source.profile().profile_id):
        return True
    if source.only:
        return False
    rows = con.execute(
        f"select path, code, message from raw.problems where stage = 'discover' and source = {literal(source.name)}"
    ).fetchall()
    found = {(path, problem.code, problem.message) for path, problem in (*listing.notes, *listing.rejected)}
    return set(rows) != found


def write_known_contents(con: Connection | None, profile_id: str, file: Path) -> None:
    """Write the sorted ids of the contents that need no derivation under a profile, 16 bytes each."""
    if con is None:
        file.write_bytes(b"")
        return
    [(ids,)] = con.execute(
        f"""
        select string_agg(replace(content_id::varchar, '-', ''), '' order by content_id::varchar)
        from raw.content_metadata
        where profile_id = {literal(profile_id)}
        """
    ).fetchall()
    file.write_bytes(bytes.fromhex(ids or ""))
