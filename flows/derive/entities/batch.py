"""One batch of contents: mentions, the entities they name, and pairs of names in two scripts, as shards."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from flows.derive.allocation import collector_paused, keep_freed_memory
from flows.derive.entities.documents import DocumentText, document_paragraphs, extract_documents, stated_title
from flows.derive.entities.extractors import Extractors, Finding
from flows.derive.entities.mention import Mention
from flows.derive.entities.options import EntitySettings
from flows.derive.entities.pairs import name_pairs
from flows.derive.entities.paragraph_files import folder_of, read_paragraphs, write_paragraphs
from flows.derive.entities.tables import ENTITY_TABLES, EntityManifest, EntityTask
from flows.derive.shards import Rows, empty_rows, write_folder, write_rows
from flows.resources import REFERENCE

# Paragraphs that a worker remembers from batch to batch: footers, notices, whatever many documents share.
REMEMBERED = 50_000


class Worker:
    """What one process keeps from batch to batch: its extractors, and the paragraphs it ran last."""

    def __init__(self, settings: EntitySettings) -> None:
        self.extractors = Extractors(settings)
        self.findings: dict[bytes, Finding] = {}

    def forget(self) -> None:
        """Drop the oldest paragraphs beyond what is remembered."""
        for key in list(self.findings)[: max(0, len(self.findings) - REMEMBERED)]:
            del self.findings[key]


@lru_cache(maxsize=1)
def worker_of(settings: EntitySettings, version: str) -> Worker:
    """Return this process's worker; another version (of a list, say) makes another one."""
    assert version
    return Worker(settings)


def entity_batch(task: EntityTask) -> EntityManifest:
    """Find the entities of one batch, write its shards and the paragraphs that were run; once, however often called."""
    characters = sum(content.character_count for content in task.contents)
    # What the batch did without.
    gaps = Path(task.folder) / "gaps.json"
    if not gaps.is_file():
        keep_freed_memory()
        with collector_paused():
            _find(task, gaps.name)
    missing, failures = (tuple(map(tuple, pairs)) for pairs in json.loads(gaps.read_text(encoding="utf-8")))
    return EntityManifest(task.folder, characters, missing, failures)


def _find(task: EntityTask, gaps: str) -> None:
    worker = worker_of(local_settings(task.settings), task.version)
    extractors = worker.extractors
    documents = [
        (stated_title(json.loads(content.front_matter or "null")), content.segments) for content in task.contents
    ]
    keys = _keys_by_language(documents, extractors)
    unknown = {key for found in keys.values() for key in found} - worker.findings.keys()
    if unknown and task.paragraphs:
        worker.findings.update(read_paragraphs(task.paragraphs, unknown))
    before = set(worker.findings)
    mentions = extract_documents(documents, extractors, worker.findings)
    if task.settings.cache is not None:
        for language, of_language in keys.items():
            new = {key: worker.findings[key] for key in of_language if key in worker.findings and key not in before}
            write_paragraphs(folder_of(task.settings.cache, extractors.identity(language)), new)
    worker.forget()
    rows = empty_rows(ENTITY_TABLES)
    for content, found in zip(task.contents, mentions, strict=True):
        _add_rows(content.content_id, found, extractors, rows)
    rows["entity_states"] = [(content.content_id, task.version) for content in task.contents]
    rows["known_entities"] = sorted(set(rows["known_entities"]), key=itemgetter(0))

    found_gaps = (sorted(extractors.missing.items()), extractors.take_failures())

    def write_files(folder: Path) -> None:
        write_rows(folder, rows, ENTITY_TABLES)
        (folder / gaps).write_text(json.dumps(found_gaps), encoding="utf-8")

    write_folder(Path(task.folder), write_files)


def local_settings(settings: EntitySettings) -> EntitySettings:
    """Return settings with the reference lists of this machine, where the code may be at another path."""
    return settings if settings.reference.is_dir() else settings._replace(reference=REFERENCE)


def _keys_by_language(documents: Sequence[DocumentText], extractors: Extractors) -> dict[str, list[bytes]]:
    keys: dict[str, dict[bytes, None]] = {}
    for title, segments in documents:
        for paragraph in document_paragraphs(title, segments):
            if (key := extractors.key(paragraph)) is not None:
                keys.setdefault(paragraph.language.partition("-")[0], {})[key] = None
    return {language: list(found) for language, found in keys.items()}


def _add_rows(content_id: bytes, mentions: Sequence[Mention], extractors: Extractors, rows: Rows) -> None:
    rows["content_mentions"] += [(content_id, *mention) for mention in mentions]
    counts = Counter((m.entity_id, m.kind, m.language.partition("-")[0], m.name) for m in mentions)
    rows["content_entities"] += [(content_id, *named, count) for named, count in sorted(counts.items())]
    rows["content_name_pairs"] += [(content_id, *pair) for pair in name_pairs(mentions, extractors.gazetteer)]
    known = (extractors.gazetteer.entity(entity_id) for entity_id in {mention.entity_id for mention in mentions})
    rows["known_entities"] += [tuple(entity) for entity in known if entity is not None]
