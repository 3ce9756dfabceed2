"""Batches on a Dask cluster, as an executor like any other.

A batch's results are files on shared storage and a small manifest. The manifest is fetched as soon as it is there and
the cluster is told to forget it, so that a worker that dies takes no finished work along: what Dask runs again is what
it was running, and of that a batch that has left its files is not derived again.
"""

from __future__ import annotations

import logging
import pickle
import re
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from uuid import uuid4

from flows.cluster import Failure, SharedPlaces, Site, mark_site, payload_of, problem_here, run_call
from flows.errors import ClusterError, UsageError

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

CONNECT_SECONDS = 5.0
# Workers may still be starting when a build does.
WORKER_SECONDS = 10.0
# How long a cluster may be without any worker in the middle: a nanny or a scheduler of jobs starts others.
ABANDONED_SECONDS = 60.0
_ADDRESS = re.compile(r"dask://(?P<host>[^/:\s]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})/?")


@contextmanager
def open_cluster(kind: str, places: SharedPlaces, say: Callable[[str], None]) -> Iterator[DaskExecutor]:
    """Yield the executor for `dask://HOST:PORT`, after every worker there has been looked at.

    Raises UsageError when no scheduler answers, when it has no workers, and when one of them sees other files or has
    another Dateline.
    """
    found = _ADDRESS.fullmatch(kind)
    if not found:
        raise UsageError(f"executor must be dask://HOST:PORT, not {kind!r}")
    address = f"tcp://{found['host']}:{found['port']}"
    client = _connect(address, say)
    try:
        site = mark_site(places)
        _require_workers(client, address)
        _require_fit(client, site, say)
        executor = DaskExecutor(client, address, site)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)
    finally:
        # A scheduler that went away cannot be told anything; whatever it was is said by now.
        with suppress(Exception):
            client.close(timeout=2)


class DaskExecutor(Executor):
    """Runs calls on the workers of a cluster, each in one piece; `submit` as in any executor."""

    def __init__(self, client: Client, address: str, site: Site) -> None:
        self._client = client
        self._address = address
        self._site = site
        self._token = uuid4().hex[:8]
        self._pending: dict[Future[Any], Any] = {}
        self._lock = threading.Lock()
        self._is_closed = threading.Event()
        threading.Thread(target=self._watch, name="dateline-cluster", daemon=True).start()

    @property
    def workers(self) -> int:
        """How many calls the cluster runs at a time: the threads of its workers."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand the call to the cluster; its key there names the function and, where it has one, the task."""
        future: Future[T] = Future()
        name = getattr(args[0], "name", "") if args else ""
        remote = self._client.submit(
            run_call,
            payload_of(self._site, fn, args, dict(kwargs)),
            # Dask groups tasks, and learns how long they take, by the first part.
            key=(f"{fn.__name__}-{self._token}", name or uuid4().hex),
            pure=False,
            # What raises once raises again; calls whose worker died are Dask's to repeat (allowed-failures).
            retries=0,
        )
        with self._lock:
            self._pending[future] = remote
        # On the client's own loop: Dask runs callbacks of all clients on one thread, which one that hangs would block.
        loop: Any = self._client.loop
        loop.add_callback(self._settle, future, remote)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster. Calls that workers are at cannot be stopped; nobody reads what they leave."""
        self._is_closed.set()
        with self._lock:
            pending, self._pending = self._pending, {}
        for future in pending:
            future.cancel()
        if pending and self._client.status == "running":
            with suppress(Exception):
                self._client.cancel(list(pending.values()), force=True)

    async def _settle(self, future: Future[Any], remote: Any) -> None:
        from distributed import KilledWorker

        try:
            result = await remote
            if isinstance(result, Failure):
                outcome = partial(future.set_exception, pickle.loads(result.error))
            else:
                outcome = partial(future.set_result, result)
        except KilledWorker as error:
            message = f"{error.allowed_failures + 1} workers of the cluster died, one after the other, while they ran"
            outcome = partial(future.set_exception, ClusterError(f"{message} {_named(error.task)}. {_KEPT}"))
        except CancelledError:
            outcome = partial(future.set_exception, self._lost())
        except Exception as error:
            outcome = partial(future.set_exception, error)
        with self._lock:
            self._pending.pop(future, None)
        # Before anyone is told: what is still held when its worker dies is run again.
        remote.release()
        with suppress(InvalidStateError):
            outcome()

    def _lost(self) -> ClusterError:
        return ClusterError(f"the connection to the Dask scheduler at {self._address} was lost. {_KEPT}")

    def _watch(self) -> None:
        """Fail what is pending when the scheduler is gone, or has had no worker for long: nothing would ever come."""
        seen = time.monotonic()
        while not self._is_closed.wait(1):
            if self._client.status != "running":
                self._fail(self._lost())
                return
            with suppress(Exception):
                if self._client.nthreads():
                    seen = time.monotonic()
            if time.monotonic() - seen > ABANDONED_SECONDS:
                gone = f"all workers of the cluster at {self._address} are gone, for {ABANDONED_SECONDS:.0f} s now"
                self._fail(ClusterError(f"{gone}. {_KEPT}"))
                return

    def _fail(self, error: ClusterError) -> None:
        with self._lock:
            pending, self._pending = self._pending, {}
        for future in pending:
            with suppress(InvalidStateError):
                future.set_exception(error)


_KEPT = "The published version is as it was; the next build takes up the batches that were finished."


def _connect(address: str, say: Callable[[str], None]) -> Client:
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise UsageError("the Dask executor needs the extra: pip install 'dateline[cluster]'") from error
    _quieten()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            client = Client(address, timeout=CONNECT_SECONDS, name="dateline", set_as_default=False)
        except Exception as error:
            # A port where something else listens fails in many ways.
            raise UsageError(f"no Dask scheduler answers at {address}") from error
    if any(issubclass(warning.category, VersionMismatchWarning) for warning in caught):
        say(f"note: the cluster at {address} runs other versions of Python or Dask than this machine")
    return client


def _require_workers(client: Client, address: str) -> None:
    from distributed import TimeoutError as DaskTimeoutError

    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except DaskTimeoutError as error:
        start = f"dask worker {address} --nthreads 1 --nworkers N"
        raise UsageError(f"the Dask scheduler at {address} has no workers; start some: {start}") from error
    except Exception as error:
        raise UsageError(f"the Dask scheduler at {address} went away") from error


def _require_fit(client: Client, site: Site, say: Callable[[str], None]) -> None:
    answers = client.run(problem_here, site, on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, str) and answer:
            raise UsageError(f"the worker {worker} {answer}")
        # A worker that died this moment is no misfit; Dask knows it is gone.
        if isinstance(answer, Exception) and not isinstance(answer, OSError):
            raise UsageError(f"the worker {worker} cannot run this version of Dateline: {answer}")
    threads = client.nthreads()
    if any(count > 1 for count in threads.values()):
        say("note: workers of the cluster have several threads, and run one batch at a time; --nthreads 1 is better")


def _named(key: Any) -> str:
    return str(key[-1] if isinstance(key, tuple) else key)


def _quieten() -> None:
    """Let Dask keep to itself what it would print about lost connections; what matters is said in one line."""
    for name in list(logging.root.manager.loggerDict):
        if name == "distributed" or name.startswith("distributed."):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
