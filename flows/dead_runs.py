"""Flow runs that died without a word: Prefect takes them for alive, and lets no other run of their deployment begin."""

from __future__ import annotations

from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.load import run_log
from flows.load.warehouse import Warehouse

BEGUN = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
# What the server returns at most; there can be no more than one per deployment.
SHOWN_RUNS = 200


def mark_dead_run(warehouse: Warehouse) -> None:
    """Mark the flow run of a build that died as crashed, by the note that the build left."""
    dead = run_log.find_dead(warehouse)
    if dead is None or not dead.flow_run_id:
        return
    with get_client(sync_client=True) as client:
        try:
            run = client.read_flow_run(UUID(dead.flow_run_id))
        except ObjectNotFound:
            # It ran against another server.
            return
    if run.state is None or not run.state.is_final():
        _mark([run], dead.describe())


def mark_runs_without_runner(warehouse: Warehouse, deployment: str) -> None:
    """Mark runs of a deployment that began and did not end, where no build is at it; before serving it anew."""
    if run_log.is_locked(warehouse.folder / ".lock"):
        return
    with get_client(sync_client=True) as client:
        begun = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=BEGUN))),
            deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[deployment])),
            sort=FlowRunSort.START_TIME_DESC,
            limit=SHOWN_RUNS,
        )
    _mark(begun, "what ran it ended without a word")


def _mark(runs: list[FlowRun], message: str) -> None:
    with get_client(sync_client=True) as client:
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message=message), force=True)
