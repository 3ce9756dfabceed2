"""The Prefect flow that writes the report page of the published version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.load.warehouse import Warehouse
from flows.report_page.page import publish_page
from flows.settings import load_settings


@flow(name="report", persist_result=False)
def report_flow(to: Path | None = None) -> dict[str, Any]:
    """Write the self-contained HTML page about the warehouse that the settings name."""
    write_page = task(name="write_page", cache_policy=NO_CACHE, persist_result=False)(publish_page)
    return write_page(Warehouse(load_settings({}).warehouse), to)
