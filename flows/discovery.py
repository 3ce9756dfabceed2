"""What differs between the sources and the index: each source is listed and compared, many files side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows import executors
from flows.derive.allocation import collector_paused
from flows.errors import SourceError
from flows.extract.discover import Changes, Listing, compare, list_source
from flows.extract.places import list_place
from flows.retries import may_pass
from flows.settings import Source

if TYPE_CHECKING:
    from flows.build_state import Build
    from flows.load.database import Connection

# So many known files take longer to look at than processes take to start.
MANY_FILES = 200_000


def look_through(build: Build) -> Iterator[tuple[Source, Listing, Changes]]:
    """Yield each source of a build, in order, with its listing, files left out, and what differs from the index.

    Raises UsageError for a source that is not there, SourceError for one that cannot be listed.
    """
    from flows.load import index

    con, published, settings = build.open_published(), build.warehouse.published(), build.settings
    skipped, full = build.warehouse.folder, settings.full
    workers = min(settings.workers, len(build.sources)) if settings.executor == "processes" else 1
    if con is None or published is None or workers == 1 or index.file_count(con) < MANY_FILES:
        for source in build.sources:
            yield (source, *_look(source, con, skipped, full))
        return
    with executors.open_executor("processes", workers) as executor:
        looks = [executor.submit(_look_alone, source, published, skipped, full) for source in build.sources]
        for source, look in zip(build.sources, looks, strict=True):
            yield (source, *look.result())


def _look_alone(source: Source, published: Path, skipped: Path, full: bool) -> tuple[Listing, Changes]:
    """Look at a source from a process without a connection."""
    from flows.load.database import read_published

    with collector_paused(), read_published(published, threads=1) as con:
        try:
            return _look(source, con, skipped, full)
        except SourceError as error:
            error.may_pass = may_pass(error)
            raise


def _look(source: Source, con: Connection | None, skipped: Path, full: bool) -> tuple[Listing, Changes]:
    from flows.load import index

    if source.url:
        listing = list_place(source.url, source.include, source.exclude)
    else:
        listing = list_source(source.path, source.include, source.exclude, (skipped,), source.only)
    known = index.read_index(con, source.name) if con else {}
    changes = compare(listing, known, full=full, partial=bool(source.only))
    # Those that count are among the changes; all others would be handed over, and kept, for nothing.
    listing.files = []
    return listing, changes
