"""Begins, ahead of time, what takes long to start; light to import, since it is called before most else is."""

from __future__ import annotations

import threading
from contextlib import suppress
from importlib import import_module

# Loaded once in the fork server, so that no worker spends its first half second importing.
PRELOADED_MODULES = ["flows.derive.preload", "flows.fork_server"]


def warm_up(kind: str, workers: int) -> None:
    """Begin now what takes long to start: the fork server with its imports, or those of a cluster's client."""
    if kind.startswith("dask://"):
        # Where it is not installed, opening the cluster says so.
        threading.Thread(target=_import_if_there, args=("distributed",), daemon=True).start()
    if kind != "processes" or workers == 1:
        return
    import multiprocessing
    from multiprocessing import forkserver

    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED_MODULES)
    forkserver.ensure_running()


def _import_if_there(module: str) -> None:
    with suppress(ImportError):
        import_module(module)
