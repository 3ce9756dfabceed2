"""What the derivation costs: microseconds of CPU per document, by stage, for the Markdown files of a folder.

    python tests/benchmarks/bench_derive.py FOLDER [--every N] [--rounds N]

Each stage runs by itself over all documents, and the best of the rounds counts: on a busy machine CPU time is what
repeats. The last lines are the derivation as a worker does it, in batches of as many bytes, and python-frontmatter over
the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import frontmatter

# First, as in a worker: it says to libraries what they are used for.
import flows.derive.preload  # noqa: F401
from flows.derive.allocation import keep_freed_memory
from flows.derive.batch import content_id_of
from flows.derive.content import derive_contents
from flows.derive.fields import field_rows, front_matter_json
from flows.derive.languages import stated_language
from flows.derive.metadata import derive_metadata
from flows.derive.parity import compare_halves
from flows.derive.profile import Profile
from flows.derive.segments import derive_counts, derive_segments
from flows.derive.shards import empty_rows, frame, write_frames
from flows.derive.similarity import signature
from flows.derive.structure import parse_structure
from flows.derive.tables import CONTENT_TABLES
from flows.derive.tag_rules import derive_rule_tags
from flows.derive.tags import derive_tags, inline_tags
from flows.derive.tasks import DerivationOptions
from flows.derive.terms import best_terms, count_words
from flows.extract.extraction import extract
from flows.settings import Settings

SUFFIXES = (".md", ".mdx", ".markdown", ".qmd", ".txt")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take each N-th file only")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    paths = sorted(path for path in options.folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    documents = [path.read_bytes() for path in paths[:: options.every]]
    loaded = [data for data in documents if extract(data).status == "loaded"]
    if not loaded:
        parser.error(f"{options.folder} has no Markdown file that can be read")
    print(f"{len(loaded):,} documents of {sum(map(len, loaded)) / len(loaded):,.0f} bytes on average")
    keep_freed_memory()
    # As in a batch: whatever the collector does would be charged to whichever stage it happens in.
    gc.disable()
    best: dict[str, float] = {}
    for _ in range(options.rounds):
        for stage, seconds in measure(loaded).items():
            best[stage] = min(seconds, best.get(stage, seconds))
        gc.collect()
    for stage, seconds in best.items():
        print(f"{stage:<28}{seconds / len(loaded) * 1e6:8.1f} µs")


def measure(documents: list[bytes]) -> dict[str, float]:
    """Return seconds of CPU for each stage over all documents."""
    seconds: dict[str, float] = {}

    def run(stage: str, call: Callable[..., Any], *columns: list[Any]) -> list[Any]:
        started = time.process_time()
        results = list(map(call, *columns))
        seconds[stage] = time.process_time() - started
        return results

    run("hash", content_id_of, documents)
    extractions = run("extract", extract, documents)
    structures = run("structure", lambda extraction: parse_structure(extraction.body), extractions)
    hints = [stated_language(extraction.front_matter) for extraction in extractions]
    segments = run("segments", derive_segments, structures, hints)
    run("counts", derive_counts, structures, segments)
    words = run("words", count_words, segments)
    run("terms", lambda found: best_terms(found.counts), words)
    run("rule tags", lambda found, runs: derive_rule_tags(found.counts, runs), words, segments)
    run("signature", lambda runs: signature("\n\n".join([run.text for run in runs])), segments)
    run("parity", compare_halves, segments)
    profile = Profile()
    metadata = run("metadata", lambda extraction: derive_metadata(extraction, profile), extractions)
    run(
        "tags",
        lambda found, structure: derive_tags(found.tags_raw, inline_tags(structure.blocks.texts)),
        *(metadata, structures),
    )
    run("fields", lambda found: (field_rows(found.front_matter), front_matter_json(found.front_matter)), extractions)
    del extractions, structures, segments, words, metadata
    measure_together(documents, seconds)
    started = time.process_time()
    for data in documents:
        _read_bare(data)
    seconds["python-frontmatter, bare"] = time.process_time() - started
    return seconds


def measure_together(documents: list[bytes], seconds: dict[str, float]) -> None:
    """Add what one derivation takes as a build does it: rows of all tables, their frames, their Parquet."""
    derivation = DerivationOptions(profile=Profile())
    stages = ("rows, all stages", "frames", "Parquet")
    seconds |= dict.fromkeys((*stages, "whole derivation"), 0.0)
    for batch in _batches(documents):
        times = [time.process_time()]
        rows = empty_rows(CONTENT_TABLES)
        derive_contents(((content_id_of(data), data) for data in batch), derivation, rows)
        times.append(time.process_time())
        frames = {table: frame(table_rows, CONTENT_TABLES[table]) for table, table_rows in rows.items()}
        times.append(time.process_time())
        with tempfile.TemporaryDirectory() as folder:
            write_frames({Path(folder) / f"{table}.parquet": rows for table, rows in frames.items()})
            times.append(time.process_time())
        for stage, (before, after) in zip(stages, pairwise(times), strict=True):
            seconds[stage] += after - before
        seconds["whole derivation"] += times[-1] - times[0]


def _batches(documents: list[bytes]) -> Iterator[list[bytes]]:
    limit, batch, size = Settings().batch_bytes, list[bytes](), 0
    for data in documents:
        if size + len(data) > limit:
            yield batch
            batch, size = [], 0
        batch.append(data)
        size += len(data)
    yield batch


def _read_bare(data: bytes) -> None:
    # The library has no one error, and here only its time matters.
    with contextlib.suppress(Exception):
        frontmatter.loads(data.decode("utf-8", "replace"))


if __name__ == "__main__":
    main()
