"""Who may import what, how long modules may be, and which way data moves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOWS, SQL = ROOT / "flows", ROOT / "sql"
MODULES = sorted(FLOWS.rglob("*.py"))
PREFECT_MODULES = {
    "build.py",
    "export.py",
    "report.py",
    "serve.py",
    "scheduled.py",
    "assets.py",
    "announcements.py",
    "dead_runs.py",
}


def imported_names(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def name_of(module: Path) -> str:
    return module.relative_to(FLOWS).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_imports_stay_within_their_borders(module: Path) -> None:
    name = name_of(module)
    packages = {imported.split(".")[0] for imported in imported_names(module)}
    if name not in PREFECT_MODULES:
        assert "prefect" not in packages
    if not name.startswith("load/"):
        assert "duckdb" not in packages


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_later_stages_are_not_called_from_earlier_ones(module: Path) -> None:
    later = {"extract/": ("flows.derive", "flows.load"), "derive/": ("flows.load",)}
    for folder, forbidden in later.items():
        if name_of(module).startswith(folder):
            assert not [name for name in imported_names(module) if name.startswith(forbidden)]


@pytest.mark.parametrize("module", [*MODULES, *sorted(FLOWS.rglob("*.pyx"))], ids=name_of)
def test_modules_stay_readable(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 250
    assert module.stem not in ("utils", "helpers", "common", "misc")


def test_nobody_but_the_fork_server_leaves_at_once() -> None:
    """Whoever imports it exits with 0, whatever happened."""
    pattern = re.compile(r"(?:from|import) flows\.fork_server|from flows import .*\bfork_server")
    assert not [file for file in (ROOT / "flows").rglob("*.py") if pattern.search(file.read_text(encoding="utf-8"))]


def test_only_settings_reads_the_environment() -> None:
    readers = {name_of(module) for module in MODULES if "os.environ" in module.read_text(encoding="utf-8")}
    # Prefect is configured through the environment only, before it is imported; so is the fork server, before it starts.
    assert readers <= {"settings.py", "prefect_runtime.py", "executors.py"}


def test_no_aggregate_is_taken_over_all_rows() -> None:
    """DuckDB 1.5 fails on those now and then, and the open database with them (its issue 22352)."""
    aggregate = re.compile(r"(?<!row_number\(\)) over \( ?\)", re.IGNORECASE)
    for file in (*SQL.rglob("*.sql"), *MODULES):
        statements = re.sub(r"--.*", "", file.read_text(encoding="utf-8"))
        assert not aggregate.search(" ".join(statements.split())), file


def test_published_stores_are_asked_for_what_those_of_earlier_code_have() -> None:
    """`check`, `status` and `search` read them as they are: a table of the newest schema may not be there."""
    read = "".join(
        file.read_text() for folder in ("checks", "alarms", "search") for file in (SQL / folder).glob("*.sql")
    )
    assert "raw.versions" in read
    assert "main.documents" in read
    assert "raw.documents" not in read
