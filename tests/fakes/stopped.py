"""Time and ids that come in by the door: a clock that stands, and numbers in a row."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class StoppedClock:
    """The present moment, until somebody moves it."""

    time: datetime

    def __call__(self) -> datetime:
        return self.time

    def advance(self, by: timedelta) -> None:
        """So much later."""
        self.time += by


@dataclass
class CountingIds:
    """Ten letters and digits, the first six of them never twice."""

    last: int = 0

    def __call__(self) -> str:
        self.last += 1
        return f"{self.last:05}abcde"
