"""The Prefect flow that builds the warehouse: the composition of `flows.pipeline`, one task per stage."""

from __future__ import annotations

from typing import Any

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run

from flows.build_state import Build
from flows.pipeline import Stage, build_store, discover, extract_and_derive
from flows.progress import Reporter
from flows.retries import may_pass
from flows.settings import Settings, load_settings

# Only they read from where files are; the others work on a draft, which a second try would find half done.
RETRIED = (discover, extract_and_derive)
RETRY_SECONDS = [5.0, 30.0]


def run_as_task(stage: Stage, build: Build) -> None:
    """Run a stage as a Prefect task of the same name; its state is opaque and is never persisted."""
    stage_task: Task[[Build], None] = task(name=stage.__name__, cache_policy=NO_CACHE, persist_result=False)(stage)
    if stage in RETRIED:
        stage_task = stage_task.with_options(
            retries=len(RETRY_SECONDS), retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_transient
        )
    stage_task(build)


def is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Say whether a task failed for a reason that may have passed when it is tried again."""
    return may_pass(state.data)


@flow(name="build", persist_result=False, validate_parameters=False)
def build_flow(settings: Settings | None = None, reporter: Reporter | None = None) -> dict[str, Any]:
    """Build the warehouse: discover, extract and derive, load, transform, find entities, check, publish.

    Without `settings` they are read as the command line does: environment, dateline.toml, defaults.
    """
    return build_store(settings or load_settings({}), reporter or Reporter(), run_as_task, str(flow_run.id or ""))
