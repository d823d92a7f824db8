"""The world's time: it stands still, is moved on, or runs several times as fast as ours."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class WorldClock:
    """Simulated time that never goes back by itself."""

    def __init__(
        self,
        start: datetime,
        speed: float = 0.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._base, self._since, self.speed = start, monotonic(), speed

    @classmethod
    def running(cls) -> "WorldClock":
        """A clock that shows the real time."""
        return cls(datetime.now(UTC), 1.0)

    def now(self) -> datetime:
        passed = (self._monotonic() - self._since) * self.speed
        return self._base + timedelta(seconds=passed)

    def set(self, moment: datetime) -> None:
        self._base, self._since = moment, self._monotonic()

    def advance(self, seconds: float) -> None:
        self.set(self.now() + timedelta(seconds=seconds))

    def run(self, speed: float) -> None:
        """From now on time passes `speed` times as fast as ours; 0 stops it."""
        self.set(self.now())
        self.speed = speed
