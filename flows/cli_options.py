"""What commands share: options, and the settings and the warehouse that they lead to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.settings import Settings, load_settings

if TYPE_CHECKING:
    from flows.load.warehouse import Warehouse

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Folders, files or URLs (git+file://, s3://, ...); NAME=PATH names a source."),
]
WarehouseOption = Annotated[
    Path | None, typer.Option("--warehouse", metavar="DIR", help="Where the store is. [default: ./warehouse]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]

# How `dateline --help` groups its commands.
MAIN, ASKING, KEEPING = "Main commands", "Asking the store", "Keeping the store"


def settings_of(warehouse: Path | None, **flags: Any) -> Settings:
    """Return the settings that flags, environment and dateline.toml come to."""
    return load_settings({"warehouse": warehouse, **flags})


def warehouse_of(path: Path | None) -> Warehouse:
    """Return the warehouse that a command is about."""
    from flows.load.warehouse import Warehouse

    return Warehouse(settings_of(path).warehouse)
