"""Families derived again from stored texts, without reading the sources: after their code or a profile changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flows.derive.content import rederive_contents
from flows.derive.failures import PLAIN
from flows.derive.shards import empty_rows, finished_shards, frames_of
from flows.derive.tables import CONTENT_TABLES, FAMILIES, content_columns, derivation_key
from flows.derive.tasks import RederiveManifest

if TYPE_CHECKING:
    from flows.derive.tasks import RederiveTask


def rederive_batch(task: RederiveTask) -> RederiveManifest:
    """Derive some families of the contents in one file of stored texts; write shards and return where they are."""
    import polars as pl

    texts = dict(pl.read_parquet(task.texts).iter_rows())
    columns = {**CONTENT_TABLES, "contents": content_columns(task.families)}
    tables = ["contents", *(table for name in task.families for table in FAMILIES[name].tables)]

    def derive(some: Mapping[bytes, str]) -> dict[str, pl.DataFrame]:
        rows = empty_rows(tables)
        rederive_contents(some.items(), task.options, rows, task.families, columns["contents"])
        return frames_of(rows, columns)

    shards, failed = finished_shards(Path(task.shards), texts, lambda ids: _key(task, ids), derive, PLAIN)
    return RederiveManifest(str(shards), tuple(failed.items()))


def _key(task: RederiveTask, content_ids: Collection[bytes]) -> str:
    digest = hashlib.sha256(derivation_key(task.options.profile.profile_id).encode())
    digest.update(repr(task.families).encode())
    for content_id in sorted(content_ids):
        digest.update(content_id)
    return digest.hexdigest()[:32]
