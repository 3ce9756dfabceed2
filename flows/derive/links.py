"""Links by kind: where they lead, normalised, and whose domain that is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_BARE_URL = re.compile(r"\bhttps?://[^\s<>\"'`|，。；：！？、）】」』》“”]+")
_TRAILING = re.compile(r"[?!.,:*_~'\";]+\Z")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Link(NamedTuple):
    """A link or image: 0-based place, kind (external, internal, image, wiki), normalised URL, domain, text."""

    position: int
    kind: str
    url: str
    domain: str | None
    text: str


def make_link(position: int, target: str, text: str, *, is_image: bool = False, is_wiki: bool = False) -> Link:
    """Return the link for a target as written."""
    target = target.strip()
    is_external = bool(_SCHEME.match(target)) or target.startswith("//")
    kind = "image" if is_image else "wiki" if is_wiki else "external" if is_external else "internal"
    url, domain = _normalised(target) if is_external else (target, None)
    return Link(position, kind, url, domain, text)


def bare_urls(text: str) -> list[str]:
    """Return the URLs that stand in a text without markup, as GitHub links them."""
    found = []
    for match in _BARE_URL.finditer(text):
        url = _TRAILING.sub("", match[0])
        while url.endswith(")") and url.count("(") < url.count(")"):
            url = _TRAILING.sub("", url[:-1])
        found.append(url)
    return found


@lru_cache(maxsize=20_000)
def _normalised(url: str) -> tuple[str, str | None]:
    """Return a URL with scheme and host in small letters, no default port, no empty path; and its domain."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url, None
    if not host:
        return url, None
    if port == _DEFAULT_PORTS.get(parts.scheme):
        port = None
    bracketed = f"[{host}]" if ":" in host else host
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    place = f"{user}{bracketed}:{port}" if port else f"{user}{bracketed}"
    normal = SplitResult(parts.scheme, place, parts.path or "/", parts.query, parts.fragment)
    return urlunsplit(normal), registrable_domain(host)


@lru_cache(maxsize=20_000)
def registrable_domain(host: str) -> str:
    """Return the part of a host name that somebody registered, by the public suffix list; else the host."""
    host = host.lower().rstrip(".")
    return _suffix_list().privatesuffix(host) or host


def target_path(url: str) -> tuple[str, str]:
    """Return the path and the fragment of an internal target, percent-decoded."""
    path, _, fragment = url.partition("#")
    return unquote(path.partition("?")[0]), unquote(fragment)


@lru_cache(maxsize=1)
def _suffix_list():  # type: ignore[no-untyped-def]  # the library has no types
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
