"""The stage that finds people, places and organisations: in texts that have none yet, with the models they need."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.derive.entities.options import (
    EntitySettings,
    extractor_identity,
    gazetteer_file,
    languages_with_models,
)
from flows.derive.entities.tables import ContentText, EntityManifest, EntityTask, keep_known_names, run_entity_task
from flows.derive.tasks import cut
from flows.errors import UsageError
from flows.resources import REFERENCE

if TYPE_CHECKING:
    from flows.build_state import Build
    from flows.load.database import Connection
    from flows.settings import Settings

# Enough for models to work in large batches, little enough for the bar to move.
BATCH_CHARACTERS = 200_000
# From here on, texts make more than one batch whatever their alphabet.
MANY_BYTES = 6 * BATCH_CHARACTERS
# What is asked of the store at once.
CHUNK_CHARACTERS = 2_000_000


def entity_settings(settings: Settings, cache: Path | None) -> EntitySettings:
    """Return how entities are found. Raises UsageError for a file that is not there."""
    for file in settings.entity_options.names:
        if not file.exists() or file.is_dir():
            raise UsageError(f"entities: there is no file {file}")
    extractors = tuple(sorted(settings.entity_options.extractors.items()))
    return EntitySettings(REFERENCE, settings.entity_options.names, cache, extractors)


def begin_known_names(build: Build) -> None:
    """Let a process make the file of known names while the texts are still derived, if there are many of them."""
    from flows import executors

    if build.new_bytes() >= MANY_BYTES and not gazetteer_file(build.warehouse.cache, REFERENCE).exists():
        places = (str(REFERENCE), str(build.warehouse.cache))
        build.wait_for_known_names = executors.begin_aside(
            build.settings.executor, build.settings.workers, keep_known_names, *places
        )


def find_entities(build: Build, con: Connection) -> None:
    """Find the entities of every current document that has none in this version, then join and count over all."""
    from flows.derive.entities.options import entity_version
    from flows.load.entities import (
        has_entities,
        join_and_count,
        keep_complete,
        load_entities,
        pending_contents,
        record_entities,
    )

    if not build.settings.entities:
        build.notes.append("entities were left out (--no-entities)")
        keep_complete(con)
    else:
        options = entity_settings(build.settings, build.warehouse.cache)
        version = entity_version(options)
        pending = pending_contents(con, version)
        if pending:
            manifests = _run(build, con, options, version, pending)
            load_entities(con, build.run_id, sorted(manifest.folder for manifest in manifests))
            missing = sorted({reason for manifest in manifests for reason in manifest.missing})
            build.notes += [_without(language, reason) for language, reason in missing]
            build.notes += _failing([failure for manifest in manifests for failure in manifest.failures])
        record_entities(con, version, is_complete=True)
    if has_entities(con):
        join_and_count(con, build.warehouse.work)


def mentions_of_documents(
    options: EntitySettings, say: Callable[[str], None]
) -> Callable[[Sequence[dict[str, Any]]], Iterator[dict[str, Any]]]:
    """Return what fills in the mentions of inspected files, a group at a time; `say` is told of missing models."""
    from flows.derive.entities.documents import extract_documents, linked_alone, stated_title
    from flows.derive.entities.extractors import Extractors

    extractors = Extractors(options)
    told: set[str] = set()

    def find(group: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        texts = [[(s["position"], s["language"], s["text"]) for s in seen["segments"]] for seen in group]
        titles = [stated_title(seen["front_matter"]) for seen in group]
        found = extract_documents(list(zip(titles, texts, strict=True)), extractors)
        for seen, mentions in zip(group, found, strict=True):
            seen["mentions"] = [mention._asdict() for mention in linked_alone(mentions, extractors)]
            yield seen
        for language, reason in extractors.missing.items():
            if language not in told:
                say(_without(language, reason))
                told.add(language)
        for note in _failing(extractors.take_failures()):
            say(note)

    return find


def _without(language: str, reason: str) -> str:
    return f"entities: no extractor for {language!r} ({reason}); only known names were found"


def _failing(failures: Sequence[tuple[str, str]]) -> list[str]:
    """Return a note for each language whose extractor failed on some paragraphs, with the first reason of them."""
    counts = Counter(language for language, _ in failures)
    reasons = dict(sorted(failures, reverse=True))
    return [
        f"entities: the extractor of {language!r} fails on {count:,} paragraph{'' if count == 1 else 's'}"
        f" ({reasons[language]}); only known names were found there"
        for language, count in sorted(counts.items())
    ]


def _run(
    build: Build, con: Connection, options: EntitySettings, version: str, pending: list[tuple[str, int]]
) -> list[EntityManifest]:
    from flows import executors
    from flows.cluster import SharedPlaces
    from flows.derive.entities.paragraph_files import folder_of
    from flows.derive.entities.reference import read_entities
    from flows.load.paragraph_cache import tidy_paragraphs

    # A mistake in a user's file is better said before any model is loaded.
    read_entities(options.more_files)
    cache = build.warehouse.cache
    cache.mkdir(parents=True, exist_ok=True)
    identities = [extractor_identity(language, options) for language in languages_with_models(options)]
    paragraphs = tuple(tidy_paragraphs(cache, {folder_of(cache, identity) for identity in identities if identity}))
    total = sum(size for _, size in pending)
    workers = min(build.settings.workers, max(1, -(-total // BATCH_CHARACTERS)))
    folder = build.warehouse.work / "entities"
    batches = cut(_texts(con, pending), attrgetter("character_count"), total, BATCH_CHARACTERS)
    tasks = (
        EntityTask(contents, options, version, str(folder / _folder_name(number, contents, version)), paragraphs)
        for number, contents in enumerate(map(tuple, batches))
    )
    build.wait_for_known_names()
    places = SharedPlaces(build.warehouse.work, (str(cache), *map(str, options.more_files)), entities=options)
    with executors.open_executor(build.settings.executor, workers, places, build.reporter.say) as executor:
        ahead = 2 * executors.workers_of(executor, workers)
        finished = executors.map_ahead(executor, run_entity_task, tasks, ahead)
        amounts = ((manifest, manifest.characters) for manifest in finished)
        return list(build.reporter.measure(amounts, total, "entities", "characters"))


def _folder_name(number: int, contents: Sequence[ContentText], version: str) -> str:
    # Named by what is in it: a worker that a killed build left behind must not fill the next one's folder.
    digest = hashlib.sha256(version.encode())
    for content in contents:
        digest.update(content.content_id)
    return f"{number:08}-{digest.hexdigest()[:16]}"


def _texts(con: Connection, pending: list[tuple[str, int]]) -> Iterator[ContentText]:
    """Yield the texts of pending contents, read as they are wanted."""
    from flows.load.entities import content_texts

    for chunk in _chunks(pending):
        yield from content_texts(con, chunk)


def _chunks(pending: list[tuple[str, int]]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for content_id, characters in pending:
        chunk.append(content_id)
        size += characters
        if size >= CHUNK_CHARACTERS or len(chunk) >= 5_000:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
