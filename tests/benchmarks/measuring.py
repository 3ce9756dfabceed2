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
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
SAMPLE_SECONDS = 0.05


class Measured(NamedTuple):
    """One run of a command: wall seconds from start to exit, peak MiB of all its processes together, its output."""

    seconds: float
    mebibytes: float
    output: str


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
        peak = [0.0]
        if with_memory:
            threading.Thread(target=_sample, args=(process, peak), daemon=True).start()
        try:
            output, _ = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
        seconds = time.perf_counter() - started
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command} failed: {said.read().decode(errors='replace')[-2000:]}")
    return Measured(seconds, peak[0], output.decode())


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


def _sample(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        total = sum(map(_proportional_kibibytes, _members(process.pid)))
        peak[0] = max(peak[0], total / 1024)
        time.sleep(SAMPLE_SECONDS)


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
