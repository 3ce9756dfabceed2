"""Full, read-only and forbidden disks: one clear message, exit status 1, and the published version as it was."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

Build = Callable[..., dict[str, Any]]
Ask = Callable[..., list[tuple[Any, ...]]]


def run_limited(
    arguments: list[str], cwd: Path, prepare: Callable[[], None] = lambda: None, prefix: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a build in a process that `prepare`, or the command `prefix`, has taken something from."""
    return subprocess.run(
        [
            *prefix,
            sys.executable,
            "-m",
            "flows",
            "build",
            *arguments,
            "--direct",
            "--no-entities",
            "--executor",
            "inline",
        ],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(cwd)},
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        check=False,
    )


def one_clear_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    [line] = done.stderr.strip().splitlines()
    return line


def test_full_disk_changes_nothing(articles: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    build(articles)
    (articles / "large.md").write_text("# Large\n\n" + " ".join(f"word{number}" for number in range(400_000)))

    def leave_little_room() -> None:
        # As on a full disk, writes fail from some size on; Python ignores the signal that comes with it.
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    line = one_clear_line(run_limited([str(articles)], tmp_path, leave_little_room))
    assert "The published version is as it was" in line
    assert ask("select count(*) from documents") == [(4,)]
    assert build(articles)["documents"] == 5


def test_forbidden_folder_changes_nothing(articles: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    build(articles)
    (articles / "new.md").write_text("# New\n")
    warehouse = tmp_path / "warehouse"
    # Root may write anywhere unless that privilege is taken away.
    prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if prefix and not shutil.which("setpriv"):
        pytest.skip("root may write anywhere, and setpriv is not there to change that")
    folders = [warehouse, *(path for path in warehouse.iterdir() if path.is_dir() and not path.is_symlink())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        line = one_clear_line(run_limited([str(articles)], tmp_path, prefix=prefix))
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert "permission denied" in line.lower()
    assert "The published version is as it was" in line
    assert ask("select count(*) from documents") == [(4,)]
    assert build(articles)["documents"] == 5


def test_file_in_the_way(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    line = one_clear_line(run_limited([str(articles), "--warehouse", "taken"], tmp_path))
    assert "that is a file, not a folder" in line
    assert (tmp_path / "taken").read_text() == "mine"


def test_damaged_store_is_said_not_shown(articles: Path, build: Build, tmp_path: Path) -> None:
    build(articles)
    version = (tmp_path / "warehouse" / "dateline.duckdb").resolve()
    version.write_bytes(b"not a database at all" * 1000)
    line = one_clear_line(run_limited([str(articles)], tmp_path))
    assert "cannot be opened" in line
