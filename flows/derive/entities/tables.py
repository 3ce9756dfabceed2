"""The tables that a batch of entity work fills, and its task; types are named as in `flows.derive.shards.frame`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from flows.derive.entities.options import EntitySettings

ENTITY_TABLES: dict[str, dict[str, str]] = {
    # Contents that were looked at, those without any mention too.
    "entity_states": {"content_id": "uuid", "version": "text"},
    "content_mentions": {
        "content_id": "uuid",
        "segment_position": "integer",
        "entity_key": "text",
        "kind": "text",
        "surface": "text",
        "char_start": "integer",
        "char_end": "integer",
        "language": "text",
        "extractor": "text",
        "confidence": "number",
        "name": "text",
    },
    # The mentions of a content added up.
    "content_entities": {
        "content_id": "uuid",
        "entity_key": "text",
        "kind": "text",
        "language": "text",
        "name": "text",
        "mention_count": "integer",
    },
    "content_name_pairs": {
        "content_id": "uuid",
        "chinese_key": "text",
        "latin_key": "text",
        "kind": "text",
        "likeness": "number",
    },
    # What lists say of the entities that occur.
    "known_entities": {"entity_id": "text", "kind": "text", "name": "text", "name_en": "text", "name_zh": "text"},
}
LINK_COLUMNS = {
    "entity_key": "text",
    "entity_id": "text",
    "kind": "text",
    "score": "number",
    "method": "text",
    "document_count": "integer",
}


class ContentText(NamedTuple):
    """A content as far as entities go: its id, its front matter as JSON, its segments (position, language, text)."""

    content_id: bytes
    front_matter: str | None
    segments: tuple[tuple[int, str, str], ...]

    @property
    def character_count(self) -> int:
        """Characters of all segments."""
        return sum(len(text) for _, _, text in self.segments)


class EntityTask(NamedTuple):
    """One batch of contents, handed over with their texts: they come out of the store, which one process has open."""

    contents: tuple[ContentText, ...]
    settings: EntitySettings
    version: str
    folder: str
    """Where the batch's shards go."""
    paragraphs: tuple[str, ...]
    """Files of paragraphs that were run before."""

    @property
    def name(self) -> str:
        """What the batch is called where its work is watched."""
        return self.folder.rsplit("/", 1)[-1]


class EntityManifest(NamedTuple):
    """What a batch came to: the folder of its shards, characters of text, and what it had to do without."""

    folder: str
    characters: int
    missing: tuple[tuple[str, str], ...]
    """Languages without their extractor, and why."""
    failures: tuple[tuple[str, str], ...]
    """For each paragraph that its extractor failed on its language, and why."""


def run_entity_task(task: EntityTask) -> EntityManifest:
    """Find the entities of one batch; what that needs is imported in the worker."""
    from flows.derive.entities.batch import entity_batch

    return entity_batch(task)


def keep_known_names(reference: str, cache: str) -> None:
    """Make the file of known names in the cache, unless it is there: every worker would make its own."""
    from flows.derive.entities.gazetteer import Gazetteer

    Gazetteer.open(Path(reference), Path(cache))
