"""How much one person may ask within a minute, so that nobody is slowed down by another."""

from collections import deque
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.basics import MemberId

PER_MINUTE = 60
MINUTE = timedelta(minutes=1)
REMEMBERED = 5_000


class Turn(Enum):
    """Whether a person may go on, is told to slow down, or is passed over in silence."""

    GO = "go"
    WARN = "warn"
    DROP = "drop"


class Limit:
    """A sliding minute for each person; forgotten again when many others have come."""

    def __init__(self) -> None:
        self._asked: dict[MemberId, deque[datetime]] = {}
        self._warned: dict[MemberId, datetime] = {}

    def turn(self, member: MemberId, now: datetime) -> Turn:
        times = self._asked.pop(member, deque())
        self._asked[member] = times
        if len(self._asked) > REMEMBERED:
            del self._asked[next(iter(self._asked))]
        while times and not now - MINUTE < times[0] <= now:
            times.popleft()
        if len(times) < PER_MINUTE:
            times.append(now)
            self._warned.pop(member, None)
            return Turn.GO
        if member in self._warned:
            return Turn.DROP
        self._warned[member] = now
        return Turn.WARN
