"""What a build hands to its workers: batches of files to read, families to derive again, and the places they share."""

from __future__ import annotations

from flows.build_state import Build
from flows.cluster import SAMPLED_FILES, SharedPlaces
from flows.derive.tasks import BatchTask, DerivationOptions, RederiveTask, cut_batches
from flows.settings import Source


def plan_batches(build: Build, source: Source) -> list[BatchTask]:
    """Return the batches that read what may have changed in a source."""
    from flows.load.index import write_known_contents

    profile = source.profile()
    known_contents = build.warehouse.work / f"known-{profile.profile_id}"
    write_known_contents(build.open_published(), profile.profile_id, known_contents)
    options = DerivationOptions(profile=profile)
    return [
        BatchTask(
            name=f"{source.name}-{number:06}".replace("/", "-"),
            source=source.name,
            root=source.root,
            files=tuple(files),
            options=options,
            max_file_bytes=build.settings.max_file_bytes,
            known_contents=str(known_contents),
            shards=str(build.warehouse.shards),
            scans=str(build.warehouse.work),
        )
        for number, files in enumerate(cut_batches(build.changes[source.name].to_read, build.settings.batch_bytes))
    ]


def plan_rederivations(build: Build) -> list[list[RederiveTask]]:
    """Return the batches that derive stale families again from stored texts, a list per family of tables."""
    from flows.load.rederivation import write_stale_texts

    con = build.open_published()
    if con is None:
        return []
    warehouse, batch_bytes = build.warehouse, build.settings.batch_bytes
    return write_stale_texts(con, build.sources, warehouse.work, warehouse.shards, batch_bytes)


def shared_places(build: Build) -> SharedPlaces:
    """Return the folders that workers elsewhere must see, with some files to try it on."""
    samples = [
        tuple(f"{source.path}/{found.disk_path}" for found in build.changes[source.name].to_read[:SAMPLED_FILES])
        for source in build.sources
        if not source.url
    ]
    folders = (str(build.warehouse.shards), *(str(source.path) for source in build.sources if not source.url))
    return SharedPlaces(build.warehouse.work, folders, tuple(samples))
