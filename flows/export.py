"""The Prefect flow that exports the published version as Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.load.export import export_published
from flows.load.warehouse import Warehouse
from flows.settings import load_settings


@flow(name="export", persist_result=False)
def export_flow(to: Path | None = None) -> dict[str, Any]:
    """Write every object of main and report as Parquet, for the warehouse that the settings name."""
    write_exports = task(name="write_exports", cache_policy=NO_CACHE, persist_result=False)(export_published)
    return write_exports(Warehouse(load_settings({}).warehouse), to)
