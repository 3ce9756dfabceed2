"""The folder of paragraphs that extractors have read: cleared of what no extractor needs any more, and bounded.

A cache beside the store: without it nothing is wrong, only slower.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from flows.load.warehouse import is_whole

MOST_FILES = 40
MOST_BYTES = 512 * 1024 * 1024
LARGE_BYTES = 8 * 1024 * 1024


def tidy_paragraphs(cache: Path, folders: Collection[Path]) -> list[str]:
    """Clear the cache of all but `folders` (one per extractor), merge small files, and return those there are.

    Beyond MOST_BYTES the oldest go. Nobody else may use the cache meanwhile.
    """
    kept: list[str] = []
    for folder in sorted((cache / "paragraphs").glob("*")):
        if folder not in folders:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        for file in folder.iterdir():
            if file.suffix != ".parquet" or not is_whole(file):
                shutil.rmtree(file) if file.is_dir() else file.unlink()
        small = [file for file in folder.glob("*.parquet") if file.stat().st_size < LARGE_BYTES]
        if len(small) > MOST_FILES:
            _merge(folder, small)
        kept += [str(file) for file in folder.glob("*.parquet")]
    sizes = {name: Path(name).stat() for name in kept}
    total = sum(size.st_size for size in sizes.values())
    for name in sorted(kept, key=lambda name: (sizes[name].st_mtime_ns, name)):
        if total <= MOST_BYTES:
            break
        total -= sizes.pop(name).st_size
        Path(name).unlink()
    return sorted(sizes)


def _merge(folder: Path, small: list[Path]) -> None:
    import duckdb

    from flows.load.database import run_sql, set_variables

    merged = folder / "merged.draft"
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        set_variables(con, paragraph_files=[str(file) for file in sorted(small)])
        run_sql(con, "load/merge_paragraphs.sql", folder=str(merged).replace("'", "''"))
    taken = {file.name for file in folder.glob("*.parquet")}
    number = 0
    for file in sorted(merged.glob("*.parquet")):
        while f"merged-{number:04}.parquet" in taken:
            number += 1
        file.rename(folder / f"merged-{number:04}.parquet")
        taken.add(f"merged-{number:04}.parquet")
    for file in small:
        file.unlink(missing_ok=True)
    merged.rmdir()
