"""The Prefect flow that builds the warehouse: the composition of `flows.pipeline`, one task per stage."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.build_state import Build
from flows.pipeline import Stage, build_store
from flows.progress import Reporter
from flows.settings import Settings, load_settings


def run_as_task(stage: Stage, build: Build) -> None:
    """Run a stage as a Prefect task of the same name; its state is opaque and is never persisted."""
    task(name=stage.__name__, cache_policy=NO_CACHE, persist_result=False)(stage)(build)


@flow(name="build", persist_result=False, validate_parameters=False)
def build_flow(settings: Settings | None = None, reporter: Reporter | None = None) -> dict[str, Any]:
    """Build the warehouse: discover, extract and derive, load, transform, find entities, check, publish.

    Without `settings` they are read as the command line does: environment, dateline.toml, defaults.
    """
    return build_store(settings or load_settings({}), reporter or Reporter(), run_as_task)
