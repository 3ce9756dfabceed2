"""A first build's workers begin to import before the command line is: both take as long, and there are two cores."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

# What decides, of all that a build can be told, whether there will be workers.
OPTIONS = ("--warehouse", "--executor", "--workers")


def begin_workers(arguments: Sequence[str]) -> None:
    """Start the fork server if these arguments ask for the first build of a store; a guess that costs no harm.

    Whatever is wrong with them is said by the command itself.
    """
    if arguments[:1] != ["build"] or "--help" in arguments:
        return
    from flows.errors import DatelineError
    from flows.executors import warm_up
    from flows.load.warehouse import Warehouse
    from flows.settings import load_settings

    with suppress(DatelineError, OSError):
        settings = load_settings({option.removeprefix("--"): value_of(option, arguments) for option in OPTIONS})
        if Warehouse(settings.warehouse).published() is None:
            warm_up(settings.executor, settings.workers)


def value_of(option: str, arguments: Sequence[str]) -> str | None:
    """Return what arguments give an option, the last if they do several times: `--option VALUE` or `--option=VALUE`."""
    value = None
    for place, argument in enumerate(arguments):
        if argument == option:
            value = next(iter(arguments[place + 1 :]), None)
        elif argument.startswith(f"{option}="):
            value = argument.removeprefix(f"{option}=")
    return value
