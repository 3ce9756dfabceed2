"""The Prefect flow that builds the warehouse: the composition of `flows.pipeline`, one task per stage."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run

from flows.build_state import Build
from flows.pipeline import Stage, build_store, discover, extract_and_derive
from flows.progress import Reporter
from flows.settings import Settings, load_settings

# What a network file system or a disk says when the next moment may be better.
TRANSIENT = {errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EAGAIN, errno.ECONNRESET, errno.EHOSTUNREACH}
# Python's own and those of botocore and aiohttp, by name: their packages need not be installed.
NETWORK = {"ConnectionError", "TimeoutError", "HTTPClientError", "ClientConnectionError"}
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
    return any(_may_pass(error) for error in _causes(state.data))


def _may_pass(error: BaseException) -> bool:
    is_of_disk = isinstance(error, OSError) and error.errno in TRANSIENT
    return is_of_disk or any(kind.__name__ in NETWORK for kind in type(error).__mro__)


def _causes(error: Any) -> Iterator[Any]:
    while isinstance(error, BaseException):
        yield error
        error = error.__cause__


@flow(name="build", persist_result=False, validate_parameters=False)
def build_flow(settings: Settings | None = None, reporter: Reporter | None = None) -> dict[str, Any]:
    """Build the warehouse: discover, extract and derive, load, transform, find entities, check, publish.

    Without `settings` they are read as the command line does: environment, dateline.toml, defaults.
    """
    return build_store(settings or load_settings({}), reporter or Reporter(), run_as_task, str(flow_run.id or ""))
