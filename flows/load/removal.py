"""Removing folders that a worker somewhere may still be writing into."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

STALE = ".stale"


def remove_folder(folder: Path) -> None:
    """Remove a folder, if it is there: first out of sight, under another name, then bit by bit.

    Else what a worker adds meanwhile, and then gives its finished name, would look whole with half its files gone.
    """
    doomed = folder.with_name(f"{folder.name}.{uuid4().hex[:12]}{STALE}")
    try:
        folder.rename(doomed)
    except FileNotFoundError:
        return
    except OSError:
        doomed = folder
    shutil.rmtree(doomed, ignore_errors=True)


def remove_leftovers(parent: Path) -> None:
    """Finish the removals below `parent` that were cut short."""
    for doomed in parent.glob(f"*{STALE}"):
        shutil.rmtree(doomed, ignore_errors=True)
