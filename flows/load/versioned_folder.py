"""Folders that are replaced at once: each writing makes a version, and a link leads to the last whole one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flows.errors import StorageError
from flows.load.disk_errors import storage_errors
from flows.load.warehouse import exclusive_lock, replace_link, sync

KEPT_FOLDERS = 2
MANIFEST = "_manifest.json"


class Draft(NamedTuple):
    """A folder to fill, and the version that readers see until then, None where there is none."""

    folder: Path
    previous: Path | None


@contextmanager
def replace_folder(link: Path, run_id: str, command: str) -> Iterator[Draft]:
    """Yield a draft to fill; then name it after the run and point `link` at it with one atomic rename.

    `command` is what makes such folders. Raises StorageError when something else is in the way, or the disk is
    full; what was there before stays.
    """
    versions = link.parent / f".{link.name}-versions"
    with storage_errors(link):
        if link.is_dir() and not link.is_symlink() and not any(link.iterdir()):
            link.rmdir()
        if os.path.lexists(link) and not link.is_symlink():
            raise StorageError(f"{link} exists and was not made by {command}; choose another place")
        versions.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(versions / ".lock", wait=True, on_wait=lambda _: None, busy=f"{link} is being written"):
            draft = versions / "draft"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            yield Draft(draft, link.resolve() if link.exists() else None)
            folder = _free_name(versions, run_id)
            draft.rename(folder)
            sync(versions)
            replace_link(link, folder.relative_to(link.parent))
            for old in sorted(path for path in versions.iterdir() if path.is_dir())[:-KEPT_FOLDERS]:
                if old != folder:
                    shutil.rmtree(old, ignore_errors=True)


def is_current(link: Path, run_id: str) -> bool:
    """Say whether the folder behind `link` was made of that run, by what its manifest says."""
    try:
        return bool(json.loads((link / MANIFEST).read_text(encoding="utf-8"))["run_id"] == run_id)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _free_name(versions: Path, run_id: str) -> Path:
    """Return a name that sorts behind those of the same run: a number that was free again would make it the oldest."""
    ordinals = [int(path.name.removeprefix(f"{run_id}-")) for path in versions.glob(f"{run_id}-[0-9][0-9][0-9]")]
    return versions / f"{run_id}-{max(ordinals, default=-1) + 1:03}"
