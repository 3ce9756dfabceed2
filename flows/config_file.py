"""The file dateline.toml: where it is, and what it says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from flows.errors import UsageError
from flows.extract.places import is_url

CONFIG_NAME = "dateline.toml"


def find_config(named: str | None) -> Path | None:
    """Return the file `named`, else the one in the working folder, if there is one."""
    path = Path(named or CONFIG_NAME)
    if named and not path.is_file():
        raise UsageError(f"there is no settings file {named}; DATELINE_CONFIG or the flow's config names it")
    return path if path.is_file() else None


def read_config(named: str | None) -> dict[str, Any]:
    """Return what the file says, its paths taken from where it is; empty without a file. Raises UsageError."""
    path = find_config(named)
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    folder = path.resolve().parent
    values["sources"] = [_located(source, folder) for source in values.pop("source", [])]
    if "warehouse" in values:
        values["warehouse"] = folder / values["warehouse"]
    if isinstance(values.get("entities"), dict):
        options = values.pop("entities")
        names = options.get("names", [])
        options["names"] = [folder / name for name in ([names] if isinstance(names, str) else names)]
        if isinstance(extractors := options.get("extractors"), dict):
            options["extractors"] = {language: _located_model(named, folder) for language, named in extractors.items()}
        values["entity_options"] = options
    return values


def _located_model(named: Any, folder: Path) -> Any:
    """Return the name of an extractor; a model's folder in it is whole."""
    kind, separator, place = str(named).partition(":")
    return f"{kind}{separator}{folder / place}" if kind == "gliner" and (folder / place).is_dir() else named


def _located(source: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return a source whose path is whole; a URL may stand in its place."""
    path = source.get("path", "")
    if is_url(str(path)):
        return {**{name: value for name, value in source.items() if name != "path"}, "url": path}
    return {**source, "path": folder / path}
