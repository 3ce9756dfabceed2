"""What the person at the terminal sees while a build runs; silent when nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


class Reporter:
    """Says things on stderr, and draws progress bars there if it is a terminal."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    def say(self, message: str) -> None:
        """Print one line, unless quiet."""
        if not self._quiet:
            print(message, file=sys.stderr)

    def track(self, items: Iterable[T], total: int, label: str) -> Iterator[T]:
        """Yield `items`; on a terminal show how many of `total` are done, at what rate, with the time left."""
        if self._quiet or total < 2 or not sys.stderr.isatty():
            yield from items
            return
        from rich.console import Console
        from rich.progress import track

        yield from track(items, label, total=total, console=Console(stderr=True), transient=True)

    def measure(self, items: Iterable[tuple[T, int]], total: int, label: str, unit: str) -> Iterator[T]:
        """Yield `items` that come with an amount; on a terminal show how much is done, the rate, and the time left."""
        if self._quiet or not sys.stderr.isatty():
            yield from (item for item, _ in items)
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
        from rich.text import Text

        class Rate(ProgressColumn):
            """How much is done in a second."""

            def render(self, task: Any) -> Text:
                return Text(f"{task.speed:,.0f} {unit}/s" if task.speed else "")

        columns = (
            TextColumn(label),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            Rate(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as progress:
            task = progress.add_task(label, total=total)
            for item, amount in items:
                progress.advance(task, amount)
                yield item
