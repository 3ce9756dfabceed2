"""A wheel built from the checkout works elsewhere, with and without what is compiled; sql/ and reference travel in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from flows.derive import passes
from hatch_build import SOURCES
from tests.conftest import ROOT


def test_all_that_can_be_compiled_is() -> None:
    # A pxd gives types to the module beside it, or holds what others take in.
    made_for_it = {
        source if source.suffix == ".pyx" else source.with_suffix(".py")
        for source in (ROOT / "flows").rglob("*.p[xy][dx]")
    }
    listed = {ROOT / source for source in SOURCES}
    assert {source for source in made_for_it if source.exists()} <= listed
    assert [source for source in listed if not source.exists()] == []


def test_make_compiles_anew_what_changed() -> None:
    watched = subprocess.run(
        ["make", "--silent", "--eval", "watched: ; @echo $(SOURCES)", "watched"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert tuple(watched.stdout.split()) == SOURCES


@pytest.mark.parametrize("has_compiler", [True, False])
def test_wheel_runs_from_any_folder(tmp_path: Path, articles: Path, has_compiler: bool) -> None:
    if has_compiler and not passes.IS_COMPILED:
        pytest.skip("there is no C compiler")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=ROOT,
        env=os.environ if has_compiler else {**os.environ, "CC": "false"},
        check=True,
        capture_output=True,
    )
    [wheel] = (tmp_path / "dist").glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(installed)
    assert "flows/_resources/sql/main/documents.sql" in names
    assert {"flows/report_page/sections.toml", "flows/report_page/templates/page.html.j2"} <= set(names)
    assert not [name for name in names if name.startswith(("tests", "seeds", "sql")) or name.endswith((".pyx", ".c"))]
    compiled = {name.partition(".")[0] for name in names if name.endswith((".so", ".pyd"))}
    assert compiled == ({source.partition(".")[0] for source in SOURCES} if has_compiler else set())
    assert wheel.name.endswith("-any.whl") is not has_compiler
    # The folder of the wheel comes first on the path: neither the checkout nor its editable install is used.
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); import flows; print(flows.__file__); from flows.derive import passes; print('compiled', passes.IS_COMPILED); from flows.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "build", str(articles), "--direct", "--no-entities", "--executor", "inline"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert str(installed) in done.stdout
    assert f"compiled {has_compiler}" in done.stdout
    assert "4 documents" in done.stdout
