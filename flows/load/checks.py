"""Data-quality checks: each file of sql/checks selects offending rows; none means that it holds."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.load.database import beside
from flows.load.versioned_folder import MANIFEST
from flows.resources import sql_files

if TYPE_CHECKING:
    from flows.load.database import Connection

SHOWN_ROWS = 5
# Checks of a small store keep one core busy each; those of a large one share the memory there is.
AT_ONCE = 2
_SEVERITY = re.compile(r"^-- severity: (error|warning)$", re.MULTILINE)


class CheckResult(NamedTuple):
    """One check: its name, severity, meaning, how many rows offend, and the first of them as mappings."""

    name: str
    severity: str
    meaning: str
    failures: int
    examples: list[dict[str, Any]]

    def outcome(self) -> dict[str, Any]:
        """Return everything but the rows."""
        return {name: value for name, value in self._asdict().items() if name != "examples"}


def run_checks(con: Connection) -> list[CheckResult]:
    """Run every check on what is committed to the open version and return the results, in the order of names."""
    with ExitStack() as stack:
        free: SimpleQueue[Connection] = SimpleQueue()
        for _ in range(AT_ONCE):
            free.put(stack.enter_context(beside(con)))

        def run(file: Path) -> CheckResult:
            connection = free.get()
            try:
                return run_check(connection, file.stem, file.read_text(encoding="utf-8"))
            finally:
                free.put(connection)

        return list(stack.enter_context(ThreadPoolExecutor(AT_ONCE)).map(run, sql_files("checks")))


def run_check(con: Connection, name: str, text: str) -> CheckResult:
    """Run the SQL of one check, whose first line says what holds and whose second its severity."""
    severity = _SEVERITY.search(text)
    cursor = con.execute(text)
    names = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchall()
    examples = [dict(zip(names, row, strict=True)) for row in rows[:SHOWN_ROWS]]
    meaning = text.split("\n", 1)[0].removeprefix("-- ")
    return CheckResult(name, severity[1] if severity else "error", meaning, len(rows), examples)


def check_exports(con: Connection, exports: Path, run_id: str) -> list[CheckResult]:
    """Compare the exports of this run with its tables: rows per object, and the digest of each file.

    Exports of another run, or none, are no failure: there is nothing to compare.
    """
    try:
        manifest = json.loads((exports / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if manifest["run_id"] != run_id:
        return []
    wrong: list[dict[str, Any]] = []
    rows: Counter[str] = Counter()
    for entry in manifest["files"]:
        rows[entry["object"]] += entry["rows"]
        file = exports / entry["path"]
        digest = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "missing"
        if digest != entry["sha256"]:
            wrong.append({"path": entry["path"], "expected": entry["sha256"], "found": digest})
    for name, count in rows.items():
        [(stored,)] = con.execute(f"select count(*) from {name}").fetchall()
        if stored != count:
            wrong.append({"object": name, "rows": stored, "exported": count})
    meaning = "The exports of this run hold the rows of its tables, unchanged."
    return [CheckResult("exports_agree", "error", meaning, len(wrong), wrong[:SHOWN_ROWS])]


def describe(result: CheckResult) -> str:
    """Return a check's name, meaning and first offending rows as text."""
    rows = "".join(f"\n  {example}" for example in result.examples)
    more = f"\n  and {result.failures - len(result.examples)} more" if result.failures > len(result.examples) else ""
    return f"check {result.name} ({result.meaning}) fails:{rows}{more}"
