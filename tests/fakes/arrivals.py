"""Updates as they came, in a dict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.basics import Clock
from tests.fakes.shelves import Arrived, Shelves, in_utc

PENDING, DONE, QUARANTINED = "pending", "done", "quarantined"
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class FakeArrival:
    """One update that waits."""

    id: int
    raw: str
    attempts: int


class FakeArrivals:
    """Fulfils `Arrivals`."""

    def __init__(self, shelves: Shelves, clock: Clock) -> None:
        self._shelves, self._clock = shelves, clock

    def keep(self, raws: Sequence[tuple[int, str]]) -> None:
        for id, raw in raws:
            self._shelves.arrivals.setdefault(id, Arrived(raw, PENDING, in_utc(self._clock())))

    def waiting(self, after: int, limit: int) -> list[FakeArrival]:
        rows = sorted(self._shelves.arrivals.items())
        found = [(id, row) for id, row in rows if id > after and _is_pending(row)]
        return [FakeArrival(id, row.raw or "", row.attempts) for id, row in found[:limit]]

    def done(self, id: int) -> bool:
        row = self._shelves.arrivals.get(id)
        if row is None or row.state != PENDING:
            return False
        self._shelves.arrivals[id] = replace(row, raw=None, state=DONE)
        return True

    def failed(self, id: int, error: str, limit: int) -> bool:
        row = self._shelves.arrivals[id]
        attempts = row.attempts + 1
        state = QUARANTINED if attempts >= limit else row.state
        self._shelves.arrivals[id] = replace(row, attempts=attempts, state=state)
        return attempts >= limit

    def newest(self) -> int | None:
        return max((id for id in self._shelves.arrivals if id >= 0), default=None)

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self._shelves.arrivals.values())

    def pending(self) -> int:
        return sum(map(_is_pending, self._shelves.arrivals.values()))

    def purge(self) -> None:
        now, newest = self._clock(), self.newest()
        for id, row in list(self._shelves.arrivals.items()):
            age = now - row.received_at
            if row.state == QUARANTINED and age > DAY:
                self._shelves.arrivals[id] = replace(row, raw=None)
            if row.state != PENDING and age > 2 * DAY and id != newest:
                del self._shelves.arrivals[id]


def _is_pending(row: Arrived) -> bool:
    return row.state == PENDING and row.raw is not None
