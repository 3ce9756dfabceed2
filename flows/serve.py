"""What `dateline serve` does: the deployments of one warehouse, run on this machine without a work pool."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.settings import get_current_settings
from prefect.types.entrypoint import EntrypointType

from flows.dead_runs import mark_runs_without_runner
from flows.export import export_flow
from flows.load.warehouse import Warehouse
from flows.report import report_flow
from flows.scheduled import scheduled_build, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flows.settings import Settings, Source

# When nobody reads and writes much: it reads every file.
VERIFY_AT = "0 4 * * 0"
POLL_SECONDS = 5


def serve_deployments(
    settings: Settings, config: str | None, sources: Sequence[Source], say: Callable[[str], None]
) -> None:
    """Serve build, verify, export and report; build at once, then at each interval. Returns after SIGTERM or Ctrl-C.

    Without `sources` each run reads them from the settings file, or takes those the store knows.
    """
    warehouse = settings.warehouse.resolve()
    mark_runs_without_runner(Warehouse(warehouse), deployment_name(warehouse))
    to_serve = deployments(settings, config, sources)
    # Runs are processes that start where this one is, and Prefect has them import from there first: many a project has
    # a folder `flows` of its own.
    with TemporaryDirectory() as elsewhere, contextlib.chdir(elsewhere):
        runner = Runner(name="dateline", query_seconds=POLL_SECONDS, pause_on_shutdown=True)
        served = [runner.add_deployment(each) for each in to_serve]
        with get_client(sync_client=True) as client:
            client.create_flow_run_from_deployment(served[0])  # type: ignore[arg-type]  # ids, outside of an event loop
        page = (get_current_settings().api.url or "").removesuffix("/api")
        say(f"serving {warehouse}: a build every {settings.every}; runs are shown at {page}")
        asyncio.run(_run_until_stopped(runner))


def deployments(settings: Settings, config: str | None, sources: Sequence[Source]) -> list[RunnerDeployment]:
    """Return the deployments of a warehouse, the build first."""
    # From where a run starts is not from where this was called: all paths are whole.
    store: dict[str, Any] = {"config": config, "warehouse": str(settings.warehouse.resolve())}
    name = deployment_name(settings.warehouse)
    named = [f"{source.name}={source.url or source.path.joinpath(*source.only)}" for source in sources]
    every = Interval(timedelta(seconds=settings.every_seconds()), anchor_date=datetime.now(UTC))
    return [
        _deployment(scheduled_build, name, {**store, "sources": named or None}, every),
        _deployment(verify, name, {**store, "sources": named or None}, Cron(VERIFY_AT, timezone="UTC")),
        _deployment(export_flow, name, store),
        _deployment(report_flow, name, store),
    ]


def deployment_name(warehouse: Path) -> str:
    """Return the name of a warehouse's deployments: its path, as Prefect takes it; a server can have several."""
    return re.sub(r"[/%&<>]+", ".", str(warehouse.resolve())).strip(".")


def api_url_of_settings() -> str | None:
    """Return the URL of the Prefect API that Prefect's own settings name, if any."""
    return get_current_settings().api.url


async def _run_until_stopped(runner: Runner) -> None:
    """Run until SIGTERM or Ctrl-C; then pause the schedules and end a run that is at it, which cleans up behind it."""
    running = asyncio.ensure_future(runner.start())
    # It sets a handler of its own first thing, one that leaves by an exception in the middle of whatever is going on.
    await asyncio.sleep(0)
    for stop in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(stop, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running


def _deployment(
    flow: Flow[..., Any], name: str, parameters: dict[str, Any], schedule: Schedule | None = None
) -> RunnerDeployment:
    deployment = flow.to_deployment(
        name,
        schedule=schedule,
        paused=False,
        parameters=parameters,
        tags=["dateline"],
        # A run that comes while another one is at it is cancelled: what it would see, the next one sees.
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)
    return deployment
