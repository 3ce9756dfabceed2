"""Compiles what every character, event, heading and document goes through, whenever the package is built or installed.

Where there is no C compiler, or no header files of Python, the package is as complete, and slower: the modules of
`flows.derive` run as the Python they are, and `flows.derive.passes` takes its Python versions.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from Cython.Build import cythonize
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.errors import CCompilerError, ExecError, PlatformError

# The Makefile reads these, to know when to compile.
LOOPS = (
    # Over characters.
    "flows/derive/passes/searching.pyx",
    "flows/derive/passes/measuring.pyx",
    "flows/derive/passes/counting.pyx",
    "flows/derive/passes/rewriting.pyx",
    "flows/derive/passes/recognising.pyx",
    "flows/derive/passes/scoring.pyx",
    "flows/derive/passes/hashing.pyx",
    # Over events and headings, with a pxd beside each, which gives the types.
    "flows/derive/sections.py",
    "flows/derive/walk.py",
)
# What is done once for a document, as it is: interpreting it takes a twentieth of the derivation.
AS_THEY_ARE = (
    "flows/derive/common_words.py",
    "flows/derive/content.py",
    "flows/derive/fields.py",
    "flows/derive/languages.py",
    "flows/derive/links.py",
    "flows/derive/markup.py",
    "flows/derive/metadata.py",
    "flows/derive/segments.py",
    "flows/derive/structure.py",
    "flows/derive/terms.py",
)
SOURCES = LOOPS + AS_THEY_ARE
# Nobody debugs the C. What calls Python all the time is faster if it is small.
NO_DEBUGGING, SMALL = ([], []) if sys.platform == "win32" else (["-g0"], ["-O1", "-g0"])


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel; for an editable install, puts them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; called by hatchling before it gathers files."""
        self._folder = Path(tempfile.mkdtemp(prefix="dateline-build-"))
        root = Path(self.root)
        if version == "editable":
            for outdated in (root / "flows").rglob("*.so"):
                outdated.unlink()
        try:
            compiled = _compile(root, self._folder)
        except (CCompilerError, ExecError, PlatformError) as error:
            self.app.display_warning(f"Nothing was compiled, so Dateline will be slower: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for file in compiled:
            place = file.relative_to(self._folder / "lib")
            if version == "editable":
                shutil.copy(file, root / place)
            else:
                build_data["force_include"][str(file)] = str(place)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up; called by hatchling when the wheel is written."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _compile(root: Path, folder: Path) -> list[Path]:
    extensions = cythonize(
        [
            Extension(
                source.partition(".")[0].replace("/", "."),
                [str(root / source)],
                extra_compile_args=SMALL if source in AS_THEY_ARE else NO_DEBUGGING,
            )
            for source in SOURCES
        ],
        build_dir=str(folder / "c"),
        include_path=[str(root)],
        language_level=3,
        quiet=True,
        # Annotations are for readers and mypy; what C needs to know stands in the pxd.
        compiler_directives={"annotation_typing": False},
    )
    command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "objects")
    command.parallel = os.cpu_count()
    command.ensure_finalized()
    command.run()
    return [Path(file) for file in command.get_outputs()]
