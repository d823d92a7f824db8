"""Duties, in a dict."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.due import Due
from tests.fakes.shelves import Duty, Shelves, in_utc

ATTEMPTS, KEPT = 3, timedelta(days=30)


class FakeDues:
    """Fulfils `Calendar`, and so `Dues`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def put(self, due: Due) -> None:
        self._shelves.dues[due.kind, due.object] = Duty(replace(due, at=in_utc(due.at)))

    def cancel(self, kind: str, object: str) -> None:
        self._shelves.dues.pop((kind, object), None)

    def waits(self, kind: str, prefix: str) -> bool:
        return any(
            of == kind and object.startswith(prefix) and duty.done_at is None
            for (of, object), duty in self._shelves.dues.items()
        )

    def due(self, now: datetime, limit: int = 100) -> list[Due]:
        found = [one for one in self._waiting() if one.at <= now]
        return sorted(found, key=lambda one: (one.at, one.kind, one.object))[:limit]

    def next_at(self) -> datetime | None:
        return min((one.at for one in self._waiting()), default=None)

    def claim(self, due: Due, now: datetime) -> bool:
        duty = self._shelves.dues.get((due.kind, due.object))
        if duty is None or duty.done_at is not None or duty.due.at != due.at:
            return False
        self._shelves.dues[due.kind, due.object] = replace(duty, done_at=in_utc(now))
        return True

    def failed(self, due: Due, error: str) -> None:
        duty = self._shelves.dues.get((due.kind, due.object))
        if duty is not None:
            counted = replace(duty, attempts=duty.attempts + 1)
            self._shelves.dues[due.kind, due.object] = counted

    def purge(self, now: datetime) -> None:
        """Drops what was done long ago."""
        old = now - KEPT
        for key, duty in list(self._shelves.dues.items()):
            if duty.done_at is not None and duty.done_at < old:
                del self._shelves.dues[key]

    def _waiting(self) -> list[Due]:
        every = self._shelves.dues.values()
        return [one.due for one in every if one.done_at is None and one.attempts < ATTEMPTS]
