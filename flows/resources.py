"""Where the files that travel with the code are: sql/ and seeds/reference, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_IN_WHEEL = _PACKAGE / "_resources"

SQL: Path = _IN_WHEEL / "sql" if _IN_WHEEL.is_dir() else _PACKAGE.parent / "sql"
REFERENCE: Path = _IN_WHEEL / "reference" if _IN_WHEEL.is_dir() else _PACKAGE.parent / "seeds" / "reference"


def sql_text(path: str) -> str:
    """Return the SQL file at `path` below sql/, such as ``load/versions.sql``."""
    return (SQL / path).read_text(encoding="utf-8")


def sql_files(folder: str) -> list[Path]:
    """Return the SQL files of one folder below sql/, ordered by name."""
    return sorted((SQL / folder).glob("*.sql"))
