"""Data-quality checks: each file of sql/checks selects offending rows; none means that it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.resources import sql_files

if TYPE_CHECKING:
    from flows.load.database import Connection

SHOWN_ROWS = 5
_SEVERITY = re.compile(r"^-- severity: (error|warning)$", re.MULTILINE)


class CheckResult(NamedTuple):
    """One check: its name, severity, meaning, how many rows offend, and the first of them as mappings."""

    name: str
    severity: str
    meaning: str
    failures: int
    examples: list[dict[str, Any]]


def run_checks(con: Connection) -> list[CheckResult]:
    """Run every check on the open version and return the results, in the order of names."""
    results = []
    for file in sql_files("checks"):
        text = file.read_text(encoding="utf-8")
        severity = _SEVERITY.search(text)
        cursor = con.execute(text)
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
        examples = [dict(zip(names, row, strict=True)) for row in rows[:SHOWN_ROWS]]
        meaning = text.split("\n", 1)[0].removeprefix("-- ")
        results.append(CheckResult(file.stem, severity[1] if severity else "error", meaning, len(rows), examples))
    return results


def describe(result: CheckResult) -> str:
    """Return a check's name, meaning and first offending rows as text."""
    rows = "".join(f"\n  {example}" for example in result.examples)
    more = f"\n  and {result.failures - len(result.examples)} more" if result.failures > len(result.examples) else ""
    return f"check {result.name} ({result.meaning}) fails:{rows}{more}"
