"""The reference pages of docs/, written from the code: `python -m flows.reference` (`make docs`).

A test compares what is written with the code, so the pages cannot drift.
"""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import typer

from flows import settings
from flows.cli import app
from flows.load.catalog import describe_schema

ROOT = Path(__file__).parent.parent
DOCS, README = ROOT / "docs", ROOT / "README.md"
LIST_START, LIST_END = "<!-- objects, written by make docs -->", "<!-- end of objects -->"
WRITTEN_BY = "<!-- Written by `make docs` from the code; changes belong there. -->\n"


def tables_page() -> str:
    """Return docs/tables.md: every object of main and report with its columns."""
    parts = [
        WRITTEN_BY,
        "# Tables and reports\n",
        "Open `warehouse/dateline.duckdb` with any DuckDB, read-only. Objects of `main` need no schema in front;",
        "`dateline catalog` shows the same with row counts.\n",
    ]
    for each in describe_schema():
        name = each["name"] if each["schema"] == "main" else f"{each['schema']}.{each['name']}"
        parts += [f"## `{name}`\n", f"{_cell(each['comment'])}\n", "| column | type | |", "|---|---|---|"]
        parts += [f"| `{c['name']}` | {_cell(c['type'])} | {_cell(c['comment'])} |" for c in each["columns"]]
        parts.append("")
    return "\n".join(parts)


def commands_page() -> str:
    """Return docs/commands.md: every command with its arguments and options."""
    parts = [
        WRITTEN_BY,
        "# Commands\n",
        "Exit status: 0 done; 1 failed, and nothing was published; 2 wrong use.",
        "`dateline --install-completion` sets up completion for the shell.\n",
    ]
    for name, command in sorted(typer.main.get_command(app).commands.items()):  # type: ignore[attr-defined]  # a group
        parts += [f"## `dateline {name}`\n", f"{command.help}\n"]
        parts += ["| | |", "|---|---|"]
        for parameter in command.params:
            if parameter.name == "help":
                continue
            shown = ", ".join(getattr(parameter, "opts", [])) if parameter.param_type_name == "option" else ""
            metavar = getattr(parameter, "metavar", None) or ""
            is_flag = getattr(parameter, "is_flag", False)
            usage = " ".join(part for part in (shown, "" if is_flag else metavar) if part) or f"{parameter.name}"
            parts.append(f"| `{usage}` | {_cell(getattr(parameter, 'help', '') or '')} |")
        parts.append("")
    return "\n".join(parts)


def settings_page() -> str:
    """Return docs/configuration.md: every setting, its type, default and meaning."""
    parts = [
        WRITTEN_BY,
        "# Configuration\n",
        "Flags come before environment (`DATELINE_` and the setting's name in capitals), environment before",
        "`dateline.toml` in the working folder (or the file that `DATELINE_CONFIG` names), the file before defaults.",
        "An unknown name or a value of the wrong type is an error that says where. `SOURCE_DATE_EPOCH` fixes the clock",
        "of a build; `DATELINE_DEBUG=1` shows tracebacks.\n",
    ]
    for title, struct in _structs():
        parts += [f"## {title}\n", f"{inspect.getdoc(struct)}\n", "| name | type | default | |", "|---|---|---|---|"]
        meanings = _meanings(struct)
        for field in msgspec.structs.fields(struct):
            if field.name in ("sources", "entity_options"):
                continue
            default = "required" if field.required else _default(field)
            parts.append(
                f"| `{field.name}` | {_type(field.type)} | {default} | {_cell(meanings.get(field.name, ''))} |"
            )
        parts.append("")
    return "\n".join(parts)


def readme_list() -> str:
    """Return the list of objects in the README: what one row of each is."""
    rows = ["| object | |", "|---|---|"]
    for each in describe_schema():
        name = each["name"] if each["schema"] == "main" else f"{each['schema']}.{each['name']}"
        rows.append(f"| `{name}` | {_cell(each['comment'].partition('. ')[0].removesuffix('.'))} |")
    return "\n".join(rows)


def with_list(readme: str) -> str:
    """Return a README with the list of objects between its marks as the code has it."""
    before, start, rest = readme.partition(LIST_START)
    _, end, after = rest.partition(LIST_END)
    if not start or not end:
        raise ValueError(f"README.md has no {LIST_START} and {LIST_END}")
    return f"{before}{start}\n\n{readme_list()}\n\n{end}{after}"


PAGES = {"tables.md": tables_page, "commands.md": commands_page, "configuration.md": settings_page}


def _structs() -> list[tuple[str, type[msgspec.Struct]]]:
    return [
        ("Settings", settings.Settings),
        ("`[[source]]`", settings.Source),
        ("`[alarms]`, `[source.alarms]`", settings.Alarms),
        ("`[entities]`", settings.EntityOptions),
    ]


def _meanings(struct: type) -> dict[str, str]:
    """Return what the string below each field says of it."""
    [tree] = ast.parse(inspect.getsource(struct)).body
    assert isinstance(tree, ast.ClassDef)
    meanings = {}
    for statement, following in pairwise(tree.body):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                meanings[name] = inspect.cleandoc(text)
    return meanings


def _default(field: Any) -> str:
    if field.default_factory is not msgspec.NODEFAULT:
        return "number of processors" if field.name == "workers" else "empty"
    value = list(field.default) if isinstance(field.default, tuple) else field.default
    return f"`{value}`" if value not in (None, [], {}) else "none"


def _type(kind: Any) -> str:
    return _cell(
        getattr(kind, "__name__", None) if isinstance(kind, type) and not hasattr(kind, "__args__") else str(kind)
    )


def _cell(text: Any) -> str:
    return " ".join(str(text).replace("pathlib.", "").replace("datetime.", "").split()).replace("|", "\\|")


def write() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")
    README.write_text(with_list(README.read_text(encoding="utf-8")), encoding="utf-8")
    print("README.md")


if __name__ == "__main__":
    write()
