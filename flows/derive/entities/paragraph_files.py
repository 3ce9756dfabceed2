"""What extractors found in paragraphs, kept in files: the same text is not run again, in later builds either.

A row a mention, or one without a kind for a paragraph that has none. A folder holds what one extractor found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from flows.derive.entities.extractors import Finding
from flows.derive.entities.mention import RawMention
from flows.derive.shards import frame, write_frames

COLUMNS = {
    "key": "bytes",
    "extractor": "text",
    "kind": "text",
    "start": "integer",
    "end": "integer",
    "confidence": "number",
}


def folder_of(cache: Path, identity: str) -> Path:
    """Return the folder for the paragraphs of one extractor."""
    return cache / "paragraphs" / hashlib.sha256(identity.encode()).hexdigest()[:16]


def write_paragraphs(folder: Path, findings: Mapping[bytes, Finding]) -> None:
    """Add a file with findings by paragraph key; it appears whole or not at all."""
    if not findings:
        return
    none = (None, None, None, None)
    rows = [
        (key, extractor, *mention)
        for key, (extractor, mentions) in findings.items()
        for mention in ([tuple(each) for each in mentions] or [none])
    ]
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.blake2b(b"".join(sorted(findings)), digest_size=12).hexdigest()
    draft = folder / f"{name}.{uuid4().hex[:12]}.draft"
    write_frames({draft: frame(rows, COLUMNS)})
    draft.replace(folder / f"{name}.parquet")


def read_paragraphs(files: Sequence[str], keys: Collection[bytes]) -> dict[bytes, Finding]:
    """Return what is known of the paragraphs with these keys."""
    import polars as pl

    wanted = pl.LazyFrame({"key": list(keys)}, schema={"key": pl.Binary})
    known = pl.scan_parquet(list(files)).join(wanted, on="key", how="semi").collect(engine="streaming").unique()
    found: dict[bytes, Finding] = {}
    for key, extractor, kind, start, end, confidence in known.iter_rows():
        mentions = found.setdefault(key, (extractor, []))[1]
        if kind is not None:
            mentions.append(RawMention(kind, start, end, confidence))
    for _, mentions in found.values():
        mentions.sort(key=lambda mention: mention.start)
    return found
