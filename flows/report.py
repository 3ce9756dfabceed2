"""The Prefect flow that writes the report page of the published version."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.assets import write_output
from flows.load.warehouse import Warehouse
from flows.settings import load_settings


@flow(name="report", persist_result=False)
def report_flow(config: str | None = None, warehouse: str | None = None, to: str | None = None) -> str:
    """Write the self-contained HTML page about the published version, and return its folder.

    Args:
        config: The file dateline.toml; without it the one in the working folder, if any.
        warehouse: Folder of the store; without it what the settings say.
        to: Folder to write to; without it ``report`` in the warehouse.
    """
    store = Warehouse(load_settings({"warehouse": warehouse}, config=config).warehouse)
    return str(write_output("report", store, Path(to) if to else None))
