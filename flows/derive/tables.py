"""The tables that derivation fills: their columns, types, and the family that makes each.

A family's version is raised when its results change for the same text, or when it no longer fails on one; the next
build then derives that family, and those that build on it, again from stored texts, and nothing else. The reference
files that a family reads are part of its version. Types are named as in `flows.derive.shards.frame`.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection
from typing import NamedTuple

from flows.resources import REFERENCE

_KEY = {"content_id": "uuid"}
# What depends on the source's reading profile as well as on the bytes.
_PROFILE_KEY = {"content_id": "uuid", "profile_id": "text"}

CONTENT_TABLES: dict[str, dict[str, str]] = {
    "contents": _KEY
    | {
        "byte_count": "integer",
        "encoding": "text",
        "front_matter_format": "text",
        "opening": "text",
        "front_matter_raw": "text",
        "closing": "text",
        "front_matter": "json",
        "body": "text",
        "first_heading": "text",
        "code_block_count": "integer",
        "code_line_count": "integer",
        "table_count": "integer",
        "task_count": "integer",
        "task_done_count": "integer",
        "footnote_count": "integer",
        "source_url": "text",
        "source_host": "text",
        "language": "text",
        "languages": "share[]",
        "word_count": "integer",
        "cjk_character_count": "integer",
        "character_count": "integer",
        "sentence_count": "integer",
        "reading_minutes": "number",
        "chinese_word_count": "integer",
    },
    "rejected": _KEY | {"bytes": "bytes"},
    "fields": _KEY | {"key": "text", "position": "integer", "type": "text", "value": "text"},
    "sections": _KEY
    | {
        "position": "integer",
        "level": "integer",
        "title": "text",
        "anchor": "text",
        "parent_position": "integer",
        "word_count": "integer",
    },
    "links": _KEY | {"position": "integer", "kind": "text", "url": "text", "domain": "text", "text": "text"},
    "code_blocks": _KEY | {"position": "integer", "language": "text", "line_count": "integer"},
    "segments": _KEY
    | {
        "position": "integer",
        "language": "text",
        "text": "text",
        "word_count": "integer",
        "cjk_character_count": "integer",
    },
    "terms": _KEY | {"terms": "words", "counts": "unsigned[]"},
    "rule_tags": _KEY | {"tag": "text", "tag_raw": "text"},
    "signatures": _KEY | {"signature": "unsigned[]"},
    "quantities": _KEY
    | {
        "position": "integer",
        "segment_position": "integer",
        "kind": "text",
        "value": "text",
        "surface": "text",
        "char_start": "integer",
        "language": "text",
        "missing_in": "text",
    },
    "metadata": _PROFILE_KEY
    | {
        "title": "text",
        "description": "text",
        "author": "text",
        "published_at": "timestamp",
        "published_raw": "text",
        "published_precision": "text",
        "tags": "text[]",
    },
    "tags": _PROFILE_KEY | {"position": "integer", "tag": "text", "tag_raw": "text", "origin": "text"},
    "problems": _PROFILE_KEY
    | {
        "position": "integer",
        "stage": "text",
        "code": "text",
        "severity": "text",
        "message": "text",
        "line": "integer",
        "column_number": "integer",
        "excerpt": "text",
    },
}


class Family(NamedTuple):
    """A family of derived fields: its version, the families it builds on, its columns of `contents`, its tables.

    `references` are the files of seeds/reference that decide its rows beside the text.
    """

    version: int
    builds_on: tuple[str, ...]
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    references: tuple[str, ...] = ()


FAMILIES: dict[str, Family] = {
    "extract": Family(
        version=1,
        builds_on=(),
        columns=("front_matter_format", "opening", "front_matter_raw", "closing", "front_matter", "body"),
        tables=("fields",),
    ),
    "structure": Family(
        version=6,
        builds_on=("extract",),
        columns=(
            "first_heading",
            *("code_block_count", "code_line_count", "table_count"),
            *("task_count", "task_done_count", "footnote_count"),
            *("source_url", "source_host"),
        ),
        tables=("sections", "links", "code_blocks"),
        references=("character_classes.csv",),
    ),
    "language": Family(
        version=3,
        builds_on=("extract", "structure"),
        columns=(
            *("language", "languages", "word_count", "cjk_character_count"),
            *("character_count", "sentence_count", "reading_minutes"),
        ),
        tables=("segments",),
    ),
    "terms": Family(
        version=2,
        builds_on=("extract", "structure", "language"),
        columns=("chinese_word_count",),
        tables=("terms", "rule_tags"),
        references=("tag_rules.csv",),
    ),
    "similarity": Family(version=1, builds_on=("extract", "structure", "language"), columns=(), tables=("signatures",)),
    "quantities": Family(version=4, builds_on=("extract", "structure", "language"), columns=(), tables=("quantities",)),
    "metadata": Family(
        version=2,
        builds_on=("extract", "structure"),
        columns=(),
        tables=("metadata", "tags", "problems"),
        references=("tag_aliases.csv",),
    ),
}

SCAN_COLUMNS: dict[str, str] = {
    "source": "text",
    "path": "text",
    "path_date": "date",
    "size": "integer",
    "mtime_ns": "integer",
    "fingerprint": "text",
    "is_settled": "boolean",
    "content_id": "uuid",
    "fate": "text",
    "problem_stage": "text",
    "problem_code": "text",
    "problem_message": "text",
    "problem_severity": "text",
}


def family_versions() -> dict[str, str]:
    """Return the version of each family: its own number, and a checksum of the reference files it reads."""
    versions = {}
    for name, family in FAMILIES.items():
        sums = [f"{zlib.crc32((REFERENCE / file).read_bytes()):08x}" for file in family.references]
        versions[name] = "-".join([str(family.version), *sums])
    return versions


def derivation_key(profile_id: str) -> str:
    """Return a text that differs whenever the same bytes may give other rows."""
    return f"{sorted(family_versions().items())} profile={profile_id}"


def stale_families(stored_versions: dict[str, str]) -> tuple[str, ...]:
    """Return the families whose stored rows are of another version, and those that build on them, in order."""
    stale: list[str] = []
    versions = family_versions()
    for name, family in FAMILIES.items():
        if stored_versions.get(name) != versions[name] or set(stale) & set(family.builds_on):
            stale.append(name)
    return tuple(stale)


def content_columns(families: Collection[str]) -> dict[str, str]:
    """Return the key and the columns of `contents` that some families make."""
    names = [column for name in families for column in FAMILIES[name].columns]
    return _KEY | {name: CONTENT_TABLES["contents"][name] for name in names}
