"""Entities in the store: which texts wait for them, how their rows get in, what is joined and added up over all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.derive.entities.tables import ENTITY_TABLES, LINK_COLUMNS, ContentText
from flows.load.database import literal, run_sql, set_variables

if TYPE_CHECKING:
    from flows.load.database import Connection

FAMILY = "entities"


def are_entities_stale(con: Connection, version: str) -> bool:
    """Say whether some current document may lack its entities in this version."""
    stored = con.execute(f"select version from raw.derivations where family = '{FAMILY}'").fetchall()
    return stored != [(version,)]


def has_entities(con: Connection) -> bool:
    """Say whether there is anything to join and add up, or anything added up that may be gone."""
    return bool(
        con.execute("from raw.content_entities limit 1").fetchall()
        or con.execute("from raw.entities limit 1").fetchall()
    )


def pending_contents(con: Connection, version: str) -> list[tuple[str, int]]:
    """Return the contents of current documents that have no entities in this version, with their characters."""
    set_variables(con, entity_version=version)
    return [(content_id, size or 0) for content_id, size in run_sql(con, "load/entities_1_pending.sql")]


def content_texts(con: Connection, contents: Sequence[str]) -> Iterator[ContentText]:
    """Yield the texts of some contents."""
    set_variables(con, entity_contents=list(contents))
    found: dict[tuple[bytes, str | None], list[tuple[int, str, str]]] = {}
    for content_id, front_matter, position, language, text in run_sql(con, "load/entities_2_texts.sql"):
        segments = found.setdefault((content_id, front_matter), [])
        if position is not None:
            segments.append((position, language, text))
    for (content_id, front_matter), segments in found.items():
        yield ContentText(content_id, front_matter, tuple(segments))


def load_entities(con: Connection, run_id: str, shards: Sequence[str]) -> None:
    """Load the rows of finished batches in one transaction."""
    files = {f"{table}_files": [f"{folder}/{table}.parquet" for folder in shards] for table in ENTITY_TABLES}
    set_variables(con, run_id=run_id, **files)
    con.execute("begin")
    run_sql(con, "load/entities_3_rows.sql")
    con.execute("commit")


def record_entities(con: Connection, version: str, is_complete: bool) -> None:
    """Note whether every current document has its entities in this version."""
    con.execute(f"delete from raw.derivations where family = '{FAMILY}'")
    if is_complete:
        con.execute(f"insert into raw.derivations values ('{FAMILY}', {literal(version)})")


def keep_complete(con: Connection) -> None:
    """Forget that the store's entities are complete if documents came that were not looked at."""
    for (version,) in con.execute(f"select version from raw.derivations where family = '{FAMILY}'").fetchall():
        if pending_contents(con, version):
            record_entities(con, version, is_complete=False)


def join_and_count(con: Connection, work: Path) -> None:
    """Join names across scripts, and add up what reports ask for, over the current documents."""
    from flows.derive.entities.alignment import PairEvidence, link_names
    from flows.derive.shards import frame, write_frames

    evidence: list[PairEvidence] = []
    listed: set[str] = set()
    for chinese, latin, *counts, is_chinese_listed, is_latin_listed in run_sql(con, "load/entities_4_evidence.sql"):
        evidence.append(PairEvidence(chinese, latin, *counts))
        listed |= ({chinese} if is_chinese_listed else set()) | ({latin} if is_latin_listed else set())
    links = work / "entity_links.parquet"
    write_frames({links: frame(link_names(evidence, frozenset(listed)), LINK_COLUMNS)})
    set_variables(con, entity_links_files=[str(links)])
    con.execute("begin")
    run_sql(con, "load/entities_5_links.sql")
    run_sql(con, "load/entities_6_tallies.sql")
    run_sql(con, "load/entities_7_pairs.sql")
    con.execute("commit")
