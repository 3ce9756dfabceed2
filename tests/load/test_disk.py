"""Full, read-only and forbidden disks: one clear message, exit status 1, and the published version as it was."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from flows import pipeline
from flows.errors import StorageError
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


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own; only root may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command to make a small disk with")
    if done.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def leave_room(disk: Path, kilobytes: int) -> Path:
    """Fill a disk up to some kilobytes and return the file that does so."""
    ballast = disk / "ballast"
    free = os.statvfs(disk)
    ballast.write_bytes(bytes(max(free.f_bavail * free.f_frsize - kilobytes * 1024, 0)))
    return ballast


def test_disk_fills_up_at_any_stage(articles: Path, build: Build, ask: Ask, tmp_path: Path, disk: Path) -> None:
    """The less room there is the earlier a build fails: with the scan, shards, the copy, the load, the checkpoint."""
    warehouse = disk / "warehouse"
    build(articles, warehouse=warehouse)
    published = (warehouse / "dateline.duckdb").readlink()
    before = (warehouse / published).read_bytes()
    for kilobytes in (0, 60, 200, 1500, len(before) // 1024 + 40, len(before) // 1024 + 300):
        (articles / "a.md").write_text(f"# Room {kilobytes}\n\n" + "".join(f"word{n * 7919:x} " for n in range(70_000)))
        ballast = leave_room(disk, kilobytes)
        line = one_clear_line(run_limited([str(articles), "--warehouse", str(warehouse)], tmp_path))
        assert line == (
            f"dateline: {warehouse}: the disk is full; free some space and build again."
            " The published version is as it was."
        )
        assert (warehouse / "dateline.duckdb").readlink() == published
        assert (warehouse / published).read_bytes() == before
        assert ask("select title from documents where path = 'a.md'", warehouse) == [("Ferry",)]
        # What a failed build leaves behind would fill the disk for good.
        assert list((warehouse / "versions").iterdir()) == [warehouse / published], kilobytes
        assert not (warehouse / "work").exists()
        ballast.unlink()
    assert build(articles, warehouse=warehouse)["files_edited"] == 1
    assert ask("select title from documents where path = 'a.md'", warehouse) == [(f"Room {kilobytes}",)]


def test_read_only_disk_is_still_read(articles: Path, build: Build, ask: Ask, tmp_path: Path, disk: Path) -> None:
    warehouse = disk / "warehouse"
    build(articles, warehouse=warehouse)
    (articles / "a.md").unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    line = one_clear_line(run_limited([str(articles), "--warehouse", str(warehouse)], tmp_path))
    assert "the file system is read-only; choose another --warehouse" in line
    assert ask("select count(*) from documents", warehouse) == [(4,)]
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert build(articles, warehouse=warehouse)["files_deleted"] == 1


def test_full_disk_changes_nothing(articles: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    build(articles)
    (articles / "large.md").write_text("# Large\n\n" + " ".join(f"word{number}" for number in range(400_000)))

    def leave_little_room() -> None:
        # As on a full disk, writes fail from some size on; Python ignores the signal that comes with it.
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    line = one_clear_line(run_limited([str(articles)], tmp_path, leave_little_room))
    assert "a file grows beyond what this system allows" in line
    assert "The published version is as it was" in line
    assert ask("select count(*) from documents") == [(4,)]
    assert len(list((tmp_path / "warehouse" / "versions").iterdir())) == 1
    assert build(articles)["documents"] == 5


def test_too_little_memory_changes_nothing(articles: Path, build: Build, ask: Ask) -> None:
    build(articles)
    (articles / "new.md").write_text("# New\n")
    with pytest.raises(StorageError, match=r"Out of Memory.*as it was\. Set `memory` higher"):
        build(articles, memory="8MB")
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


def test_file_for_a_folder_below_the_warehouse(articles: Path, build: Build, ask: Ask, tmp_path: Path) -> None:
    build(articles)
    shards = tmp_path / "warehouse" / "shards"
    shutil.rmtree(shards)
    shards.write_text("mine")
    line = one_clear_line(run_limited([str(articles)], tmp_path))
    assert f"{shards.name}: that is a file, not a folder" in line
    assert shards.read_text() == "mine"
    assert ask("select count(*) from documents") == [(4,)]


def test_error_elsewhere_is_not_blamed_on_the_warehouse(
    articles: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise PermissionError(13, "Permission denied", "/elsewhere/notes.md")

    monkeypatch.setattr(pipeline, "load", fail)
    with pytest.raises(PermissionError, match="elsewhere"):
        build(articles)
