"""The Prefect flow that exports the published version as Parquet."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.assets import write_output
from flows.extract.places import is_url
from flows.load.remote_export import export_to_url
from flows.load.warehouse import Warehouse
from flows.settings import load_settings


@flow(name="export", persist_result=False)
def export_flow(config: str | None = None, warehouse: str | None = None, to: str | None = None) -> str:
    """Write every object of main and report of the published version as Parquet, and return the folder.

    Args:
        config: The file dateline.toml; without it the one in the working folder, if any.
        warehouse: Folder of the store; without it what the settings say.
        to: Folder or URL (s3://...) to write to; without it ``exports`` in the warehouse.
    """
    store = Warehouse(load_settings({"warehouse": warehouse}, config=config).warehouse)
    if to and is_url(to):
        export_to_url(store, to)
        return to
    return str(write_output("exports", store, Path(to) if to else None))
