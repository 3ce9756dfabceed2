"""Where batches run: no more is made than is wanted, and no worker outlives the process it works for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.executors import InlineExecutor, begin_aside, map_ahead, map_unordered
from tests.conftest import ROOT

PROGRAM = """
import os, time
from flows.executors import open_executor
if __name__ == "__main__":
    with open_executor("processes", 2) as executor:
        print(*{executor.submit(os.getpid).result() for _ in range(9)}, flush=True)
        time.sleep(60)
"""


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as program:
        assert program.stdout is not None
        workers = [int(pid) for pid in program.stdout.readline().split()]
        assert workers
        program.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))


SOMEBODY_ELSES = """
import os, sys
from flows.executors import open_executor
if __name__ == "__main__":
    before = dict(os.environ)
    with open_executor("processes", 2) as executor:
        print(executor.submit(eval, "__import__('flows').__file__").result())
        print(executor.submit(eval, "'polars' in __import__('sys').modules").result())
    assert dict(os.environ) == before
"""


def test_workers_import_what_this_process_would(tmp_path: Path) -> None:
    """A project may have a folder `flows` of its own, in which a build is started."""
    program, project = tmp_path / "program.py", tmp_path / "project"
    program.write_text(SOMEBODY_ELSES)
    (project / "flows").mkdir(parents=True)
    (project / "flows" / "__init__.py").write_text("raise RuntimeError('these are not the flows of Dateline')\n")
    done = subprocess.run(
        [sys.executable, str(program)],
        cwd=project,
        # Not measured by coverage, which would warn that this process runs nothing of ours.
        env={**{name: os.environ[name] for name in os.environ if not name.startswith("COV")}, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout.split()) == ("", [str(ROOT / "flows" / "__init__.py"), "True"])


def test_tasks_are_made_as_they_are_wanted() -> None:
    made: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    results = map_ahead(InlineExecutor(), lambda number: number * 2, tasks(), ahead=2)
    assert next(results) in (0, 2)
    assert len(made) == 2
    assert len([*results]) == 9


def test_the_first_failure_is_the_last() -> None:
    with pytest.raises(ZeroDivisionError):
        list(map_ahead(InlineExecutor(), lambda number: 1 // number, iter([1, 0, 2]), ahead=1))


def test_workers_begin_before_anyone_waits() -> None:
    begun = threading.Event()
    with ThreadPoolExecutor(1) as executor:
        results = map_unordered(executor, lambda event: event.set(), [begun])
        assert begun.wait(30)
        assert list(results) == [None]


def test_in_this_process_each_task_runs_in_its_turn() -> None:
    done: list[int] = []
    results = map_unordered(InlineExecutor(), done.append, [1, 2])
    next(results)
    assert done == [1]


def test_a_failure_cancels_what_has_not_begun() -> None:
    done: list[int] = []
    hold = threading.Event()

    def work(number: int) -> None:
        if number == 0:
            raise ZeroDivisionError
        assert hold.wait(30)
        done.append(number)

    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(ZeroDivisionError):
            list(map_unordered(executor, work, [0, 1, 2, 3]))
        hold.set()
    assert done in ([], [1])


def note_process(file: str) -> None:
    Path(file).write_text(str(os.getpid()))


def test_what_is_begun_aside_runs_in_a_process_of_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main = {name: sys.modules["__main__"].__dict__.get(name) for name in ("__spec__", "__file__")}
    waits = [
        begin_aside("processes", 2, note_process, str(tmp_path / "process")),
        begin_aside("processes", 2, note_process, str(tmp_path / "missing" / "folder")),
        begin_aside("processes", 1, note_process, str(tmp_path / "one worker")),
        begin_aside("inline", 2, note_process, str(tmp_path / "inline")),
    ]
    for wait in waits:
        wait()
    assert [file.name for file in tmp_path.iterdir()] == ["process"]
    assert int((tmp_path / "process").read_text()) != os.getpid()
    assert {name: sys.modules["__main__"].__dict__.get(name) for name in main} == main
    assert capfd.readouterr().err == ""


def test_the_fork_server_leaves_without_taking_itself_apart() -> None:
    script = "import atexit, sys; atexit.register(print, 'taken apart'); import flows.fork_server; sys.exit(3)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
