"""Commands that ask the published version, or look after it."""

from __future__ import annotations

from typing import Annotated

import typer

from flows import output
from flows.cli_options import ASKING, KEEPING, MAIN, JsonOption, WarehouseOption, warehouse_of
from flows.errors import UsageError

questions = typer.Typer()


@questions.command(rich_help_panel=MAIN)
def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="SQL for DuckDB; read-only.")],
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Ask the published version a question in SQL."""
    from flows.load.query import ask

    if json and csv:
        raise UsageError("--json and --csv exclude each other")
    answer = ask(warehouse_of(warehouse), query)
    if json:
        output.print_json(answer.mappings())
    elif csv:
        output.print_csv(answer.columns, answer.rows)
    else:
        output.print_table(answer.columns, answer.rows)


@questions.command(rich_help_panel=ASKING)
def status(warehouse: WarehouseOption = None, json: JsonOption = False) -> None:
    """Show the last run, counts and problems."""
    from flows.load.query import summarise

    summary = summarise(warehouse_of(warehouse))
    output.print_json(summary) if json else output.print_status(summary)


@questions.command(rich_help_panel=KEEPING)
def check(warehouse: WarehouseOption = None, json: JsonOption = False) -> None:
    """Run the data-quality checks on the published version; exit with 1 if one of severity error fails."""
    from flows.load.query import check_published

    results = check_published(warehouse_of(warehouse))
    output.print_json(output.check_summary(results)) if json else output.print_checks(results)
    if any(result.failures and result.severity == "error" for result in results):
        raise typer.Exit(1)


@questions.command(rich_help_panel=ASKING)
def history(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A document's path, as in the store or on this machine.")],
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> None:
    """Show the versions of one document, and what changed from each to the next."""
    from flows.load.history import document_history

    intervals = document_history(warehouse_of(warehouse), path)
    output.print_json(intervals) if json else output.print_history(intervals)


@questions.command(rich_help_panel=KEEPING)
def rollback(warehouse: WarehouseOption = None) -> None:
    """Go back to the version before the published one."""
    print(f"published again: {warehouse_of(warehouse).roll_back().stem}")
