"""What a worker on another machine must have in common with a build, and how it runs a batch there.

This is the code that a worker of a cluster loads; it needs neither Prefect nor the client of the cluster.
"""

from __future__ import annotations

import os
import pickle
import socket
import threading
import traceback
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from flows import __version__
from flows.errors import ClusterError

if TYPE_CHECKING:
    from flows.derive.entities.options import EntitySettings

# Of a source, files to look for: one of them must be there, since a few may go away while a build runs.
SAMPLED_FILES = 20

# Models, caches and the pause of the collector are of a process, and not made for several threads; Python runs one
# of them at a time anyway.
_one_at_a_time = threading.Lock()


class SharedPlaces(NamedTuple):
    """Folders that workers read and write; `samples` are files of each source, one of which must be seen at least."""

    work: Path
    """Folder of the running build, below the warehouse."""
    folders: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    entities: EntitySettings | None = None
    """How entities are found, if that is the work."""


class Site(NamedTuple):
    """What a worker compares with what it has; hashable, for it is compared once a build and process."""

    mark: str
    """File that holds `token`: who reads it sees the same storage, not just a folder of the same name."""
    token: str
    places: SharedPlaces
    version: str
    derivation: str
    entity_version: str


class Failure(NamedTuple):
    """A pickled exception. Handed over as a result, since a cluster may fail to hand over an exception: it pickles
    the traceback too, and whoever waits for one that it cannot pickle waits for ever.
    """

    error: bytes


def mark_site(places: SharedPlaces) -> Site:
    """Write the mark that workers look for, and return what they are to compare."""
    token = uuid4().hex
    mark = places.work / f"cluster-{token}"
    mark.write_text(token, encoding="ascii")
    return Site(str(mark), token, places, __version__, _derivation(), _entity_version(places.entities))


def problem_here(site: Site) -> str:
    """Return why this process must do no work for a build, or an empty text.

    A source that is not mounted looks like an empty folder: its documents would be taken for deleted.
    """
    if site.version != __version__:
        return f"has Dateline {__version__}, this build is {site.version}"
    if site.derivation != _derivation():
        return "derives by other rules or reference files than this build: install the same Dateline there"
    try:
        is_same = Path(site.mark).read_text(encoding="ascii") == site.token
    except (OSError, ValueError):
        is_same = False
    places = site.places
    if not is_same or not os.access(places.work, os.W_OK):
        return f"cannot read and write {places.work}: the warehouse must be on shared storage, at the same path"
    for place in places.folders:
        if not os.access(place, os.R_OK):
            return f"cannot read {place}: it must be on shared storage, at the same path"
    for files in places.samples:
        if files and not any(map(os.path.lexists, files)):
            return f"sees no {files[0]}: the source must be on shared storage, at the same path"
    if site.entity_version != _entity_version(places.entities):
        return "has other models or names for entities than this build: install the same packages there"
    return ""


def run_call(payload: bytes) -> Any:
    """Run one pickled call on a worker, if the worker fits the build: some join when it has long begun.

    Returns what it returns, or a Failure.
    """
    try:
        site, call, arguments, keywords = pickle.loads(payload)
        if problem := _remembered_problem(site):
            raise ClusterError(f"the worker {os.getpid()} on {socket.gethostname()} {problem}")
        with _one_at_a_time:
            return call(*arguments, **keywords)
    except Exception as error:
        return _failure(error)


def payload_of(site: Site, call: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> bytes:
    """Return a call as bytes: a cluster that sees lists and texts would search them for names of its own tasks."""
    return pickle.dumps((site, call, arguments, keywords), protocol=pickle.HIGHEST_PROTOCOL)


def _failure(error: Exception) -> Failure:
    where = "".join(traceback.format_exception(error))
    try:
        error.add_note(f"on the worker {os.getpid()} on {socket.gethostname()}:\n{where}")
        data = pickle.dumps(error)
        pickle.loads(data)
    except Exception:
        data = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}\n{where}"))
    return Failure(data)


@lru_cache(maxsize=8)
def _remembered_problem(site: Site) -> str:
    return problem_here(site)


def _derivation() -> str:
    from flows.derive.tables import derivation_key

    return derivation_key("")


def _entity_version(settings: EntitySettings | None) -> str:
    if settings is None:
        return ""
    from flows.derive.entities.batch import local_settings
    from flows.derive.entities.options import entity_version

    return entity_version(local_settings(settings))
