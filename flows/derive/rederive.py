"""Families derived again from stored texts, without reading the sources: after their code or a profile changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from flows.derive.content import rederive_contents
from flows.derive.shards import empty_rows, write_folder, write_rows
from flows.derive.tables import CONTENT_TABLES, FAMILIES, content_columns, derivation_key

if TYPE_CHECKING:
    from flows.derive.tasks import RederiveTask


def rederive_batch(task: RederiveTask) -> str:
    """Derive some families of the contents in one file of stored texts; write shards and return their folder."""
    import polars as pl

    texts = pl.read_parquet(task.texts)
    columns = {**CONTENT_TABLES, "contents": content_columns(task.families)}
    tables = ["contents", *(table for name in task.families for table in FAMILIES[name].tables)]
    rows = empty_rows(tables)
    digest = hashlib.sha256(derivation_key(task.options.profile.profile_id).encode())
    digest.update(repr(task.families).encode())
    for content_id in texts[:, 0]:
        digest.update(content_id)
    rederive_contents(texts.iter_rows(), task.options, rows, task.families, columns["contents"])
    shards = Path(task.shards) / digest.hexdigest()[:32]
    if not shards.is_dir():
        write_folder(shards, lambda folder: write_rows(folder, rows, columns))
    return str(shards)
