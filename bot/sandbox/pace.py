"""Telegram's flood limits, as far as they are known."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.errors import flooded
from bot.sandbox.limits import A_CHAT, A_GROUP, OVERALL

COUNTED = ("send", "copymessage", "forwardmessage", "editmessage", "pinchatmessage", "stoppoll")
FREE = frozenset({"sendchataction"})
Key = tuple[int, str, str]


@dataclass
class Pace:
    """30 calls a second in all, bursts of 10 in 10 s a chat, 20 a minute a group."""

    on: bool = False
    times: dict[Key, deque[datetime]] = field(default_factory=dict)

    def check(self, bot: int, method: str, chat: str, now: datetime) -> None:
        """Counts a call. Raises the 429 that Telegram would answer."""
        if not self.on or not chat or not method.startswith(COUNTED) or method in FREE:
            return
        limits = [((bot, "all", ""), *OVERALL), ((bot, "chat", chat), *A_CHAT)]
        if chat.startswith(("-", "@")):
            limits.append(((bot, "minute", chat), *A_GROUP))
        wait = max(self._wait(key, count, span, now) for key, count, span in limits)
        if wait > 0:
            raise flooded(max(1, math.ceil(wait)))
        for key, _, _ in limits:
            self.times[key].append(now)

    def _wait(self, key: Key, count: int, span: timedelta, now: datetime) -> float:
        times = self.times.setdefault(key, deque())
        while times and times[0] <= now - span:
            times.popleft()
        return 0.0 if len(times) < count else (times[0] + span - now).total_seconds()
