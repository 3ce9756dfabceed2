"""Compiles what every character, event and heading of a text goes through, whenever the package is built or installed.

Where there is no C compiler, or no header files of Python, the package is as complete, and slower: `flows.derive.walk`
and `flows.derive.sections` run as the Python they are, and `flows.derive.passes` takes its Python versions.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from Cython.Build import cythonize
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.errors import CCompilerError, ExecError, PlatformError

MODULES = {
    "flows.derive.passes.searching": "flows/derive/passes/searching.pyx",
    "flows.derive.passes.measuring": "flows/derive/passes/measuring.pyx",
    "flows.derive.passes.counting": "flows/derive/passes/counting.pyx",
    "flows.derive.passes.rewriting": "flows/derive/passes/rewriting.pyx",
    "flows.derive.passes.recognising": "flows/derive/passes/recognising.pyx",
    "flows.derive.passes.scoring": "flows/derive/passes/scoring.pyx",
    "flows.derive.passes.hashing": "flows/derive/passes/hashing.pyx",
    # With a pxd beside each, which gives the types.
    "flows.derive.sections": "flows/derive/sections.py",
    "flows.derive.walk": "flows/derive/walk.py",
}


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel; for an editable install, puts them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; called by hatchling before it gathers files."""
        self._folder = Path(tempfile.mkdtemp(prefix="dateline-build-"))
        root = Path(self.root)
        if version == "editable":
            for source in MODULES.values():
                for outdated in (root / source).parent.glob(f"{Path(source).stem}.*.so"):
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
        [Extension(name, [str(root / source)]) for name, source in MODULES.items()],
        build_dir=str(folder / "c"),
        include_path=[str(root)],
        language_level=3,
        quiet=True,
        # Annotations are for readers and mypy; what C needs to know stands in the pxd.
        compiler_directives={"annotation_typing": False},
    )
    command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "objects")
    command.parallel = len(MODULES)
    command.ensure_finalized()
    command.run()
    return [Path(file) for file in command.get_outputs()]
