"""The README's session, run as it stands there; `make run` is what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from flows.cli import app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def sessions() -> Iterator[tuple[str, str]]:
    """Yield each command of the README with the output that stands below it."""
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def normal(output: str) -> str:
    """Return output without what differs from run to run: run ids, seconds, space at line ends."""
    output = re.sub(r"\d{8}T\d{6}Z-\d{4}", "<RUN>", output)
    output = re.sub(r"\d+\.\d s\b", "<SECONDS> s", output)
    return "\n".join(line.rstrip() for line in output.splitlines()).strip()


def test_readme_session_is_true(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "dateline").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m flows "$@"\n')
    (tmp_path / "bin" / "dateline").chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(tmp_path / "prefect")}
    environment["LC_ALL"] = "C.UTF-8"
    commands = list(sessions())
    assert len(commands) >= 6
    for command, expected in commands:
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        if command.startswith("ls "):
            assert sorted(done.stdout.split()) == sorted(expected.split())
        else:
            assert normal(done.stdout) == normal(expected), command


def test_readme_names_every_command_and_table() -> None:
    for command in typer.main.get_command(app).commands:
        assert f"dateline {command}" in README
    for view in (ROOT / "sql" / "main").glob("*.sql"):
        assert f"`{view.stem}`" in README
    for view in (ROOT / "sql" / "report").glob("*.sql"):
        assert f"`report.{view.stem}`" in README
