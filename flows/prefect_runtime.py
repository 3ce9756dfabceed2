"""How Prefect runs inside `dateline`: no telemetry, no chatter, a temporary server where none is configured."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import executors
from flows.errors import PrefectUnavailableError
from flows.load.warehouse import Warehouse

if TYPE_CHECKING:
    from flows.progress import Reporter
    from flows.settings import Settings, Source

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # What fails is said once, by the command line; Prefect would print it with its traceback as well.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "DO_NOT_TRACK": "1",
}
# Of the services of a server, those that record one run; and no type checks in a library that has been tested.
TEMPORARY = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PY_KEY_VALUE_DISABLE_BEARTYPE": "true",
}
# For `dateline serve`: what runs say belongs in the terminal or the journal, and in Prefect's page.
SERVING = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "DO_NOT_TRACK": "1",
}
# A server that outlives its restarts: who holds a slot of a concurrency limit is written down.
SERVER = {"PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem"}
START_SECONDS = 120
UNREACHED = "Failed to reach API"
SERVED_PORT = 4200


class PrefectServer:
    """A Prefect server in a process of its own, on loopback, which ends with this process at the latest."""

    def __init__(self, environment: Mapping[str, str], port: int = 0) -> None:
        """Start it; `wait` says when it is up. Raises OSError when the port is taken; 0 means any free one."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            listener.listen(128)
            self.api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            program = Path(__file__).with_name("prefect_server.py")
            self.process = subprocess.Popen(
                # -P: the folder of the program holds modules, which must not come before those of libraries.
                [sys.executable, "-P", program, str(listener.fileno())],
                stdin=subprocess.PIPE,
                env={**os.environ, **environment},
                pass_fds=[listener.fileno()],
                # Ctrl-C reaches a whole group: what this process still has to say to the server must come first.
                start_new_session=True,
            )

    def wait(self) -> None:
        """Return once it answers. Raises PrefectUnavailableError when it does not start."""
        try:
            with urllib.request.urlopen(f"{self.api_url}/health", timeout=START_SECONDS):
                pass
        except OSError as error:
            self.stop()
            raise PrefectUnavailableError(
                f"the Prefect server did not start ({error}); DATELINE_DEBUG=1 shows why, --direct does without"
            ) from error

    def stop(self) -> None:
        """Stop it: politely, and after ten seconds not."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


def set_defaults(values: Mapping[str, str]) -> None:
    """Set Prefect's defaults; what the user set in the environment stays.

    Call it before prefect is imported: it reads its settings then.
    """
    for name, value in values.items():
        os.environ.setdefault(name, value)


def configured_api() -> str | None:
    """Return the URL of the Prefect API that environment, profile or files of the working folder name."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        return named
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect").expanduser()
    profiles = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    marks = {profiles: "API_URL", Path(".env"): "API_URL", Path("prefect.toml"): "api"}
    marks[Path("pyproject.toml")] = "tool.prefect"
    if not any(file.is_file() and mark in file.read_text(errors="replace") for file, mark in marks.items()):
        return None
    # It may be about something else: Prefect knows, at the price of its import.
    from flows.serve import api_url_of_settings

    return api_url_of_settings()


def run_build_flow(settings: Settings, reporter: Reporter) -> dict[str, Any]:
    """Run the build flow, against the server that is configured or else a temporary one.

    Raises PrefectUnavailableError when the server does not answer or goes away meanwhile, whether the build was done
    by then or not.
    """
    set_defaults(QUIET)
    api_url, server = configured_api(), None
    if api_url is None:
        server = PrefectServer(TEMPORARY)
        # Registered before prefect is imported, so it comes last: what Prefect sends at exit still arrives.
        atexit.register(server.stop)
        api_url = os.environ["PREFECT_API_URL"] = server.api_url
    import httpx

    from flows.build import build_flow

    executors.warm_up(settings.executor, settings.workers)
    if server:
        server.wait()
    warehouse = Warehouse(settings.warehouse)
    before = warehouse.published()
    try:
        return build_flow(settings, reporter)
    # Only Prefect's client speaks through httpx; what it cannot reach at the start it says as a RuntimeError.
    except (httpx.HTTPError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and UNREACHED not in str(error):
            raise
        kept = "the published version is as it was" if warehouse.published() == before else "the build was published"
        raise PrefectUnavailableError(
            f"the Prefect server at {api_url} does not answer ({error}); {kept}. "
            "The next build takes up what is finished; --direct does without a server"
        ) from error


def serve(settings: Settings, config: str | None, sources: Sequence[Source], say: Callable[[str], None]) -> None:
    """Serve the deployments of a warehouse until SIGTERM or Ctrl-C, with a server of its own if none answers."""
    set_defaults(SERVING)
    named = configured_api()
    port = int(os.environ.get("PREFECT_SERVER_API_PORT", SERVED_PORT))
    api_url = named or f"http://127.0.0.1:{port}/api"
    if not answers(api_url):
        if named:
            raise PrefectUnavailableError(f"no Prefect server answers at {named} (from PREFECT_API_URL or a profile)")
        server = PrefectServer(SERVER, port)
        # Registered before prefect is imported, so it comes last: runs can still say how they ended.
        atexit.register(server.stop)
        server.wait()
    os.environ["PREFECT_API_URL"] = api_url
    # Runs start elsewhere. They import what this process would, and modules of this folder, if no others are called so.
    places = [*executors.import_path(), "."]
    os.environ["PYTHONPATH"] = os.pathsep.join(str(Path(place).absolute()) for place in places)
    from flows.serve import serve_deployments

    serve_deployments(settings, config, sources, say)


def answers(api_url: str) -> bool:
    """Say whether a Prefect server answers at a URL."""
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=10):
            return True
    except OSError:
        return False
