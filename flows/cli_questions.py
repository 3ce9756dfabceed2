"""Commands that ask the published version, or look after it."""

from __future__ import annotations

from typing import Annotated

import typer

from flows import output
from flows.cli_options import ASKING, KEEPING, MAIN, JsonOption, WarehouseOption, settings_of, warehouse_of
from flows.errors import UsageError
from flows.output_tables import print_table

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
        print_table(answer.columns, answer.rows)


@questions.command(rich_help_panel=MAIN)
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words in any language.")],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Show at most so many documents.")] = 10,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Published on that day or later.")] = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="With that tag.")] = None,
    language: Annotated[str | None, typer.Option(metavar="LANGUAGE", help="With text in it: en, zh, zh-Hant.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="From that source.")] = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> None:
    """Find documents by words, best first, in every language."""
    from flows.load.search import Filters
    from flows.load.search import search as find
    from flows.progress import Reporter

    filters = Filters(since, tag, language, source)
    hits = find(warehouse_of(warehouse), query, limit, filters, on_build=Reporter(quiet=json).say)
    output.print_json(hits) if json else output.print_hits(hits)


@questions.command(rich_help_panel=ASKING)
def status(
    warehouse: WarehouseOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if an alarm fires or a build died.")] = False,
    json: JsonOption = False,
) -> None:
    """Show the last run, counts, problems, and the alarms that dateline.toml sets."""
    from flows.load.query import summarise
    from flows.load.warehouse import Warehouse

    settings = settings_of(warehouse)
    summary = summarise(Warehouse(settings.warehouse), settings)
    output.print_json(summary) if json else output.print_status(summary)
    if strict and (summary["dead_build"] or any(alarm["failures"] for alarm in summary["alarms"])):
        raise typer.Exit(1)


@questions.command(rich_help_panel=ASKING)
def catalog(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Show the columns of this object.")] = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> None:
    """List what can be queried, with row counts; of one object, its columns."""
    from flows.load.catalog import read_catalog

    objects = read_catalog(warehouse_of(warehouse))
    if name:
        objects = [each for each in objects if name in (each["name"], f"{each['schema']}.{each['name']}")]
        if not objects:
            raise UsageError(f"there is no table or report {name}; dateline catalog lists them")
    if json:
        output.print_json(objects)
    elif name:
        for each in objects:
            print(f"{each['schema']}.{each['name']}: {each['comment']} {each['rows']:,} rows.")
            print_table(("column", "type", "meaning"), [tuple(column.values()) for column in each["columns"]])
    else:
        rows = [(f"{each['schema']}.{each['name']}", each["rows"], each["comment"]) for each in objects]
        print_table(("object", "rows", "one row is"), rows)


@questions.command(rich_help_panel=KEEPING)
def check(warehouse: WarehouseOption = None, json: JsonOption = False) -> None:
    """Run the data-quality checks on the published version; exit with 1 if one of severity error fails."""
    from flows.load.query import check_published
    from flows.load.warehouse import Warehouse

    settings = settings_of(warehouse)
    results = check_published(Warehouse(settings.warehouse), settings)
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
