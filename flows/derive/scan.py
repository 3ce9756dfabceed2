"""The scan: one row per path that a build looked at, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.derive.shards import frame, write_frames
from flows.derive.tables import SCAN_COLUMNS
from flows.extract.discover import Changes, Listing
from flows.problems import Problem

ScanRow = tuple[object, ...]


def write_scan(file: Path, rows: Sequence[ScanRow]) -> str:
    """Write scan rows to a Parquet file and return its path."""
    write_frames({file: frame(rows, SCAN_COLUMNS)})
    return str(file)


def listing_rows(listings: Mapping[str, Listing], changes: Mapping[str, Changes]) -> list[ScanRow]:
    """Return the rows that need no reading: paths that are gone, paths that cannot be read, notes about paths."""
    rows: list[ScanRow] = []
    for source, listing in listings.items():
        rows += [_pathless(source, path, "gone", None) for path in changes[source].gone]
        rows += [_pathless(source, path, "unreadable", problem) for path, problem in listing.rejected]
        rows += [_pathless(source, path, "note", problem) for path, problem in listing.notes]
    return rows


def problem_cells(problem: Problem | None) -> ScanRow:
    """Return a problem's stage, code, message and severity, as the scan holds them."""
    if problem is None:
        return (None, None, None, None)
    return (problem.stage, problem.code, problem.message, problem.severity)


def _pathless(source: str, path: str, fate: str, problem: Problem | None) -> ScanRow:
    return (source, path, None, 0, 0, "", False, None, fate, *problem_cells(problem))
