"""What a flow run tells Prefect beside its state: its name, artifacts, events, and runs that died."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.runtime import flow_run

from flows import run_summary
from flows.errors import DatelineError
from flows.load.warehouse import Warehouse


def rename_run(sources: Sequence[str], row: Mapping[str, Any]) -> str:
    """Give this flow run a name that says what it did, and return it."""
    name = run_summary.run_name(sources, row)
    with get_client(sync_client=True) as client:
        client.set_flow_run_name(UUID(flow_run.id), name)
    return name


def announce_build(row: Mapping[str, Any], summary: Mapping[str, Any], pages: Mapping[str, Path]) -> None:
    """Write the account of a published run and the table of its checks as artifacts."""
    create_markdown_artifact(
        run_summary.account(row, summary, pages), key="dateline-build", description="What the last build changed"
    )
    announce_checks([*row["checks"], *summary["alarms"]])


def announce_checks(checks: Sequence[Mapping[str, Any]]) -> None:
    """Write checks as a table artifact."""
    create_table_artifact(
        run_summary.check_rows(checks), key="dateline-checks", description="Checks and alarms, failing ones first"
    )


def announce_failure(warehouse: Warehouse, error: DatelineError) -> str:
    """Write what went wrong as an artifact, and return it."""
    message = run_summary.failure(error, warehouse.folder)
    create_markdown_artifact(message, key="dateline-failure", description="What went wrong, and what to do")
    return message


def emit(warehouse: Warehouse, what: str, payload: Mapping[str, Any]) -> None:
    """Emit the event `dateline.WHAT` about a warehouse: published, nothing-to-do, check-failed, alarm."""
    name = str(warehouse.folder.resolve())
    resource = {"prefect.resource.id": f"dateline.warehouse.{name}", "prefect.resource.name": name}
    emit_event(f"dateline.{what}", resource, payload={key: str(value) for key, value in payload.items()})
