"""How benchmarks measure: whole processes from start to exit, their memory together, and where results are written."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
SAMPLE_SECONDS = 0.05
# Looking at memory may take this part of one core, no more.
SAMPLE_PART = 0.02


class Measured(NamedTuple):
    """One run of a command: wall seconds from start to exit, its output, and how much memory it took when.

    `samples` are seconds since the start and MiB of all its processes together; none where memory was not asked for.
    """

    seconds: float
    output: str
    samples: list[tuple[float, float]]

    @property
    def mebibytes(self) -> float:
        """Return the peak of memory."""
        return max((mebibytes for _, mebibytes in self.samples), default=0.0)

    def peaks(self, stages: Mapping[str, float]) -> dict[str, float]:
        """Return the peak of memory in each of some stages, given their seconds in order, the last one at the end."""
        begin = self.seconds - sum(stages.values())
        found = {}
        for stage, seconds in stages.items():
            end = begin + seconds
            found[stage] = max((mib for at, mib in self.samples if begin <= at <= end), default=0.0)
            begin = end
        return found


def run_measured(command: Sequence[object], *, with_memory: bool = False, folder: Path | None = None) -> Measured:
    """Run a command in a session of its own and measure it. Raises RuntimeError if it fails.

    Memory is the proportional set size of the whole session, sampled; that costs time, so it is asked for.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*map(str, command)],
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"},
        )
        samples: list[tuple[float, float]] = []
        if with_memory:
            threading.Thread(target=_sample, args=(process, started, samples), daemon=True).start()
        try:
            output, _ = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
        seconds = time.perf_counter() - started
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command} failed: {said.read().decode(errors='replace')[-2000:]}")
    return Measured(seconds, output.decode(), samples)


def dateline(*arguments: object) -> list[object]:
    """Return the command line that runs Dateline of this checkout."""
    return [sys.executable, "-m", "flows", *arguments]


def machine() -> str:
    """Return what this was measured on, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    processor = model[1] if model else platform.processor() or platform.machine()
    return (
        f"{os.cpu_count()} cores ({processor}), {memory:.0f} GiB of memory, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}"
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, numbers to the right."""
    lines = ["| " + " | ".join(header) + " |", "|---" + "|---:" * (len(header) - 1) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def write_section(name: str, text: str) -> None:
    """Put a text in the place of the section `name` of docs/benchmarks.md, between its two marks."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    if begin not in page:
        raise ValueError(f"{PAGE} has no section {name}")
    head, _, rest = page.partition(begin)
    PAGE.write_text(f"{head}{begin}\n{text.strip()}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def _sample(process: subprocess.Popen[bytes], started: float, samples: list[tuple[float, float]]) -> None:
    while process.poll() is None:
        begun, used = time.perf_counter(), time.thread_time()
        total = sum(map(_proportional_kibibytes, _members(process.pid)))
        samples.append((begun - started, total / 1024))
        time.sleep(max(SAMPLE_SECONDS, (time.thread_time() - used) / SAMPLE_PART))


def _members(session: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if os.getsid(int(folder.name)) == session:
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _proportional_kibibytes(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) if found else 0
