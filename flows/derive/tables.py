"""The tables that derivation fills: their columns, types, and the family (with its version) that makes each.

A family's version is raised when its results change for the same text; the next build then derives that family
again from stored bodies, and nothing else. Types are named as in `flows.derive.shards.frame`.
"""

from __future__ import annotations

FAMILY_VERSIONS: dict[str, int] = {
    "extract": 1,
    "metadata": 1,
    "structure": 1,
    "language": 1,
}

_KEY = {"content_id": "uuid"}
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
        "language": "text",
        "languages": "share[]",
        "word_count": "integer",
        "cjk_character_count": "integer",
        "character_count": "integer",
        "sentence_count": "integer",
        "reading_minutes": "number",
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
    "segments": _KEY
    | {
        "position": "integer",
        "language": "text",
        "text": "text",
        "word_count": "integer",
        "cjk_character_count": "integer",
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

SCAN_COLUMNS: dict[str, str] = {
    "source": "text",
    "path": "text",
    "size": "integer",
    "mtime_ns": "integer",
    "is_settled": "boolean",
    "content_id": "uuid",
    "fate": "text",
    "problem_stage": "text",
    "problem_code": "text",
    "problem_message": "text",
    "problem_severity": "text",
}

TABLES: dict[str, dict[str, str]] = {**CONTENT_TABLES, "scan": SCAN_COLUMNS}


def derivation_key(entities: bool, profile_id: str) -> str:
    """Return a text that differs whenever the same bytes may give other rows."""
    return f"{sorted(FAMILY_VERSIONS.items())} entities={entities} profile={profile_id}"
