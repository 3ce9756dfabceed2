"""Families derived again from stored texts, without reading the sources: after their code or a profile changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from flows.derive.content import derive_families
from flows.derive.shards import empty_rows, write_folder, write_rows
from flows.derive.tables import CONTENT_TABLES, FAMILIES, content_columns, derivation_key
from flows.extract.extraction import extract

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
    for content_id, text in texts.iter_rows():
        digest.update(content_id)
        # Stored text is UTF-8 whatever the file was: what is said of its encoding stays as it is.
        found = derive_families(content_id, extract(text.encode()), task.options, rows, task.families)
        rows["contents"].append((content_id, *(found[name] for name in list(columns["contents"])[1:])))
    shards = Path(task.shards) / digest.hexdigest()[:32]
    if not shards.is_dir():
        write_folder(shards, lambda folder: write_rows(folder, rows, columns))
    return str(shards)
