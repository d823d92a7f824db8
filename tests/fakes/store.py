"""The memory as intake, post and clock see it: one transaction at a time, whole or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.basics import Clock
from tests.fakes.shelves import Shelves
from tests.fakes.work import FakeWork


class FakeStore:
    """Shelves that outlive a work."""

    def __init__(self, clock: Clock) -> None:
        self.shelves = Shelves()
        self._clock, self._open = clock, False

    @contextmanager
    def work(self, repeatable: bool = False) -> Iterator[FakeWork]:
        """One transaction: kept at the end, undone as a whole on any exception or on `undo()`.

        There is no disk to wait for, so a repeatable one is like any other.
        """
        if self._open:
            raise RuntimeError("a work is open already")
        before, work = self.shelves.copied(), FakeWork(self.shelves, self._clock())
        self._open, whole = True, False
        try:
            yield work
            whole = not work.undone
        finally:
            self._open = False
            if not whole:
                self.shelves.restore(before)

    def checkpoint(self) -> None:
        """Nothing lies in a log."""

    def close(self) -> None:
        """Nothing is held."""
