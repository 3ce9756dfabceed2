"""Anchors of headings, as GitHub makes them."""

from __future__ import annotations

import unicodedata

_KEPT = b"abcdefghijklmnopqrstuvwxyz0123456789_-"
_DROPPED = bytes(byte for byte in range(256) if byte not in _KEPT + _KEPT.upper() + b" \n")
_WRITTEN = bytes(range(256)).lower().replace(b" ", b"-").replace(b"\n", b"-")


class Anchors:
    """Makes the anchors of one document; a repeated one gets a number."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, title: str) -> str:
        """Return the anchor of the next heading of the document."""
        anchor = github_anchor(title)
        number = self._seen.get(anchor)
        if number is None:
            self._seen[anchor] = 0
            return anchor
        unique = anchor
        while unique in self._seen:
            number += 1
            unique = f"{anchor}-{number}"
        self._seen[anchor] = number
        self._seen[unique] = 0
        return unique


def github_anchor(title: str) -> str:
    """Return a title in small letters, letters, marks, digits, `_` and `-` kept, spaces as `-`."""
    if title.isascii():
        return title.encode("ascii").translate(_WRITTEN, _DROPPED).decode("ascii")
    kept = (
        c for c in title.lower() if c in "-_ " or unicodedata.category(c)[0] in "LMN" or unicodedata.category(c) == "Pc"
    )
    return "".join(kept).replace(" ", "-")
