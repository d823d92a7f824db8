"""Telegram's pace: 30 requests a second in all, 1 a second a chat, 20 a minute a group."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.domain.basics import ChatId, Clock

OVERALL, GROUP = 30, 20
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
Sleep = Callable[[float], Awaitable[None]]


class Window:
    """At most `limit` events within any `span`; a clock set back forgets the time it took back."""

    def __init__(self, limit: int, span: timedelta) -> None:
        self._limit, self._span = limit, span
        self._times: deque[datetime] = deque()

    def free_at(self, now: datetime) -> datetime:
        """The first moment at which one more event fits."""
        while self._times and not now - self._span < self._times[0] <= now:
            self._times.popleft()
        return now if len(self._times) < self._limit else self._times[0] + self._span

    def note(self, now: datetime) -> None:
        self._times.append(now)

    def idle(self, now: datetime) -> bool:
        self.free_at(now)
        return not self._times


class Pace:
    """Says when the next message may leave; a flood wait holds one chat and no other."""

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._overall = Window(OVERALL, SECOND)
        self._chats: dict[ChatId, tuple[Window, ...]] = {}
        self._held: dict[ChatId, tuple[datetime, datetime]] = {}

    async def turn(self, chat: ChatId, said: bool = True) -> None:
        """Returns when it is this chat's turn, and takes the turn.

        What says nothing in the chat, a reaction or a pin, counts only among all requests.
        """
        own = self._chats.setdefault(chat, _windows(chat)) if said else ()
        windows = (self._overall, *own)
        while True:
            now = self._clock()
            free = max(window.free_at(now) for window in windows)
            if free <= now:
                break
            await self._sleep((free - now).total_seconds())
        for window in windows:
            window.note(now)

    def hold(self, chat: ChatId, wait: timedelta) -> None:
        """Nothing leaves for this chat for so long: a flood wait, or a letter tried again."""
        now = self._clock()
        self._held[chat] = (now, now + wait)

    def held_until(self, chat: ChatId) -> datetime | None:
        """Until when nothing may leave for this chat, if anything holds it now."""
        since, until = self._held.get(chat, (None, None))
        now = self._clock()
        return until if since is not None and until is not None and since <= now < until else None

    def forget_idle(self) -> None:
        """Drops what is remembered of chats that have been silent for a minute."""
        now = self._clock()
        self._held = {c: held for c, held in self._held.items() if held[0] <= now < held[1]}
        idle = [c for c, ws in self._chats.items() if all(w.idle(now) for w in ws)]
        for chat in idle:
            del self._chats[chat]


def _windows(chat: ChatId) -> tuple[Window, ...]:
    each = Window(1, SECOND)
    return (each, Window(GROUP, MINUTE)) if chat < 0 else (each,)
