"""Texts that wait for the second reader, among the updates, with numbers below Telegram's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.basics import ChatId, Clock, MemberId
from bot.domain.second import Awaited, Found
from bot.domain.second.values import MOST
from tests.fakes.arrivals import DONE, PENDING
from tests.fakes.shelves import Arrived, Shelves, in_utc

WAITING = "second"


@dataclass(frozen=True, slots=True)
class FakeWait:
    """One text that waits."""

    id: int
    awaited: Awaited
    found: Found | None


class FakeWaits:
    """Fulfils `WaitingRoom`, and so `Waits`."""

    def __init__(self, shelves: Shelves, clock: Clock) -> None:
        self._shelves, self._clock = shelves, clock

    def put(self, awaited: Awaited) -> bool:
        if len(self._live()) >= MOST:
            return False
        lowest = min((0, *self._shelves.arrivals))
        row = Arrived(awaited.text, WAITING, in_utc(self._clock()), awaited=awaited)
        self._shelves.arrivals[lowest - 1] = row
        return True

    def first(self) -> FakeWait | None:
        live = sorted(self._live().items(), key=lambda one: (one[1].state == WAITING, -one[0]))
        if not live:
            return None
        id, row = live[0]
        if row.awaited is None:
            self.done(id)
            return None
        return FakeWait(id, row.awaited, row.found)

    def answered(self, id: int, awaited: Awaited, found: Found) -> bool:
        row = self._shelves.arrivals.get(id)
        if row is None or row.state != WAITING:
            return False
        kept = replace(row, raw=awaited.text, state=PENDING, awaited=awaited, found=found)
        self._shelves.arrivals[id] = kept
        return True

    def done(self, id: int) -> bool:
        if id not in self._live():
            return False
        row = self._shelves.arrivals[id]
        self._shelves.arrivals[id] = replace(row, raw=None, state=DONE, awaited=None, found=None)
        return True

    def drop(self, chat: ChatId, message: int) -> None:
        self._drop(lambda one: one.chat == chat and one.message == message)

    def drop_chats(self, chats: Sequence[ChatId]) -> None:
        self._drop(lambda one: one.chat in chats)

    def forget(self, member: MemberId) -> None:
        self._drop(lambda one: one.member == member)

    def expire(self, before: datetime) -> None:
        for id, row in self._live().items():
            if row.received_at <= before:
                self.done(id)

    def oldest(self) -> datetime | None:
        return min((row.received_at for row in self._live().values()), default=None)

    def _drop(self, concerns: Callable[[Awaited], bool]) -> None:
        """Whatever cannot be read goes too: nobody knows whose it is."""
        for id, row in self._live().items():
            if row.awaited is None or concerns(row.awaited):
                self.done(id)

    def _live(self) -> dict[int, Arrived]:
        every = self._shelves.arrivals.items()
        waits = (WAITING, PENDING)
        return {
            id: row for id, row in every if id < 0 and row.raw is not None and row.state in waits
        }
