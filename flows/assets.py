"""Tasks whose results Prefect knows as assets: the tables of a published version, its exports, its report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from prefect.assets import materialize
from prefect.cache_policies import NO_CACHE

from flows.build import run_as_task
from flows.build_state import Build
from flows.errors import DatelineError
from flows.load.export import export_published
from flows.load.versioned_folder import is_current
from flows.load.warehouse import Warehouse
from flows.pipeline import Stage, publish
from flows.report_page.page import publish_page
from flows.run_summary import WRITING

# The rest of main and report hangs off these.
TABLES = ("documents", "files", "mentions", "entities", "links", "runs")
WRITERS = {"exports": export_published, "report": publish_page}
# Of what a path may hold, what Prefect does not take in the key of an asset.
_FORBIDDEN = re.compile(r"[^\w./:+@-]")


def run_stage(stage: Stage, build: Build) -> None:
    """Run a stage as a task; publishing makes the assets."""
    if stage is not publish:
        run_as_task(stage, build)
        return
    keys = [asset_key("duckdb", build.warehouse.link, f"/main.{table}") for table in TABLES]
    materialize(*keys, name=stage.__name__, cache_policy=NO_CACHE, persist_result=False)(stage)(build)


def write_output(name: str, store: Warehouse, target: Path | None = None) -> Path:
    """Write `exports` or `report` of the published version as a task, unless it is there, and return the folder.

    A DatelineError that comes of it says in `stage` which of them it was.
    """
    folder = target or store.folder / name
    if not is_current(folder, store.require_published().stem):
        key = asset_key("file", folder)
        materialize(key, name=f"write_{name}", cache_policy=NO_CACHE, persist_result=False)(_write)(name, store, folder)
    return folder


def asset_key(scheme: str, path: Path, part: str = "") -> str:
    """Return the key of an asset at a path of this machine."""
    return _FORBIDDEN.sub("_", f"{scheme}://{path.absolute()}{part}")


def _write(name: str, store: Warehouse, folder: Path) -> dict[str, Any]:
    try:
        return WRITERS[name](store, folder)
    except DatelineError as error:
        error.stage = f"{WRITING}{name}"
        raise
