"""What one build knows and passes from stage to stage; opaque to whatever runs the stages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import DatelineError, UsageError
from flows.extract.discover import Changes, Listing
from flows.load.warehouse import Warehouse
from flows.progress import Reporter
from flows.settings import Settings, Source
from flows.source_arguments import source_at

if TYPE_CHECKING:
    from concurrent.futures import Future

    from flows.load.database import Connection
    from flows.load.index import StoredSource
    from flows.load.rederivation import Rederivation


# Of the store and of new files. With 13,000 documents, 110 MB, one thread loads as fast as two and checks faster.
BYTES_PER_THREAD = 200 * 1024 * 1024
# Of new files: from here on two connections load in less time than one, even though each thread is one.
BYTES_FOR_TWO_LANES = 16 * 1024 * 1024


class Build:
    """The state of one build under the warehouse's lock, and the two versions it has open.

    Not a dataclass on purpose: Prefect looks into the fields of those, and there are long lists in here.
    """

    def __init__(self, settings: Settings, warehouse: Warehouse, reporter: Reporter) -> None:
        self.settings = settings
        self.warehouse = warehouse
        self.reporter = reporter
        self.started_at = settings.now()
        self.run_id = ""
        self.sources: tuple[Source, ...] = settings.sources
        self.stored_sources: dict[str, StoredSource] = {}
        self.listings: dict[str, Listing] = {}
        self.changes: dict[str, Changes] = {}
        self.shards: list[str] = []
        self.scans: list[str] = []
        self.rederivations: list[Rederivation] = []
        self.documents_before = 0
        self.problems_before = 0
        self.has_changes = False
        self.seconds: dict[str, float] = {}
        self.notes: list[str] = []
        self.checks: list[dict[str, Any]] = []
        self.row: dict[str, Any] = {}
        # Set where they are made ready before they are needed.
        self.wait_for_known_names: Callable[[], None] = lambda: None
        self._published: Connection | None = None
        self._draft: Connection | None = None
        self._draft_path: Path | None = None
        self._copying: Future[Path] | None = None
        self._resources = ExitStack()

    def __enter__(self) -> Build:
        return self

    def __exit__(self, *exception: Any) -> None:
        if isinstance(exception[1], Exception) and not isinstance(exception[1], (DatelineError, OSError)):
            # It may be the finished shards that nobody can read; the next build must not stumble over them again.
            self.warehouse.forget_shards()
        try:
            # The connections turn their errors into ours, so they must see them.
            self._resources.__exit__(*exception)
        finally:
            self.warehouse.clear_work(self.run_id)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the wall time of a stage to `seconds`."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - started, 3)

    @property
    def files_seen(self) -> int:
        """How many paths the sources hold."""
        rejected = sum(len(listing.rejected) for listing in self.listings.values())
        return rejected + sum(changes.file_count for changes in self.changes.values())

    @property
    def needs_scan(self) -> bool:
        """Whether any path must be looked at more closely than by its stat."""
        return any(changes.to_read or changes.gone for changes in self.changes.values()) or any(
            listing.rejected for listing in self.listings.values()
        )

    def open_published(self) -> Connection | None:
        """Return a read-only connection to the published version, or None before the first build."""
        from flows.load.database import check_schema, read_published

        version = self.warehouse.published()
        if self._published is None and version is not None:
            self._published = self._resources.enter_context(read_published(version, self._threads()))
            check_schema(self._published)
        return self._published

    def start_copying(self) -> None:
        """Begin with the private copy of the published version, while something else is done."""
        from concurrent.futures import ThreadPoolExecutor

        if self._copying is None and self._draft is None:
            thread = self._resources.enter_context(ThreadPoolExecutor(1))
            self._copying = thread.submit(self.warehouse.start_draft, self.run_id)

    def open_draft(self) -> Connection:
        """Return the connection to this build's private copy of the published version, made on first use."""
        from flows.load.database import write_draft

        if self._draft is None:
            with self.timed("copy"):
                self.start_copying()
                copying, self._copying = self._copying, None
                assert copying is not None
                self._draft_path = copying.result()
            spill = self.warehouse.work / "spill"
            draft = write_draft(self._draft_path, self._threads(), self.settings.memory, spill)
            self._draft = self._resources.enter_context(draft)
        return self._draft

    def new_bytes(self) -> int:
        """Return the size of all files that may have changed."""
        return sum(found.size for changes in self.changes.values() for found in changes.to_read)

    @property
    def has_two_lanes(self) -> bool:
        """Whether two connections load at a time; where DuckDB has several threads, it shares the work out itself."""
        return self._threads() == 1 and self.settings.workers > 1 and self.new_bytes() >= BYTES_FOR_TWO_LANES

    def _threads(self) -> int:
        """Return how many threads this much data is worth to DuckDB; for little they cost more than they do."""
        version = self.warehouse.published()
        stored = version.stat().st_size if version else 0
        return min(self.settings.workers, 1 + (stored + self.new_bytes()) // BYTES_PER_THREAD)

    def publish_draft(self) -> None:
        """Close the draft and make it the published version."""
        assert self._draft is not None
        assert self._draft_path is not None
        self._draft.execute("checkpoint")
        self._resources.close()
        self.warehouse.publish(self._draft_path, self.run_id)
        self._draft_path = self._draft = self._published = None
        self.warehouse.forget_old_versions(self.settings.keep_versions)
        self.warehouse.forget_shards()

    def resolve_sources(self, stored: dict[str, StoredSource]) -> None:
        """Settle which sources to build: those named, else those the store knows.

        Raises UsageError when there are none, or when a name means another folder in this warehouse.
        """
        self.stored_sources = stored
        if not self.sources:
            self.sources = tuple(source_at(source.root, name) for name, source in stored.items())
        if not self.sources:
            raise UsageError("nothing to build: name a folder, or list sources in dateline.toml")
        for source in self.sources:
            known = stored.get(source.name)
            if known and known.root != source.root and Path(known.root).is_dir():
                raise UsageError(
                    f"this warehouse knows {known.root} as {source.name!r}; "
                    f"give {source.root} another name: {source.name}-2={source.root}"
                )

    def start_after(self, moment: datetime | None) -> None:
        """Start no earlier than the run before: a clock set back must not turn the history round."""
        if moment is not None and moment > self.started_at:
            clock = f"{self.started_at:%Y-%m-%d %H:%M:%S}"
            self.notes.append(f"the clock says {clock}, before the last run; this one is dated like that")
            self.started_at = moment

    def now(self) -> datetime:
        """Return the moment, never one before the start."""
        return max(self.settings.now(), self.started_at)

    def idle_row(self) -> dict[str, Any]:
        """Return the row of a run that found nothing to do."""
        from flows.load.index import rejected_count

        con = self.open_published()
        rejected = rejected_count(con, self.sources) if con else 0
        nothing = dict.fromkeys(("files_added", "files_edited", "files_renamed", "files_deleted"), 0)
        return {
            "run_id": self.run_id,
            "started_at": self.started_at,
            "finished_at": self.now(),
            "status": "nothing to do",
            "files_seen": self.files_seen,
            **nothing,
            "files_unchanged": self.files_seen - rejected,
            "files_rejected": rejected,
            "documents": self.documents_before,
            "problems": self.problems_before,
            "notes": self.notes,
        }


def timestamp(moment: datetime) -> str:
    """Return a moment as it is written in run ids."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
