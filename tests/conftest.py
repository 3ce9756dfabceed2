"""What the tests share: the shared data where it is there, small collections, and the real command line."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
# How long an example takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
SHARED = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))


def pytest_sessionstart() -> None:
    """Refuse to test what was compiled from other sources than those that are here."""
    for compiled in (ROOT / "flows").rglob("*.so"):
        module = compiled.with_name(compiled.name.partition(".")[0])
        # A pxd may be part of every module beside it.
        sources = [*(module.with_suffix(suffix) for suffix in (".py", ".pyx")), *module.parent.glob("*.pxd")]
        for source in filter(Path.is_file, sources):
            if source.stat().st_mtime > compiled.stat().st_mtime:
                pytest.exit(f"{source} is newer than what was compiled of it: run make setup", returncode=2)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real corpora and suites; tests that want them skip where they are absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared data at {SHARED}; set DATELINE_SHARED to run this test")
    return SHARED


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the person who runs it."""
    for name in list(os.environ):
        if name.startswith("DATELINE_") and name != "DATELINE_SHARED":
            monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A small collection: two English documents, a Chinese one, one with broken front matter."""
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.md").write_text("---\ntitle: Ferry\ntags: [sea, Trade]\ndate: 2025-01-02\n---\nThe ferry sails.\n")
    (folder / "b.md").write_text("# Second\n\nNo front matter here, see [a](a.md).\n")
    (folder / "sub" / "c.md").write_text("---\ntitle: 渡轮\n---\n渡轮今天开航。\n", encoding="utf-8")
    (folder / "broken.md").write_text("---\ntitle: [unclosed\n---\nStill here.\n")
    return folder


@pytest.fixture
def dateline(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in another process, in an empty folder."""

    def run(*arguments: object, status: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "flows", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        if status is not None:
            assert done.returncode == status, done.stderr + done.stdout
        return done

    return run


@pytest.fixture
def built(
    dateline: Callable[..., subprocess.CompletedProcess[str]], articles: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line in a folder whose warehouse holds the articles."""
    dateline("build", articles, "--direct", "--no-entities")
    return dateline


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Build a warehouse in this process, without Prefect, and return the row of the run."""
    from flows.pipeline import build_store
    from flows.progress import Reporter
    from flows.settings import load_settings
    from flows.source_arguments import merge_sources, source_of_argument

    def run(*paths: object, **flags: Any) -> dict[str, Any]:
        sources = merge_sources([source_of_argument(str(path)) for path in paths]) if paths else None
        values = {"warehouse": tmp_path / "warehouse", "executor": "inline", "entities": False, **flags}
        return build_store(load_settings({**values, "sources": sources}), Reporter(quiet=True))

    return run


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Query the published version as an analyst would."""

    def run(query: str, warehouse: Path | None = None) -> list[tuple[Any, ...]]:
        with duckdb.connect((warehouse or tmp_path / "warehouse") / "dateline.duckdb", read_only=True) as con:
            return con.execute(query).fetchall()

    return run


def json_of(done: subprocess.CompletedProcess[str]) -> Any:
    """Return what a command printed as JSON."""
    return json.loads(done.stdout)


def free_port() -> int:
    """Return a port of loopback where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
