"""How Prefect runs inside `dateline`: no telemetry, no chatter, a temporary server where none is configured."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flows import executors

if TYPE_CHECKING:
    from flows.progress import Reporter
    from flows.settings import Settings

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # What fails is said once, by the command line; Prefect would print it with its traceback as well.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "60",
    "PREFECT_CLI_PROMPT": "false",
    "DO_NOT_TRACK": "1",
}


def quieten() -> None:
    """Set Prefect's defaults for runs from the command line; what the user set in the environment stays.

    Call it before prefect is imported: it reads its settings then.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)


def run_build_flow(settings: Settings, reporter: Reporter) -> dict[str, Any]:
    """Run the build flow, against the server that is configured or else a temporary one."""
    quieten()
    executors.warm_up()
    from flows.build import build_flow

    return build_flow(settings, reporter)
