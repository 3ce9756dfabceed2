"""The command line: parses, calls, prints; no logic."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
import typer.exceptions

from flows import __version__, output
from flows.cli_options import KEEPING, MAIN, JsonOption, PathsArgument, WarehouseOption, settings_of, warehouse_of
from flows.cli_questions import questions
from flows.errors import DatelineError, PrefectUnavailableError, UsageError
from flows.progress import Reporter
from flows.settings import config_in_use, is_debugging
from flows.source_arguments import merge_sources, source_of_argument

app = typer.Typer(
    name="dateline",
    help="Turn folders of Markdown with front matter into a DuckDB store that you can ask.",
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

EntitiesOption = Annotated[bool | None, typer.Option("--no-entities", help="Leave people, places, organisations out.")]


def run() -> None:
    """Run the command line; every failure is one clear message and an exit status, never a traceback."""
    output.escape_what_cannot_be_shown()
    try:
        status = app(standalone_mode=False)
    except PrefectUnavailableError as error:
        # At once: Prefect would go on for minutes to send a server that is gone what it has not sent yet.
        os._exit(_fail(str(error), error.exit_code))
    except DatelineError as error:
        status = _fail(str(error), error.exit_code)
    except typer.exceptions.TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f" (see: {context.command_path} --help)" if context else ""
        status = _fail(f"{_message_of(error)}{hint}", 2)
    except (KeyboardInterrupt, typer.Abort):
        status = _fail("interrupted; the published version is as it was", 130)
    except BrokenPipeError:
        # Whoever read the output has seen enough; let nothing complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:
        if is_debugging():
            raise
        kind = type(error).__name__
        status = _fail(f"{kind}: {str(error).strip()} (this should not happen; DATELINE_DEBUG=1 shows where)", 1)
    # What is left goes with the process: to look through all of it once more takes a tenth of a small build.
    gc.freeze()
    sys.exit(status or 0)


def _message_of(error: Exception) -> str:
    format_message = getattr(error, "format_message", None)
    return str(format_message() if format_message else error)


def _fail(message: str, status: int) -> int:
    print(f"dateline: {message}", file=sys.stderr, flush=True)
    return status


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    """Turn folders of Markdown with front matter into a DuckDB store that you can ask."""
    if version:
        print(f"dateline {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command(rich_help_panel=MAIN)
def build(
    paths: PathsArgument = None,
    warehouse: WarehouseOption = None,
    direct: Annotated[bool, typer.Option("--direct", help="Run without Prefect.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read every file, whatever its size and time say.")] = False,
    workers: Annotated[int | None, typer.Option(metavar="N", help="Processes to derive with.")] = None,
    executor: Annotated[str | None, typer.Option(metavar="KIND", help="inline, processes or dask://HOST:PORT.")] = None,
    no_entities: EntitiesOption = None,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Fail if another build is running.")] = False,
    json: JsonOption = False,
) -> None:
    """Read sources, derive what is new, and publish the next version of the store."""
    sources = merge_sources([source_of_argument(path) for path in paths]) if paths else None
    settings = settings_of(
        warehouse,
        sources=sources,
        workers=workers,
        executor=executor,
        full=full or None,
        wait=False if no_wait else None,
        entities=False if no_entities else None,
    )
    reporter = Reporter(quiet=json)
    if direct:
        from flows.pipeline import build_store

        row = build_store(settings, reporter)
    else:
        from flows.prefect_runtime import run_build_flow

        row = run_build_flow(settings, reporter)
    output.print_json(row) if json else output.print_run(row, settings.warehouse)


@app.command(rich_help_panel=KEEPING)
def serve(
    paths: PathsArgument = None,
    every: Annotated[
        str | None, typer.Option(metavar="SPAN", help="How often: 30s, 15m, 2h, 1d. [default: 15m]")
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Build on a schedule with Prefect, exports and report included, until it is stopped."""
    from flows.prefect_runtime import serve as serve_with_prefect

    sources = [source_of_argument(path) for path in paths or ()]
    settings = settings_of(warehouse, sources=merge_sources(sources) or None, every=every)
    serve_with_prefect(settings, config_in_use(), sources, Reporter().say)


@app.command(rich_help_panel=KEEPING)
def inspect(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files or folders.")],
    json: JsonOption = False,
    no_entities: EntitiesOption = None,
) -> None:
    """Show what the pipeline sees in files, and why; writes nothing."""
    from flows.inspection import inspect_paths

    settings = settings_of(None, entities=False if no_entities else None)
    for seen in inspect_paths(paths, settings, Reporter().say):
        output.print_json_line(seen) if json else output.print_inspection(seen)


@app.command(rich_help_panel=MAIN)
def export(
    to: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder or URL (s3://...). [default: WAREHOUSE/exports]")
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Write every table and report of the published version as Parquet."""
    from flows.load.export import export_published
    from flows.load.remote_export import export_to_url

    store = warehouse_of(warehouse)
    manifest = export_to_url(store, to) if to and "://" in to else export_published(store, Path(to) if to else None)
    print(f"{len(manifest['files'])} Parquet files in {to or store.folder / 'exports'}")


@app.command(rich_help_panel=MAIN)
def report(
    to: Annotated[str | None, typer.Option(metavar="DIR", help="Folder to make. [default: WAREHOUSE/report]")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Write one self-contained HTML page about the published version."""
    from flows.report_page.page import publish_page

    if to and "://" in to:
        raise UsageError(f"the page is written to a folder of this machine, not to {to}")
    store = warehouse_of(warehouse)
    folder = Path(to) if to else store.folder / "report"
    publish_page(store, folder)
    print(f"the page is {folder / 'index.html'}")


app.add_typer(questions)
