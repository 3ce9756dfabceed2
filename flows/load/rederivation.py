"""What must be derived again, and how its rows take the place of the old ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from flows.derive.tables import FAMILIES, stale_families
from flows.derive.tasks import DerivationOptions, RederiveManifest, RederiveTask
from flows.load.database import literal, run_sql, set_variables
from flows.load.rows import raw_name

if TYPE_CHECKING:
    from flows.load.database import Connection
    from flows.settings import Source

PROFILE_FAMILY = "metadata"


class Rederivation(NamedTuple):
    """Families derived again: their names, the profile whose rows are replaced (None: any), the sources read with it.

    `shards`: where the rows are. `failed`: the contents that our code fails on, and why.
    """

    families: tuple[str, ...]
    profile_id: str | None
    sources: tuple[str, ...]
    shards: tuple[str, ...]
    failed: tuple[tuple[bytes, str], ...]

    @classmethod
    def of(
        cls, tasks: Sequence[RederiveTask], manifests: Sequence[RederiveManifest], sources: Sequence[Source]
    ) -> Rederivation:
        """Return what a group of tasks, all of one kind, came to."""
        families = tasks[0].families
        profile_id = tasks[0].options.profile.profile_id if families == (PROFILE_FAMILY,) else None
        names = tuple(source.name for source in sources if profile_id in (None, source.profile().profile_id))
        shards = sorted({manifest.shards for manifest in manifests})
        failed = sorted(failure for manifest in manifests for failure in manifest.failed)
        return cls(families, profile_id, names, tuple(shards), tuple(failed))

    @property
    def failed_ids(self) -> list[str]:
        """The contents that our code fails on, as the store has them."""
        return [str(UUID(bytes=content_id)) for content_id, _ in self.failed]


def note_of(con: Connection, rederivation: Rederivation) -> str:
    """Return a note on the contents that keep what was derived before: how many they are, and one by its path."""
    count = len(rederivation.failed)
    texts = "1 text keeps" if count == 1 else f"{count:,} texts keep"
    [(place,)] = con.execute(
        f"""
        select min(source || '/' || path) from raw.files
        where list_contains({literal(rederivation.failed_ids)}::uuid[], content_id)
            and list_contains({literal(rederivation.sources)}, source)
        """
    ).fetchall()
    # What only former versions of documents hold is at no path.
    example = f", such as {place}" if place else ""
    families = ", ".join(rederivation.families)
    return f"{texts} what was derived before of {families}{example}; Dateline fails there: {rederivation.failed[0][1]}"


def write_stale_texts(
    con: Connection, sources: Sequence[Source], folder: Path, shards: Path, batch_bytes: int
) -> list[list[RederiveTask]]:
    """Write the stored texts of what is stale and return the tasks, in groups of one profile each.

    Stale are the families of another version, and metadata that a source's profile has no rows of.
    """
    stored = dict(con.execute("select family, version from raw.derivations").fetchall())
    stale = stale_families(stored)
    groups = []
    shared = tuple(name for name in stale if name != PROFILE_FAMILY)
    if shared:
        options = DerivationOptions(profile=sources[0].profile())
        groups.append(_tasks(con, folder / "stale-shared", shared, options, shards, batch_bytes, None, ()))
    by_profile: dict[str, list[Source]] = {}
    for source in sources:
        by_profile.setdefault(source.profile().profile_id, []).append(source)
    for profile_id, members in by_profile.items():
        set_variables(con, is_profile_stale=PROFILE_FAMILY in stale)
        options = DerivationOptions(profile=members[0].profile())
        place = folder / f"stale-{profile_id}"
        names = tuple(source.name for source in members)
        groups.append(_tasks(con, place, (PROFILE_FAMILY,), options, shards, batch_bytes, profile_id, names))
    return [group for group in groups if group]


def replace_derived(con: Connection, rederivation: Rederivation) -> None:
    """Put the rows of families derived again in the place of the old ones."""
    tables = ["contents", *(table for name in rederivation.families for table in FAMILIES[name].tables)]
    files = {f"{table}_files": [f"{folder}/{table}.parquet" for folder in rederivation.shards] for table in tables}
    set_variables(con, **files)
    columns = [column for name in rederivation.families for column in FAMILIES[name].columns]
    if columns:
        assignments = ", ".join(f"{column} = derived.{column}" for column in columns)
        run_sql(con, "load/replace_columns.sql", assignments=assignments)
    for table in tables[1:]:
        conditions = [f"stored.profile_id = {literal(rederivation.profile_id)}"] if rederivation.profile_id else []
        conditions += ["stored.stage <> 'decode'"] if table == "problems" else []
        condition = " and ".join(conditions) or "true"
        run_sql(con, "load/replace_rows.sql", target=raw_name(table), table=table, condition=condition)
    if rederivation.failed and rederivation.profile_id:
        set_variables(
            con,
            unread_contents=rederivation.failed_ids,
            unread_profile=rederivation.profile_id,
            unread_sources=list(rederivation.sources),
        )
        run_sql(con, "load/keep_readings.sql")


def _tasks(
    con: Connection,
    folder: Path,
    families: tuple[str, ...],
    options: DerivationOptions,
    shards: Path,
    batch_bytes: int,
    profile_id: str | None,
    sources: tuple[str, ...],
) -> list[RederiveTask]:
    set_variables(con, stale_profile=profile_id, stale_sources=list(sources))
    [(stale,)] = run_sql(con, "load/stale_contents.sql")
    if not stale:
        return []
    place = str(folder).replace("'", "''")
    run_sql(con, "load/stale_texts.sql", folder=place, batch_bytes=str(batch_bytes))
    return [RederiveTask(str(file), families, options, str(shards)) for file in sorted(folder.glob("*.parquet"))]
