"""Deployments for real: a Prefect server, a worker on a work pool, `dateline serve`, and what is left when one dies."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT, free_port

PATIENCE = 120
NAMES = "id,kind,name_en,name_zh,aliases\nferry-company,organisation,Ferry Company,轮渡公司,\n"


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Return what is true at last. Fails when nothing is within the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"nothing came within {seconds} seconds")


class Api:
    """The server's API, as any client sees it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api"

    def ask(self, path: str, **body: Any) -> Any:
        request = urllib.request.Request(
            f"{self.url}/{path}/filter", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5):
                return True
        except OSError:
            return False

    def runs(self, *states: str) -> list[dict[str, Any]]:
        """Return flow runs in these states, the first to start first."""
        found = self.ask("flow_runs", flow_runs={"state": {"type": {"any_": list(states)}}}, sort="START_TIME_ASC")
        return [run for run in found if run["start_time"] or run["state_type"] == "CANCELLED"]


@contextmanager
def running(program: list[str], cwd: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program with its output in a file named after it; it is stopped at the end, with what it started."""
    with (cwd / f"{program[-1].replace('/', '.')}.log").open("ab") as log:
        process = subprocess.Popen(
            program, cwd=cwd, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        for stop in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, stop)
                process.wait(20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder as an operator has it: dateline.toml, prefect.yaml, and the articles."""
    folder = tmp_path / "project"
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "first.md").write_text("---\ntitle: First\n---\nThe first ferry sails.\n")
    (folder / "dateline.toml").write_text(
        'entities = false\n\n[[source]]\nname = "news"\npath = "news"\n\n[alarms]\nproblem_percent = 50\n'
    )
    shutil.copy(ROOT / "prefect.yaml", folder)
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Prefect with a home of its own, and nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DATELINE_"))}
    quiet = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_CLI_PROMPT": "false"}
    home = {"PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return {**kept, **quiet, **home, "PREFECT_WORKER_QUERY_SECONDS": "2"}


def prefect(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "prefect", *arguments]


def paths_of(project: Path) -> list[str]:
    with duckdb.connect(project / "warehouse" / "dateline.duckdb", read_only=True) as con:
        return [path for (path,) in con.execute("select path from documents order by path").fetchall()]


def test_worker_runs_the_deployments_of_prefect_yaml(project: Path, environment: dict[str, str]) -> None:
    port = free_port()
    api = Api(port)
    environment |= {"PREFECT_API_URL": api.url, "PWD": str(project)}
    file = project / "prefect.yaml"
    file.write_text(file.read_text().replace("interval: 900", "interval: 8"))
    with running(prefect("server", "start", "--no-ui", "--port", str(port)), project, environment):
        wait_for(api.is_up)
        for arguments in (("work-pool", "create", "dateline", "--type", "process"), ("--no-prompt", "deploy", "--all")):
            done = subprocess.run(
                prefect(*arguments), cwd=project, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
        assert {each["name"] for each in api.ask("deployments")} == {"build", "verify", "export", "report"}
        with running(prefect("worker", "start", "--pool", "dateline"), project, environment):
            wait_for(lambda: api.runs("COMPLETED"))
            (project / "news" / "second.md").write_text("---\ntitle: [unclosed\n---\nThe second.\n")
            runs = wait_for(lambda: len(found := api.runs("COMPLETED")) >= 3 and found)
    assert not api.is_up()
    assert [run["name"] for run in runs[:3]].count("news: 1 added") == 2
    assert paths_of(project) == ["first.md", "second.md"]
    assert (project / "warehouse" / "report" / "index.html").is_file()
    assert (project / "warehouse" / "exports" / "_manifest.json").is_file()


def test_serve_from_nothing_to_runs_and_back(project: Path, environment: dict[str, str]) -> None:
    port = free_port()
    api = Api(port)
    environment["PREFECT_SERVER_API_PORT"] = str(port)
    # As many a project has one.
    (project / "flows").mkdir()
    (project / "flows" / "__init__.py").write_text("raise RuntimeError('these are not the flows of Dateline')\n")
    # From there an extractor of its own is imported all the same.
    (project / "own_names.py").write_text(
        "class Names:\n    name, version, languages = 'own', '1', ('en',)\n"
        "    def extract(self, texts):\n        return [[] for _ in texts]\n"
    )
    config = (project / "dateline.toml").read_text().removeprefix("entities = false\n")
    (project / "dateline.toml").write_text(f'{config}\n[entities.extractors]\nen = "own_names:Names"\n')
    # As the command `dateline` does, which does not look for modules in the working directory.
    serve = [sys.executable, "-P", "-m", "flows", "serve", "--every", "10s"]
    with running(serve, project, environment) as served:
        wait_for(lambda: api.is_up() and api.runs("COMPLETED"))
        [run] = api.runs("COMPLETED")
        assert (run["name"], run["state"]["message"]) == ("news: 1 added", "news: 1 added")
        assert "dateline" in run["tags"]
        artifacts = {each["key"]: each for each in api.ask("artifacts")}
        assert "| added | 1 |" in artifacts["dateline-build"]["data"]
        assert "no extractor" not in artifacts["dateline-build"]["data"]
        assert "content_is_unique" in artifacts["dateline-checks"]["data"]
        (project / "news" / "broken.md").write_text("---\ntitle: [unclosed\n---\n")
        (project / "news" / "worse.md").write_text("---\ntitle: [unclosed\n---\n")
        fired = wait_for(lambda: [run for run in api.runs("COMPLETED") if run["state_name"] == "Alarms"])
        assert "problems_are_few" in fired[0]["state"]["message"]
        events = {"event": {"prefix": ["dateline.", "prefect.asset."]}}
        names = wait_for(
            lambda: (
                (found := {each["event"] for each in api.ask("events", filter=events)["events"]})
                and "dateline.alarm" in found
                and found
            )
        )
        assert {"dateline.published", "prefect.asset.materialization.succeeded"} <= names
        # Somebody starts afresh.
        done = len(api.runs("COMPLETED"))
        shutil.rmtree(project / "warehouse")
        wait_for(lambda: len(api.runs("COMPLETED")) > done and (project / "warehouse" / "dateline.duckdb").exists())
        served.send_signal(signal.SIGTERM)
        assert served.wait(60) == 0
    log = next(project.glob("*.log")).read_text()
    assert "Traceback" not in log
    assert f"runs are shown at http://127.0.0.1:{port}" in log
    wait_for(lambda: not api.is_up(), 20)


def test_runs_go_on_after_a_server_and_its_run_were_killed(project: Path, environment: dict[str, str]) -> None:
    """Prefect holds the killed run for alive, and cancels all others, until somebody tells it."""
    port = free_port()
    api = Api(port)
    environment["PREFECT_SERVER_API_PORT"] = str(port)
    serve = [sys.executable, "-m", "flows", "serve", "--every", "1h"]
    # A pipe in place of a list of names: opening it lasts until somebody writes, so the build is surely at work.
    (project / "dateline.toml").write_text('[[source]]\nname = "news"\npath = "news"\n\n[entities]\nnames = ["pipe"]\n')
    os.mkfifo(project / "pipe")
    with running(serve, project, environment) as served:
        wait_for(lambda: api.is_up() and api.runs("RUNNING"))
        wait_for((project / "warehouse" / "running.json").is_file)
        os.killpg(served.pid, signal.SIGKILL)
        served.wait(20)
        note = json.loads((project / "warehouse" / "running.json").read_text())
        subprocess.run(["pkill", "-KILL", "-P", str(note["process"])], check=False)
        with contextlib.suppress(ProcessLookupError):
            os.kill(note["process"], signal.SIGKILL)
    wait_for(lambda: not api.is_up(), 20)
    (project / "pipe").unlink()
    (project / "dateline.toml").write_text('entities = false\n\n[[source]]\nname = "news"\npath = "news"\n')
    with running(serve, project, environment):
        wait_for(lambda: api.is_up() and api.runs("COMPLETED"))
        assert [run["id"] for run in api.runs("CRASHED")] == [note["flow_run_id"]]
    assert paths_of(project) == ["first.md"]


def test_build_whose_server_dies_leaves_the_store_as_it_was(project: Path, environment: dict[str, str]) -> None:
    port = free_port()
    api = Api(port)
    build = [sys.executable, "-m", "flows", "build"]
    subprocess.run([*build, "--direct"], cwd=project, env=environment, check=True, capture_output=True)
    published = (project / "warehouse" / "dateline.duckdb").resolve()
    (project / "news" / "second.md").write_text("The second.\n")
    with running(prefect("server", "start", "--no-ui", "--port", str(port)), project, environment) as server:
        wait_for(api.is_up)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)
        named = {**environment, "PREFECT_API_URL": api.url, "PREFECT_CLIENT_MAX_RETRIES": "0"}
        done = subprocess.run(
            build, cwd=project, env=named, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"the Prefect server at {api.url} does not answer" in done.stderr
    assert "the published version is as it was" in done.stderr
    assert (project / "warehouse" / "dateline.duckdb").resolve() == published
    assert paths_of(project) == ["first.md"]
    subprocess.run([*build, "--direct"], cwd=project, env=environment, check=True, capture_output=True)
    assert paths_of(project) == ["first.md", "second.md"]


def test_build_whose_server_dies_in_the_middle_is_published_all_the_same(
    project: Path, environment: dict[str, str]
) -> None:
    port = free_port()
    api = Api(port)
    build = [sys.executable, "-m", "flows", "build"]
    subprocess.run([*build, "--direct"], cwd=project, env=environment, check=True, capture_output=True)
    (project / "news" / "second.md").write_text("The second.\n")
    # As above: the build is at work until somebody writes.
    (project / "dateline.toml").write_text('[[source]]\nname = "news"\npath = "news"\n\n[entities]\nnames = ["pipe"]\n')
    os.mkfifo(project / "pipe")
    with running(prefect("server", "start", "--no-ui", "--port", str(port)), project, environment) as server:
        wait_for(api.is_up)
        named = {**environment, "PREFECT_API_URL": api.url, "PREFECT_CLIENT_MAX_RETRIES": "0"}
        with subprocess.Popen(build, cwd=project, env=named, stderr=subprocess.PIPE, text=True) as process:
            wait_for(lambda: api.runs("RUNNING") and (project / "warehouse" / "running.json").is_file())
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(20)
            (project / "names.csv").write_text(NAMES)
            with (project / "pipe").open("w") as pipe:
                (project / "names.csv").replace(project / "pipe")
                pipe.write(NAMES)
            _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert len(said.strip().splitlines()) == 1, said
    assert f"the Prefect server at {api.url} does not answer" in said
    assert "the build was published" in said
    assert paths_of(project) == ["first.md", "second.md"]
    (project / "news" / "third.md").write_text("The third.\n")
    subprocess.run([*build, "--direct"], cwd=project, env=environment, check=True, capture_output=True)
    assert paths_of(project) == ["first.md", "second.md", "third.md"]
