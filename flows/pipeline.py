"""The stages in their order: the table of contents of the project.

`build_store` composes them once. The Prefect flow passes a `run_stage` that makes each a task; ``--direct`` runs
the same composition without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flows import executors
from flows.build_state import Build, timestamp
from flows.derive.allocation import collector_paused
from flows.derive.tasks import run_batch, run_rederivation
from flows.discovery import look_through
from flows.errors import ChecksFailedError, DatelineError
from flows.load import run_log
from flows.load.disk_errors import build_errors
from flows.load.warehouse import Warehouse
from flows.progress import Reporter
from flows.settings import Settings
from flows.work_plan import plan_batches, plan_rederivations, shared_places

if TYPE_CHECKING:
    from flows.load.database import Connection

Stage = Callable[[Build], None]
StageRunner = Callable[[Stage, Build], None]


def run_directly(stage: Stage, build: Build) -> None:
    """Run a stage as a plain call."""
    stage(build)


def build_store(
    settings: Settings, reporter: Reporter, run_stage: StageRunner = run_directly, flow_run_id: str = ""
) -> dict[str, Any]:
    """Build the warehouse: discover, derive, load, transform, find entities, check, publish.

    Returns the row of `runs` with `published` true or false. A failure at any point leaves the published version
    as it was; a DatelineError says in `stage` where it came from. `flow_run_id` is noted while the build runs.
    """
    with open_build(settings, reporter, flow_run_id) as build:
        for stage in (discover, extract_and_derive):
            _run(stage, build, run_stage)
        if build.has_changes:
            for stage in (load, transform, find_entities, check, publish):
                _run(stage, build, run_stage)
        return record_run(build)


def _run(stage: Stage, build: Build, run_stage: StageRunner) -> None:
    try:
        run_stage(stage, build)
    except DatelineError as error:
        error.stage = stage.__name__
        raise


@contextmanager
def open_build(settings: Settings, reporter: Reporter, flow_run_id: str) -> Iterator[Build]:
    """Take the warehouse's lock and yield the state of a new build; clean up however it ends."""
    # Workers elsewhere are handed paths, and are in a folder of their own.
    warehouse = Warehouse(settings.warehouse.absolute())
    with warehouse.lock(wait=settings.wait, on_wait=reporter.say):
        warehouse.clear_stale()
        with build_errors(warehouse.folder), Build(settings, warehouse, reporter) as build:
            dead = run_log.begin(warehouse, build.started_at, flow_run_id)
            build.notes += [dead.describe()] if dead else []
            if warehouse.published() is None:
                # There will be work for all of them: their imports take as long as listing does.
                executors.warm_up(settings.executor, settings.workers)
            try:
                yield build
            finally:
                run_log.end(warehouse)


def discover(build: Build) -> None:
    """List each source and compare it with the index of the published version."""
    from flows.load import index
    from flows.load.database import is_outdated

    # What is listed stays to the end: looking through it again and again would find nothing to free.
    with build.timed("discover"), collector_paused():
        con = build.open_published()
        build.has_changes = con is None or is_outdated(con) or (build.settings.entities and _lacks_entities(build, con))
        runs, build.documents_before, build.problems_before = index.counts(con) if con else (0, 0, 0)
        build.start_after(index.last_start(con) if con else None)
        build.run_id = build.warehouse.new_run_id(timestamp(build.started_at), runs + 1)
        build.resolve_sources(index.stored_sources(con) if con else {})
        notes = []
        for source, listing, changes in look_through(build):
            build.listings[source.name], build.changes[source.name] = listing, changes
            # What is one batch is derived in this process.
            if sum(found.size for found in changes.to_read) > build.settings.batch_bytes:
                executors.warm_up(build.settings.executor, build.settings.workers)
            if listing.revision:
                notes.append(f"{source.name} is at commit {listing.revision[:12]}")
            if not changes.file_count:
                notes.append(f"no file of {source.name} matches {' '.join(source.include)}")
            build.has_changes = build.has_changes or con is None or index.is_source_new(con, source, listing)
        # Last, since the stage may be tried again.
        build.notes += notes


def extract_and_derive(build: Build) -> None:
    """Read what may have changed, derive rows from new contents in batches, and see whether anything differs."""
    if not build.needs_scan and not build.has_changes:
        return
    from flows.derive.scan import listing_rows, write_scan
    from flows.derive.shards import write_empty_shards
    from flows.load.rederivation import Rederivation, note_of
    from flows.load.rows import attach_shards
    from flows.load.views import create_views

    with build.timed("derive"), ThreadPoolExecutor(1) as aside:
        if build.settings.entities:
            from flows.entity_stage import begin_known_names

            begin_known_names(build)
        tasks = [task for source in build.sources for task in plan_batches(build, source)]
        stale = plan_rederivations(build)
        workers = min(build.settings.workers, max(len(tasks), sum(map(len, stale)), 1))
        is_new = build.open_published() is None
        # What does not depend on rows is made while workers are still importing, for which this thread waits.
        views = aside.submit(lambda: create_views(build.open_draft())) if is_new else None
        # An edit of one path that needs no reading should not depend on a cluster.
        kind = build.settings.executor if tasks or any(stale) else "inline"
        with executors.open_executor(kind, workers, shared_places(build), build.reporter.say) as executor:
            # Workers have imported what writes these; here that would take as long as some batches. They come first,
            # so that a disk that takes nothing is known before all is derived.
            listing = build.warehouse.work / f"listing-{uuid4().hex[:12]}.parquet"
            small_files = [
                executor.submit(write_scan, listing, listing_rows(build.listings, build.changes)),
                executor.submit(write_empty_shards, build.warehouse.shards),
            ]
            finished = executors.map_unordered(executor, run_batch, tasks)
            may_differ = any(len(changes.to_read) > changes.alike for changes in build.changes.values())
            if tasks and not is_new and (build.has_changes or may_differ):
                build.start_copying()
            listing_scan, empty_shards = (future.result() for future in small_files)
            if views:
                views.result()
            manifests = list(build.reporter.track(finished, len(tasks), "deriving"))
            build.rederivations = []
            for group in stale:
                again = executors.map_unordered(executor, run_rederivation, group)
                renewed = list(build.reporter.track(again, len(group), "deriving again"))
                build.rederivations.append(Rederivation.of(group, renewed, build.sources))
        build.shards = sorted({manifest.shards for manifest in manifests} | {empty_shards})
        build.scans = [listing_scan, *(manifest.scan for manifest in manifests)]
        build.warehouse.forget_shards(
            keep={*build.shards, *(folder for each in build.rederivations for folder in each.shards)}
        )
        con = build.open_published()
        differences = attach_shards(con, build.shards, build.scans) if con else 0
        build.has_changes = build.has_changes or differences > 0
        # Last, since the stage may be tried again.
        build.notes += [note_of(con, each) for each in build.rederivations if con and each.failed]


def load(build: Build) -> None:
    """Load shards and scans into a private copy of the published version."""
    from flows.load.database import record_families
    from flows.load.rederivation import replace_derived
    from flows.load.rows import Loaded, attach_shards, load_rows

    with build.timed("load"):
        con = build.open_draft()
        for rederivation in build.rederivations:
            replace_derived(con, rederivation)
        record_families(con)
        attach_shards(con, build.shards, build.scans)
        revisions = {name: listing.revision for name, listing in build.listings.items()}
        loaded = Loaded(
            *(build.run_id, build.started_at, build.sources, revisions, build.files_seen, build.shards),
            is_all_new=bool(build.rederivations),
        )
        load_rows(con, loaded, at_once=build.has_two_lanes)


def transform(build: Build) -> None:
    """Create the views and macros of sql/, and the tables that are made from one of them."""
    from flows.load.database import run_sql
    from flows.load.views import create_views

    with build.timed("transform"):
        con = build.open_draft()
        create_views(con)
        run_sql(con, "load/link_graph.sql")


def find_entities(build: Build) -> None:
    """Find people, places and organisations in texts that are new, and give them one identity over all."""
    from flows.entity_stage import find_entities as find

    with build.timed("entities"):
        find(build, build.open_draft())


def check(build: Build) -> None:
    """Run the checks of sql/checks; one of severity error with rows stops the build before publishing."""
    from flows.load.checks import describe, run_checks

    with build.timed("check"):
        results = run_checks(build.open_draft())
        build.checks = [result.outcome() for result in results]
        failed = [result for result in results if result.failures]
        build.notes += [f"check {result.name} fails with {result.failures} rows" for result in failed]
        errors = [describe(result) for result in failed if result.severity == "error"]
        if errors:
            raise ChecksFailedError("the new version was not published: " + "\n".join(errors))


def publish(build: Build) -> None:
    """Make the draft the version that readers see."""
    from flows.load.rows import finish_run

    with build.timed("publish"):
        build.row = finish_run(build.open_draft(), build.run_id, build.now(), build.seconds, build.notes)
        build.publish_draft()


def record_run(build: Build) -> dict[str, Any]:
    """Note in last_run.json what the build did, and return it."""
    row = build.row or build.idle_row()
    record = {**row, "seconds": build.seconds, "checks": build.checks, "published": bool(build.row)}
    build.warehouse.write_last_run(record)
    return record


def _lacks_entities(build: Build, con: Connection) -> bool:
    from flows.derive.entities.options import entity_version
    from flows.entity_stage import entity_settings
    from flows.load.entities import are_entities_stale

    return are_entities_stale(con, entity_version(entity_settings(build.settings, build.warehouse.cache)))
