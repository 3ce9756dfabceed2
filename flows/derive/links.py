"""Links by kind: where they lead, normalised, and whose domain that is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit, urlunsplit

from flows.derive.passes import squeezed

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_BARE_URL = re.compile(
    r"(?<![\w/@.])(?:https?://|www\.)[^\s<>\"`|，。；：！？、（）】」』》“”\x00-\x1f]+", re.IGNORECASE
)
# What begins most targets in the collection, and no URL of a scheme.
_INSIDE = frozenset("/#.")
_TRAILING = "?!.,:*_~'\";"
_ENTITY_END = re.compile(r"&[A-Za-z0-9]{1,31};\Z")
# A URL that is normal as it stands, as most are; to take it to pieces and put it together takes six times as long.
_NORMAL_URL = re.compile(
    r"https?://([a-z0-9]+(?:[.-][a-z0-9]+)*)/[!\"$->@-~]*+(?:\?[!\"$-~]++)?+(?:#[!-~]++)?+", re.ASCII
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_IMAGE_FILE = re.compile(r"\.(?:avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp)(?:[?#]|\Z)", re.IGNORECASE)
_new = tuple.__new__


class Target(NamedTuple):
    """A link as the walk found it; `form` is empty, `wiki` or `mail`."""

    target: str
    text: str
    form: str = ""
    is_image: bool = False


class Link(NamedTuple):
    """A link or image: 0-based place, kind (external, internal, image, wiki), URL, registrable domain, text.

    URLs outside are normalised; a target inside the collection is as written, since only its place can resolve it.
    """

    position: int
    kind: str
    url: str
    domain: str | None
    text: str


def make_link(position: int, found: Target) -> Link:
    """Return the link for a target as written."""
    target, text, form, is_image = found
    target, text = target.strip(), squeezed(text)
    if target[:1] in _INSIDE and not form and not is_image and target[:2] != "//":
        return _new(Link, (position, "internal", target, None, text))
    if form == "mail":
        target = f"mailto:{target}"
    elif target[:4].lower() == "www.":
        target = f"http://{target}"
    if is_image and (not form or _IMAGE_FILE.search(target)):
        kind = "image"
    else:
        kind = "wiki" if form == "wiki" or is_image else ""
    if _SCHEME.match(target) or target.startswith("//"):
        return _new(Link, (position, kind or "external", *normal_url(target), text))
    return _new(Link, (position, kind or "internal", target, None, text))


def bare_urls(text: str) -> list[str]:
    """Return the URLs that stand in a text without markup, as GitHub links them."""
    found = []
    for match in _BARE_URL.finditer(text):
        url = match[0]
        end, closing = len(url), url.count(")") - url.count("(")
        while end and (url[end - 1] in _TRAILING or (closing > 0 and url[end - 1] == ")")):
            end -= 1
            closing -= url[end] == ")"
        url = url[:end]
        url = _ENTITY_END.sub("", url)
        if url.partition("://")[2] or "." in url[4:]:
            found.append(url)
    return found


@lru_cache(maxsize=20_000)
def normal_url(url: str) -> tuple[str, str | None]:
    """Return a URL with scheme and host in small letters, no default port, no empty path; and its domain."""
    if normal := _NORMAL_URL.fullmatch(url):
        return url, registrable_domain(normal[1])
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
    made = SplitResult(parts.scheme, place, parts.path or "/", parts.query, parts.fragment)
    return urlunsplit(made), registrable_domain(host)


@lru_cache(maxsize=20_000)
def registrable_domain(host: str) -> str:
    """Return the part of a host name that somebody registered, by the public suffix list; else the host."""
    host = host.lower().rstrip(".")
    return _suffix_list("xn--" in host).privatesuffix(host) or host


@lru_cache(maxsize=2)
def _suffix_list(accept_encoded_idn: bool) -> Any:
    from publicsuffixlist import PublicSuffixList

    # Encoding ten thousand names takes longer than all the rest, and few collections have a host to need it.
    return PublicSuffixList(accept_encoded_idn=accept_encoded_idn)
