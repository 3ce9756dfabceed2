"""Sources as they are named on the command line and in the store: a folder, a file, a URL, with a name or without."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from flows.errors import UsageError
from flows.extract.places import is_url
from flows.settings import Source

_URL_ARGUMENT = re.compile(r"(?:(?P<name>[^=:/]+)=)?(?P<url>[A-Za-z][\w+.-]*://.+)")


def source_of_argument(argument: str) -> Source:
    """Return the source for a PATH or NAME=PATH of the command line; a file stands for itself in its folder."""
    if url := _URL_ARGUMENT.fullmatch(argument):
        return source_at(url["url"], url["name"] or _name_of_url(url["url"]))
    name, separator, rest = argument.partition("=")
    path = Path(rest) if separator and not Path(argument).exists() else Path(argument)
    if not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    path = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    named = name if separator and not Path(argument).exists() else None
    if path.is_dir():
        return Source(name=named or path.name or "root", path=path)
    return Source(name=named or path.parent.name or "root", path=path.parent, only=(path.name,))


def source_at(root: str, name: str) -> Source:
    """Return the source of a name at a folder or URL, as the store knows it."""
    return Source(name=name, url=root) if is_url(root) else Source(name=name, path=Path(root))


def merge_sources(sources: list[Source]) -> tuple[Source, ...]:
    """Join several files of one folder into one source; sources that differ in more stay apart."""
    merged: dict[tuple[str, str, bool], Source] = {}
    for source in sources:
        key = (source.name, source.root, bool(source.only))
        earlier = merged.get(key)
        only = (*earlier.only, *source.only) if earlier else source.only
        merged[key] = msgspec.structs.replace(source, only=tuple(dict.fromkeys(only)))
    whole = {(name, root) for name, root, is_partial in merged if not is_partial}
    return tuple(
        source for (name, root, is_partial), source in merged.items() if not is_partial or (name, root) not in whole
    )


def _name_of_url(url: str) -> str:
    """Return the last part of a URL's path that says something, or the host."""
    place = re.sub(r"@[^/@]*$", "", url.partition("://")[2].partition("#")[0])
    return place.strip("/").rpartition("/")[2].removesuffix(".git") or "root"
