"""Alarms: checks of sql/alarms whose thresholds dateline.toml sets, relative to the time of a run.

They never stop a build. The same store, thresholds and time always give the same alarms.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flows.load.checks import CheckResult, run_check
from flows.load.database import set_variables
from flows.resources import sql_files

if TYPE_CHECKING:
    from flows.load.database import Connection
    from flows.settings import Settings

_THRESHOLD = re.compile(r"^-- threshold: (\w+)$", re.MULTILINE)


def run_alarms(con: Connection, settings: Settings, run_at: datetime) -> list[CheckResult]:
    """Run the alarms that have a threshold on the open version, as of `run_at`; none are run where none is set."""
    thresholds = settings.alarm_thresholds()
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sql_files("alarms")} if thresholds else {}
    wanted = {name: text for name, text in texts.items() if thresholds.get(threshold_of(text))}
    if not wanted:
        return []
    set_variables(con, alarm_run_at=run_at)
    sources = [source for (source,) in con.execute("select source from raw.sources").fetchall()]
    for name, by_source in thresholds.items():
        general = by_source.get("*", 0.0)
        set_variables(con, **{f"alarm_{name}": {source: by_source.get(source, general) for source in sources}})
    return [run_check(con, name, text) for name, text in wanted.items()]


def threshold_of(text: str) -> str:
    """Return the name of the threshold that an alarm's SQL says it needs."""
    found = _THRESHOLD.search(text)
    assert found
    return found[1]


def run_time(last_run: dict[str, Any] | None, published_at: datetime) -> datetime:
    """Return when the store was last looked at: the start of the last build that ended, else `published_at`."""
    try:
        return datetime.fromisoformat(str((last_run or {})["started_at"])).astimezone(UTC)
    except (KeyError, ValueError):
        return published_at
