"""One connection that loads, or two at a time: much of the work has nothing to do with the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.load.database import beside

if TYPE_CHECKING:
    from flows.load.database import Connection

Work = Callable[["Connection"], object]


class Lanes:
    """Does work on a connection and, if there is another one, on that beside it, each in a transaction of its own.

    Tables and variables of a session are each connection's own. That the store is written in several transactions
    hurts nobody: a draft is read by its build only.
    """

    def __init__(self, con: Connection, other: Connection | None = None, thread: ThreadPoolExecutor | None = None):
        self._con, self.other, self._thread = con, other, thread

    def both(self, work: Work) -> None:
        """Do the same on each connection."""
        self.apart(work, work if self.other else lambda _: None)

    def apart(self, work: Work, other_work: Work) -> None:
        """Do two things at a time that need nothing of each other, or one after the other on one connection.

        If one fails, it is not waited for what the other would still have done.
        """
        if self._thread and self.other:
            other_done = self._thread.submit(other_work, self.other)
            try:
                work(self._con)
                other_done.result()
            except BaseException:
                # Again and again: it may be between two statements.
                while not wait([other_done], timeout=0.02).done:
                    self.other.interrupt()
                raise
        else:
            work(self._con)
            other_work(self._con)

    def meet(self) -> None:
        """Let each connection see what the other did."""
        if self.other:
            self.commit()
            self.begin()

    def begin(self) -> None:
        """Begin a transaction on each connection."""
        self.both(lambda con: con.execute("begin"))

    def commit(self) -> None:
        """Commit what was done."""
        self.both(lambda con: con.execute("commit"))


@contextmanager
def open_lanes(con: Connection, *, at_once: bool) -> Iterator[Lanes]:
    """Yield one lane, or two at a time; a failure leaves a draft that may hold what was done until they met."""
    if not at_once:
        lanes = Lanes(con)
        lanes.begin()
        yield lanes
        lanes.commit()
        return
    # The thread ends before the connection that it works on is closed.
    with beside(con) as other, ThreadPoolExecutor(1) as thread:
        lanes = Lanes(con, other, thread)
        lanes.begin()
        yield lanes
        lanes.commit()
