"""Where batches run: in this process, in a pool of processes, or on a Dask cluster."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, as_completed, wait
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flows.derive.allocation import collector_paused

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext

    from flows.cluster import SharedPlaces

P = ParamSpec("P")
T = TypeVar("T")
TaskT = TypeVar("TaskT")

# Loaded once in the fork server, so that no worker spends its first half second importing.
PRELOADED_MODULES = ["flows.derive.preload", "flows.fork_server"]
_starting = threading.Lock()


class InlineExecutor(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the call and return its finished future."""
        future: Future[T] = Future()
        try:
            # The first one imports what it needs, of which nothing could be collected.
            with collector_paused():
                future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def open_executor(
    kind: str, workers: int, places: SharedPlaces | None = None, say: Callable[[str], None] = lambda _: None
) -> Iterator[Executor]:
    """Yield the executor named `inline`, `processes` or `dask://HOST:PORT`; waits for its end.

    A cluster has as many workers as it has, and must see `places`; `say` is told what is odd about it.
    """
    if kind == "inline" or (kind == "processes" and workers == 1):
        yield InlineExecutor()
    elif kind == "processes":
        # Not for builds of a few edits, which run in this process.
        from concurrent.futures import ProcessPoolExecutor

        pool = ProcessPoolExecutor(workers, mp_context=_forking(), initializer=_end_with_parent)
        with _main_module.left_alone():
            try:
                yield pool
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    else:
        from flows.dask_executor import open_cluster

        assert places is not None
        with open_cluster(kind, places, say) as cluster:
            yield cluster


def workers_of(executor: Executor, workers: int) -> int:
    """Return how many calls an executor runs at a time; `workers` unless it knows better."""
    known = getattr(executor, "workers", workers)
    assert isinstance(known, int)
    return known


class _MainModule:
    """Keeps workers from importing the main module: they need nothing of it, and it may be all of Prefect."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._hidden: dict[str, Any] = {}

    @contextmanager
    def left_alone(self) -> Iterator[None]:
        """Hide what would make workers import it; several may ask for that at a time."""
        names: dict[str, Any] = sys.modules["__main__"].__dict__
        with self._lock:
            if not self._users:
                self._hidden = {name: names[name] for name in ("__spec__", "__file__") if name in names}
                names.update(dict.fromkeys(self._hidden))
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    names.update(self._hidden)


_main_module = _MainModule()


def begin_aside(kind: str, workers: int, call: Callable[..., object], *args: object) -> Callable[[], None]:
    """Begin a call in a process of its own, if work goes to processes; return what waits for its end.

    It is for making ready, early, what others would make themselves: nobody learns of its result, or of its failure.
    """
    if kind != "processes" or workers == 1:
        return lambda: None
    process = _forking().Process(target=_run_quietly, args=(call, *args), daemon=True)

    def run() -> None:
        # Starting waits for the fork server and its imports, for which nobody here should wait. Where there can be no
        # other process, what was to be made ready is made later.
        with suppress(OSError, EOFError):
            with _main_module.left_alone():
                process.start()
            process.join()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread.join


def _run_quietly(call: Callable[..., object], *args: object) -> None:
    with suppress(Exception):
        call(*args)


def _end_with_parent() -> None:
    """Let this worker end when what started it is killed; else it would wait for work for ever, models and all."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    from multiprocessing.connection import wait as wait_for

    wait_for([sentinel])
    os._exit(1)


def warm_up(kind: str, workers: int) -> None:
    """Begin now what takes long to start: the fork server with its imports, or those of a cluster's client."""
    if kind.startswith("dask://"):
        # Where it is not installed, opening the cluster says so.
        threading.Thread(target=_import_if_there, args=("distributed",), daemon=True).start()
    if kind == "processes" and workers > 1:
        _forking()


def _forking() -> ForkServerContext:
    """Return what starts workers, with the fork server running; it imports from where this process does.

    By itself it would look into the working directory first, where a folder `flows` may well be somebody else's.
    """
    import multiprocessing
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED_MODULES)
    # Of two threads at a time one would keep, and restore in the end, what the other has set.
    with _starting:
        kept = {name: os.environ.get(name) for name in ("PYTHONSAFEPATH", "PYTHONPATH")}
        os.environ.update(PYTHONSAFEPATH="1", PYTHONPATH=os.pathsep.join(import_path()))
        try:
            forkserver.ensure_running()
        finally:
            for name, value in kept.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
    return context


def import_path() -> list[str]:
    """Return where this process imports from, as far as PYTHONPATH can say it."""
    return [place for place in sys.path if isinstance(place, str) and os.pathsep not in place]


def _import_if_there(module: str) -> None:
    with suppress(ImportError):
        import_module(module)


def map_unordered(executor: Executor, call: Callable[[TaskT], T], tasks: list[TaskT]) -> Iterator[T]:
    """Return the results of `call` over `tasks` as they finish; the first failure ends the rest.

    Workers are handed all of them at once and begin before anyone waits; in this process each runs in its turn.
    """
    if isinstance(executor, InlineExecutor):
        return map(call, tasks)
    return _as_finished([executor.submit(call, task) for task in tasks])


def _as_finished(futures: list[Future[T]]) -> Iterator[T]:
    try:
        for future in as_completed(futures):
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def map_ahead(executor: Executor, call: Callable[[TaskT], T], tasks: Iterator[TaskT], ahead: int) -> Iterator[T]:
    """Yield the results of `call` as they finish, with no more than `ahead` tasks made and not done."""
    waiting: set[Future[T]] = set()
    try:
        for task in tasks:
            waiting.add(executor.submit(call, task))
            if len(waiting) >= ahead:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        for future in as_completed(waiting):
            yield future.result()
    finally:
        for future in waiting:
            future.cancel()
