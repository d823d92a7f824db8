"""How far a long piece of work has come, on the error stream."""

import sys
import time
from collections.abc import Callable

WIDTH, STEPS = 30, 200
FIRST, EVERY = 2.0, 10.0
"""Seconds until a log hears of the work, and between two lines in it."""


class Bar:
    """A bar on a terminal; elsewhere a plain line now and then."""

    def __init__(
        self, whole: int, shown: bool = True, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._whole, self._step, self._drawn = whole, -1, False
        self._terminal, self._shown, self._seconds = sys.stderr.isatty(), shown, seconds
        self._next = seconds() + FIRST

    def to(self, done: int) -> None:
        """So many of all bytes are done."""
        if not self._shown:
            return
        if self._terminal:
            self._draw(done)
        elif self._seconds() >= self._next:
            self._next = self._seconds() + EVERY
            print(f"linsheng: {self._far(done)} read", file=sys.stderr, flush=True)

    def _draw(self, done: int) -> None:
        step = done * STEPS // self._whole if self._whole else done >> 16
        if step > self._step:
            full = "#" * min(WIDTH, done * WIDTH // self._whole if self._whole else 0)
            print(f"\r[{full:<{WIDTH}}] {self._far(done)}", end="", file=sys.stderr, flush=True)
            self._step, self._drawn = step, True

    def _far(self, done: int) -> str:
        if self._whole:
            return f"{min(100, done * 100 // self._whole):3} %"
        return f"{done / 1e6:.1f} MB"

    def say(self, line: str) -> None:
        """A line of its own; the bar comes back below it."""
        if self._drawn:
            print("\r\033[K", end="", file=sys.stderr)
            self._step, self._drawn = -1, False
        print(f"linsheng: {line}", file=sys.stderr, flush=True)

    def end(self) -> None:
        """The line is free again."""
        if self._drawn:
            print(file=sys.stderr)
            self._drawn = False
