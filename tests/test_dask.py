"""A real Dask cluster on this machine: what it makes, what it does when parts of it die, what it says."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import dask_executor
from flows.cluster import SharedPlaces, mark_site, problem_here
from flows.derive.entities import batch as entity_batches
from flows.derive.entities.options import EntitySettings
from flows.derive.entities.tables import ContentText, EntityTask
from flows.errors import ClusterError, StorageError, UsageError
from flows.load.export import export_published
from flows.load.warehouse import Warehouse
from flows.pipeline import build_store
from flows.progress import Reporter
from flows.resources import REFERENCE
from flows.settings import load_settings
from flows.source_arguments import source_of_argument
from tests.conftest import ROOT

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

FILES = 240
BATCH_BYTES = 20_000
Shards = dict[str, dict[str, str]]


class Cluster:
    """A scheduler and workers, each a process that is ended by its own handle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "derived.log"
        self.log.touch()
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        where = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)]
        self.scheduler = self._start("scheduler", *where)
        wait_until(lambda: file.exists() and file.read_text().endswith("}"))
        self.address = json.loads(file.read_text())["address"]

    @property
    def executor(self) -> str:
        return self.address.replace("tcp://", "dask://")

    def start_worker(self, threads: int = 1, **environment: object) -> subprocess.Popen[bytes]:
        number = len(self.processes)
        options = ["--no-nanny", "--nthreads", str(threads), "--host", "127.0.0.1"]
        options += ["--local-directory", str(self.folder / f"worker-{number}")]
        options += ["--preload", "tests.dask_preload"]
        return self._start("worker", self.address, *options, **environment)

    def derived(self) -> list[tuple[int, str]]:
        """Return, for each batch that was derived and finished, the worker's process and the shards' name."""
        lines = self.log.read_text().splitlines()
        return [(int(line.split()[0]), line.split()[1]) for line in lines]

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()

    def _start(self, *arguments: str, **environment: object) -> subprocess.Popen[bytes]:
        own = {"PYTHONPATH": str(ROOT), "TEST_DERIVED_LOG": str(self.log)}
        output = (self.folder / f"process-{len(self.processes)}.log").open("wb")
        with output:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                env={**os.environ, **own, **{name: str(value) for name, value in environment.items()}},
                stdout=output,
                stderr=output,
            )
        self.processes.append(process)
        return process


def wait_until(is_true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    started = Cluster(folder)
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Some hundred invented documents in two languages, some of them equal, some broken."""
    folder = tmp_path / "notes"
    folder.mkdir()
    chance = random.Random(8)
    for number in range(FILES):
        words = " ".join(chance.choices(["ferry", "harbour", "tide", "渡轮", "海港", "[link](0001.md)", "the"], k=150))
        closing = "" if number % 17 == 0 else "---\n"
        text = f"---\ntitle: Document {number // 2 if number % 30 == 1 else number}\ntags: [sea]\n{closing}\n# Heading\n\n{words}\n"
        (folder / f"{number:04}.md").write_text(text, encoding="utf-8")
    return folder


def run_build(folder: Path, warehouse: Path, executor: str, **flags: Any) -> Shards:
    """Build in this process, at a fixed time; return the checksum of each file of each of the build's shards."""
    values = {"warehouse": warehouse, "executor": executor, "entities": False, "batch_bytes": BATCH_BYTES, **flags}
    values["sources"] = (source_of_argument(str(folder)),)
    found: Shards = {}

    def run_stage(stage: Any, build: Any) -> None:
        stage(build)
        if stage.__name__ == "extract_and_derive":
            for shards in map(Path, build.shards):
                files = sorted(shards.iterdir())
                found[shards.name] = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    settings = load_settings(values, {"SOURCE_DATE_EPOCH": "1750000000"})
    build_store(settings, Reporter(quiet=True), run_stage)
    return found


def exports_of(warehouse: Path) -> dict[str, str]:
    """Return the checksum of each exported file, but for what says how long a run took."""
    export_published(Warehouse(warehouse), warehouse / "out")
    files = [file for file in (warehouse / "out").rglob("*.parquet") if "runs" not in file.as_posix()]
    return {str(file.relative_to(warehouse)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}


def in_the_middle(act: Callable[[], None], is_middle: Callable[[], bool]) -> threading.Thread:
    """Do something once a build has come so far."""

    def wait_and_act() -> None:
        wait_until(is_middle)
        act()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    return thread


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_worker_loses_and_repeats_nothing(cluster: Cluster, notes: Path, tmp_path: Path) -> None:
    victim, other = cluster.start_worker(), cluster.start_worker()
    wait_until(lambda: all((cluster.folder / f"worker-{number}").exists() for number in (1, 2)))
    thread = in_the_middle(
        lambda: kill(victim),
        lambda: Counter(pid for pid, _ in cluster.derived()).get(victim.pid, 0) >= 3,
    )
    shards = run_build(notes, tmp_path / "on-dask", cluster.executor)
    thread.join()
    assert shards == run_build(notes, tmp_path / "inline", "inline")
    assert exports_of(tmp_path / "on-dask") == exports_of(tmp_path / "inline")

    derived = cluster.derived()
    assert {pid for pid, _ in derived} == {victim.pid, other.pid}
    assert sorted(name for _, name in derived) == sorted(name for name in shards if name != "empty")


def test_a_finished_batch_that_nobody_heard_of_is_found(cluster: Cluster, notes: Path, tmp_path: Path) -> None:
    victim = cluster.start_worker(TEST_DIE_AFTER=3)
    thread = in_the_middle(lambda: cluster.start_worker() and None, lambda: victim.poll() is not None)
    shards = run_build(notes, tmp_path / "on-dask", cluster.executor)
    thread.join()
    derived = cluster.derived()
    assert len([pid for pid, _ in derived if pid == victim.pid]) == 3
    assert sorted(name for _, name in derived) == sorted(name for name in shards if name != "empty")
    assert shards == run_build(notes, tmp_path / "inline", "inline")


def test_a_worker_with_threads_makes_the_same(cluster: Cluster, articles: Path, tmp_path: Path) -> None:
    cluster.start_worker(threads=4)
    flags = {"batch_bytes": 50, "entities": True}
    on_dask = run_build(articles, tmp_path / "on-dask", cluster.executor, **flags)
    assert len(on_dask) > 3
    assert on_dask == run_build(articles, tmp_path / "inline", "inline", **flags)
    exports = exports_of(tmp_path / "on-dask")
    assert exports == exports_of(tmp_path / "inline")
    assert any("mentions" in name for name in exports)


def test_a_scheduler_that_dies_is_one_line(
    cluster: Cluster, notes: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "warehouse"
    run_build(notes, warehouse, "inline")
    published = (warehouse / "dateline.duckdb").resolve()
    for file in notes.iterdir():
        file.write_text(file.read_text() + "\nMore.\n")
    cluster.start_worker()
    thread = in_the_middle(lambda: kill(cluster.scheduler), lambda: len(cluster.derived()) >= 3)
    with pytest.raises(ClusterError, match=r"connection to the Dask scheduler .* lost"):
        run_build(notes, warehouse, cluster.executor)
    thread.join()
    assert (warehouse / "dateline.duckdb").resolve() == published
    assert not (warehouse / "work").exists()
    # What was finished is taken up.
    assert {name for _, name in cluster.derived()} <= set(run_build(notes, warehouse, "inline"))
    assert capfd.readouterr().err == ""


def test_a_cluster_left_by_all_workers(
    cluster: Cluster, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_executor, "ABANDONED_SECONDS", 2.0)
    worker = cluster.start_worker()
    thread = in_the_middle(lambda: kill(worker), lambda: len(cluster.derived()) >= 3)
    with pytest.raises(ClusterError, match="all workers of the cluster"):
        run_build(notes, tmp_path / "warehouse", cluster.executor)
    thread.join()


def test_a_cluster_without_fitting_workers(
    cluster: Cluster, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_executor, "WORKER_SECONDS", 0.5)
    with pytest.raises(UsageError, match="has no workers"):
        run_build(articles, tmp_path / "warehouse", cluster.executor)
    monkeypatch.setattr(dask_executor, "WORKER_SECONDS", 60.0)
    cluster.start_worker(TEST_VERSION="0.0.9")
    with pytest.raises(UsageError, match=r"the worker tcp://.* has Dateline 0\.0\.9, this build is"):
        run_build(articles, tmp_path / "warehouse", cluster.executor)
    assert not (tmp_path / "warehouse" / "dateline.duckdb").exists()


def test_no_scheduler_is_one_line(dateline: Callable[..., subprocess.CompletedProcess[str]], articles: Path) -> None:
    done = dateline("build", articles, "--direct", "--no-entities", "--executor", "dask://127.0.0.1:1", status=2)
    assert done.stderr == "dateline: no Dask scheduler answers at tcp://127.0.0.1:1\n"
    done = dateline("build", articles, "--direct", "--no-entities", "--executor", "dask://nowhere", status=2)
    assert done.stderr == "dateline: executor must be dask://HOST:PORT, not 'dask://nowhere'\n"


class UnpicklableError(Exception):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def fail(kind: str) -> None:
    raise StorageError("the disk is full") if kind == "ours" else UnpicklableError("odd", "one")


def test_what_fails_on_a_worker_fails_here(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_worker()
    said: list[str] = []
    with dask_executor.open_cluster(cluster.executor, SharedPlaces(tmp_path), said.append) as executor:
        assert executor.workers == 1
        with pytest.raises(StorageError, match="the disk is full") as caught:
            executor.submit(fail, "ours").result(30)
        assert "in fail" in caught.value.__notes__[0]
        with pytest.raises(RuntimeError, match="UnpicklableError: odd one"):
            executor.submit(fail, "theirs").result(30)
    assert said == []


def test_what_a_worker_must_have_in_common(tmp_path: Path) -> None:
    source, cache = tmp_path / "source", tmp_path / "cache"
    source.mkdir()
    cache.mkdir()
    files = (str(source / "gone.md"), str(source / "a.md"))
    (source / "a.md").touch()
    entities = EntitySettings(REFERENCE)
    site = mark_site(SharedPlaces(tmp_path, (str(source), str(cache)), (files, ()), entities))
    assert problem_here(site) == ""
    # A checkout elsewhere has its reference lists elsewhere.
    away = entities._replace(reference=tmp_path / "elsewhere")
    assert problem_here(site._replace(places=site.places._replace(entities=away))) == ""
    assert "other rules" in problem_here(site._replace(derivation="other"))
    assert "other models" in problem_here(site._replace(entity_version="other"))
    assert f"cannot read and write {tmp_path}" in problem_here(site._replace(token="another folder"))
    cache.rmdir()
    assert f"cannot read {cache}" in problem_here(site)
    cache.mkdir()
    # What is left of a source that is not mounted.
    (source / "a.md").unlink()
    assert f"sees no {files[0]}" in problem_here(site)


def test_a_finished_entity_batch_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = EntitySettings(REFERENCE, extractors=(("en", "no_such_model"), ("zh", "none")))
    content = ContentText(b"1" * 16, None, ((0, "en", "The ferry to Hull."),))
    task = EntityTask((content,), settings, "1", str(tmp_path / "done"), ())
    first = entity_batches.entity_batch(task)
    assert [language for language, _ in first.missing] == ["en"]
    monkeypatch.delattr(entity_batches, "worker_of")
    assert entity_batches.entity_batch(task) == first
