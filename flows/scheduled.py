"""The flows that deployments run on a schedule: what `dateline serve` and prefect.yaml name.

They take small typed parameters, wait for nobody, and say in their state what happened.
"""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows import announcements
from flows.assets import run_stage, write_output
from flows.dead_runs import mark_dead_run
from flows.errors import ChecksFailedError, DatelineError, WarehouseBusyError
from flows.load.query import check_published, summarise
from flows.load.warehouse import Warehouse
from flows.pipeline import build_store
from flows.progress import Reporter
from flows.settings import Settings, load_settings
from flows.source_arguments import merge_sources, source_of_argument


class LogReporter(Reporter):
    """Says things in the log of the flow run."""

    def __init__(self) -> None:
        super().__init__(quiet=True)
        self._log = get_run_logger()

    def say(self, message: str) -> None:
        """Write one line."""
        self._log.info(message)


@flow(name="scheduled-build", persist_result=False)
def scheduled_build(
    config: str | None = None,
    warehouse: str | None = None,
    sources: list[str] | None = None,
    full: bool = False,
    exports: bool = True,
    report: bool = True,
    fail_on_alarms: bool = False,
) -> State[Any]:
    """Build the store, then write exports and the report of what was published.

    Args:
        config: The file dateline.toml; without it the one in the working folder, if any.
        warehouse: Folder of the store; without it what the settings say.
        sources: Folders or URLs as PATH or NAME=PATH; without them those of the settings, or those the store knows.
        full: Read every file, whatever its size and time say.
        exports: Write Parquet exports when they are not those of the published version.
        report: Write the HTML page when it is not that of the published version.
        fail_on_alarms: End as failed when an alarm of dateline.toml fires.
    """
    flags: dict[str, Any] = {"warehouse": warehouse, "full": full or None, "wait": False}
    if sources:
        flags["sources"] = merge_sources([source_of_argument(source) for source in sources])
    wanted = {"exports": exports, "report": report}
    return _build(load_settings(flags, config=config), [name for name in wanted if wanted[name]], fail_on_alarms)


@flow(name="verify", persist_result=False)
def verify(config: str | None = None, warehouse: str | None = None, sources: list[str] | None = None) -> State[Any]:
    """Read every file again whatever its size and time say, then run all checks, those of the exports included.

    Args:
        config: The file dateline.toml; without it the one in the working folder, if any.
        warehouse: Folder of the store; without it what the settings say.
        sources: Folders or URLs as PATH or NAME=PATH; without them those of the settings, or those the store knows.
    """
    flags: dict[str, Any] = {"warehouse": warehouse, "full": True, "wait": False}
    if sources:
        flags["sources"] = merge_sources([source_of_argument(source) for source in sources])
    settings = load_settings(flags, config=config)
    built = _build(settings, [], fail_on_alarms=False)
    if not built.is_completed() or built.name == "Skipped":
        return built
    store = Warehouse(settings.warehouse)
    results = check_published(store, settings)
    announcements.announce_checks([result.outcome() for result in results])
    failed = [result.name for result in results if result.failures and result.severity == "error"]
    if failed:
        announcements.emit(store, "check-failed", {"checks": ", ".join(failed)})
        return Failed(message=f"checks fail: {', '.join(failed)}; see `dateline check --warehouse {store.folder}`")
    return Completed(message=f"{len(results)} checks were run, none of severity error fails. {built.message}")


def _build(settings: Settings, outputs: list[str], fail_on_alarms: bool) -> State[Any]:
    """Build, write what is out of date, tell Prefect about it, and return the state that sums it up."""
    store = Warehouse(settings.warehouse)
    mark_dead_run(store)
    try:
        row = build_store(settings, LogReporter(), run_stage, str(flow_run.id))
        folders = {name: write_output(name, store) for name in outputs}
    except WarehouseBusyError as error:
        return Completed(name="Skipped", message=f"{error}; the next run sees what this one would have seen")
    except DatelineError as error:
        if isinstance(error, ChecksFailedError):
            announcements.emit(store, "check-failed", {"message": error})
        return Failed(message=announcements.announce_failure(store, error))
    summary = summarise(store, settings)
    name = announcements.rename_run([source["source"] for source in summary["sources"]], row)
    announcements.emit(store, "published" if row["published"] else "nothing-to-do", {"run_id": row["run_id"]})
    fired = [alarm["name"] for alarm in summary["alarms"] if alarm["failures"]]
    if row["published"]:
        announcements.announce_build(row, summary, folders)
    elif fired:
        announcements.announce_checks(summary["alarms"])
    if not fired:
        return Completed(message=name)
    message = f"{name}. Alarms: {', '.join(fired)}; see `dateline status --warehouse {store.folder}`"
    announcements.emit(store, "alarm", {"alarms": ", ".join(fired)})
    return Failed(message=message) if fail_on_alarms else Completed(name="Alarms", message=message)
