"""The Prefect flow, run for real with the temporary server that Prefect starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from flows.prefect_runtime import QUIET
from tests.conftest import ROOT, json_of

OTHER_FLOWS = """
from pathlib import Path
from flows.export import export_flow
from flows.report import report_flow
from flows.scheduled import verify

print(report_flow())
print(export_flow(to="elsewhere"))
print(export_flow())
for _ in range(2):
    state = verify(return_state=True)
    print(state.type.value, state.message)
    next(Path("flow/exports/main").rglob("*.parquet")).write_bytes(b"spoilt")
"""
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
    # The other flows, with the server's database that is there now.
    environment = {
        **os.environ,
        **QUIET,
        **home,
        "PYTHONPATH": str(ROOT),
        "DATELINE_WAREHOUSE": "flow",
        "DATELINE_ENTITIES": "0",
    }
    done = subprocess.run(
        [sys.executable, "-c", OTHER_FLOWS], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "flow" / "report" / "index.html").is_file()
    assert (tmp_path / "elsewhere" / "_manifest.json").is_file()
    *folders, verified, spoilt = done.stdout.splitlines()
    assert folders == ["flow/report", "elsewhere", "flow/exports"]
    assert verified.startswith("COMPLETED")
    assert "none of severity error fails" in verified
    assert spoilt.startswith("FAILED checks fail: exports_agree")


def test_failing_flow_is_one_clear_message(dateline: Run, tmp_path: Path) -> None:
    home = {"PREFECT_HOME": str(tmp_path / "prefect")}
    (tmp_path / "notes").mkdir()
    (tmp_path / "file").write_text("in the way")
    done = dateline("build", "notes", "--warehouse", "file", status=1, **home)
    assert "that is a file" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
