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
        from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
        from rich.text import Text

        class Rate(ProgressColumn):
            """How much was done in a second so far, and how long the rest takes at that rate."""

            def render(self, task: Any) -> Text:
                if not task.completed or not task.elapsed:
                    return Text("")
                left = round((task.total - task.completed) * task.elapsed / task.completed)
                rate = task.completed / task.elapsed
                return Text(f"{rate:,.0f} {unit}/s, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")

        columns = (TextColumn(label), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), Rate())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(label, total=total)
            for item, amount in items:
                progress.advance(task, amount)
                yield item
