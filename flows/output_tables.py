"""Tables on the terminal: as wide as it is, and where that is too narrow for the columns, one value below the other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from rich.console import Console

SHOWN_ROWS = 200
SHOWN_CELL_WIDTH = 300
# Below this a cell is folded into shreds; names of columns are never folded.
READABLE_WIDTH = 12
SPACE_BETWEEN = 3


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as a table, the first 200 of many; on a terminal too narrow for it, row by row with a line per value.

    In a pipe there is no width to fit, and nothing is folded.
    """
    from rich.console import Console

    console = Console() if sys.stdout.isatty() else Console(width=1_000_000, color_system=None)
    cells = [["" if cell is None else cell_text(cell)[:SHOWN_CELL_WIDTH] for cell in row] for row in rows[:SHOWN_ROWS]]
    if not cells or _fits(console.width, columns, cells):
        _print_grid(console, columns, rows, cells)
    else:
        _print_records(console, columns, cells)
    if len(rows) > SHOWN_ROWS:
        print(f"{len(rows):,} rows; the first {SHOWN_ROWS} are shown. --csv and --json print all.", file=sys.stderr)


def cell_text(cell: Any) -> str:
    """Return a value as tables show it: times without zone, since all are in UTC; lists and structs as JSON."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.4g}" if abs(cell) < 1000 else f"{cell:,.1f}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
    if isinstance(cell, (list, dict)):
        return msgspec.json.encode(jsonable(cell)).decode()
    return str(cell)


def jsonable(value: Any) -> Any:
    """Return a value of DuckDB as JSON can hold it; what JSON has no form for becomes text."""
    return msgspec.to_builtins(value, str_keys=True, enc_hook=_encode_other, builtin_types=())


def _encode_other(value: Any) -> Any:
    return value.hex() if isinstance(value, (bytes, bytearray, memoryview)) else str(value)


def _fits(width: int, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    from rich.cells import cell_len

    needed = 0
    for place, column in enumerate(columns):
        widest = max((cell_len(row[place]) for row in cells), default=0)
        needed += max(cell_len(column), min(widest, READABLE_WIDTH)) + SPACE_BETWEEN
    return needed <= width


def _print_grid(
    console: Console, columns: Sequence[str], rows: Sequence[Sequence[Any]], cells: Sequence[Sequence[str]]
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        is_number = any(isinstance(row[place], (int, float)) and not isinstance(row[place], bool) for row in rows)
        column_name = Text(column)
        table.add_column(
            column_name, justify="right" if is_number else "left", overflow="fold", min_width=column_name.cell_len
        )
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_records(console: Console, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, 1):
        record = Table.grid(padding=(0, 2))
        record.add_column(style="bold", no_wrap=True)
        record.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            record.add_row(Text(column), Text(cell))
        console.rule(f"row {number}", align="left", characters="─", style="dim")
        console.print(record)
