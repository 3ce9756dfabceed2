"""The Prefect flow, run for real with the temporary server that Prefect starts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import json_of

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_flow_gives_what_direct_gives_and_stays_quiet(dateline: Run, articles: Path, tmp_path: Path) -> None:
    home = {"PREFECT_HOME": str(tmp_path / "prefect")}
    done = dateline("build", articles, "--no-entities", "--warehouse", "flow", "--json", **home)
    row = json_of(done)
    assert (row["documents"], row["published"]) == (4, True)
    assert done.stderr == ""
    dateline("build", articles, "--no-entities", "--warehouse", "direct", "--direct")
    query = "select * exclude (first_seen_at, updated_at) from documents order by path"
    answers = [json_of(dateline("sql", query, "--json", "--warehouse", name)) for name in ("flow", "direct")]
    assert answers[0] == answers[1]


def test_failing_flow_is_one_clear_message(dateline: Run, tmp_path: Path) -> None:
    home = {"PREFECT_HOME": str(tmp_path / "prefect")}
    (tmp_path / "notes").mkdir()
    (tmp_path / "file").write_text("in the way")
    done = dateline("build", "notes", "--warehouse", "file", status=1, **home)
    assert "that is a file" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
