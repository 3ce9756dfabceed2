"""The bytes of one file as text, front matter and body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flows.extract.decode import decode
from flows.extract.front_matter import read_front_matter
from flows.problems import Problem


@dataclass(slots=True)
class Extraction:
    """What the bytes of one file hold.

    `opening + front_matter_raw + closing + body` is the decoded text, always. `front_matter` keeps the order
    of keys and the spelling of dates. Lines and columns of problems count from 1 in the file.
    """

    status: str
    encoding: str
    front_matter_format: str = "none"
    opening: str = ""
    front_matter_raw: str = ""
    closing: str = ""
    body: str = ""
    front_matter: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def extract(data: bytes) -> Extraction:
    """Read a file's bytes; total: any bytes end as `loaded` or `rejected`, and no text is lost."""
    decoded = decode(data)
    if decoded.text is None:
        return Extraction("rejected", decoded.encoding, problems=list(decoded.problems))
    parts = read_front_matter(decoded.text)
    return Extraction(
        "loaded",
        decoded.encoding,
        parts.format,
        parts.opening,
        parts.raw,
        parts.closing,
        parts.body,
        parts.values,
        [*decoded.problems, *parts.problems],
    )
