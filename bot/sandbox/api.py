"""One call of the Bot API: token, faults, pace, the method itself, and a line in the call log."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.actors import Bot, Json
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.world import World

LOGGED = 20_000
POSTS = frozenset({"sendmessage", "sendpoll", "sendphoto", "senddocument", "copymessage"})
GROUPED = POSTS | {"editmessagetext", "pinchatmessage"}


@dataclass
class Pace:
    """Telegram's flood limits: 30 a second in all, 20 a minute a group, bursts of 3 a chat."""

    on: bool = False
    times: dict[tuple[int, object], deque[datetime]] = field(default_factory=dict)

    def check(self, bot: int, chat: object, grouped: bool, now: datetime) -> None:
        limits: list[tuple[object, int, timedelta]] = [
            ("all", 30, timedelta(seconds=1)),
            (chat, 4, timedelta(seconds=3)),
        ]
        if grouped:
            limits.append((("minute", chat), 20, timedelta(minutes=1)))
        waits = [self._wait(bot, name, limit, span, now) for name, limit, span in limits]
        if max(waits) > 0:
            wait = int(max(waits)) + 1
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for name, _, _ in limits:
            self.times[(bot, name)].append(now)

    def _wait(self, bot: int, name: object, limit: int, span: timedelta, now: datetime) -> float:
        times = self.times.setdefault((bot, name), deque())
        while times and times[0] <= now - span:
            times.popleft()
        return 0.0 if len(times) < limit else (times[0] + span - now).total_seconds()


class Api:
    """The Bot API over one world; both faces call it."""

    def __init__(self, world: World, paced: bool = False) -> None:
        self.world, self.pace, self.faults = world, Pace(paced), Faults(world.random)

    def bot(self, token: str) -> Bot:
        """Raises `ApiError` for a token that is malformed or revoked."""
        number, _, secret = token.partition(":")
        if not number.isdigit() or len(number) > 15 or len(secret) < 20 or not secret.isascii():
            raise ApiError(404 if ":" not in token else 401, "Unauthorized")
        bot = self.world.bot_of(token)
        if bot.revoked or bot.token != token:
            raise ApiError(401, "Unauthorized")
        return bot

    def call(self, bot: Bot, method: str, asked: Json) -> Any:
        """The result of a method. Raises `ApiError`."""
        function: Callable[[World, Bot, Json], Any] | None = METHODS.get(method.lower())
        if function is None:
            raise ApiError(404, "Not Found")
        if self.pace.on and method.lower() in GROUPED:
            chat = asked.get("chat_id")
            grouped = str(chat).startswith("-")
            self.pace.check(bot.id, str(chat), grouped, self.world.now())
        self.world.tick()
        return function(self.world, bot, asked)

    def log(self, bot: Bot, method: str, asked: Json, outcome: str) -> None:
        if method.lower() == "getupdates":
            return
        self.world.calls.append(
            {
                "bot": bot.id,
                "method": method,
                "params": asked,
                "outcome": outcome,
                "at": self.world.now().isoformat(),
            }
        )
        if len(self.world.calls) > LOGGED:
            del self.world.calls[: LOGGED // 10]
