"""One call of the Bot API: token, pace, the method itself, and a line in the call log."""

import re
from typing import Any

from bot.sandbox.actors import Bot, Json
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.pace import Pace
from bot.sandbox.world import World

LOGGED = 20_000
TOKEN = re.compile(r"([1-9][0-9]{0,14}):[A-Za-z0-9_-]{20,128}")
SILENT = frozenset({"getupdates"})


class Api:
    """The Bot API over one world; both faces call it."""

    def __init__(self, world: World, paced: bool = False) -> None:
        self.world, self.pace, self.faults = world, Pace(paced), Faults(world.random)

    def bot(self, token: str) -> Bot:
        """Raises `ApiError` for a token that is malformed or revoked."""
        known = TOKEN.fullmatch(token)
        if known is None or int(known[1]) in self.world.users:
            raise ApiError(401, "Unauthorized")
        bot = self.world.bot_of(token)
        if bot.revoked or bot.token != token:
            raise ApiError(401, "Unauthorized")
        return bot

    def call(self, bot: Bot, method: str, asked: Json) -> Any:
        """The result of a method. Raises `ApiError`."""
        name = method.lower()
        function = METHODS.get(name)
        if function is None:
            raise ApiError(404, "Not Found")
        world = self.world
        world.tick()
        if self.pace.on:
            chat = asked.get("chat_id")
            self.pace.check(bot.id, name, "" if chat is None else str(chat), world.now())
        return function(world, bot, asked)

    def log(self, bot: Bot, method: str, asked: Json, outcome: str, result: object = None) -> None:
        """Writes a call down; the content of files is left out."""
        if method.lower() in SILENT:
            return
        world = self.world
        params = {k: _short(v) for k, v in asked.items()}
        line = {"n": world.logged, "bot": bot.id, "method": method, "params": params}
        at = world.now().isoformat()
        world.calls.append(line | {"outcome": outcome, "result": result, "at": at})
        world.logged += 1
        if len(world.calls) > LOGGED:
            del world.calls[: LOGGED // 10]
        world.wake()


def _short(value: Any) -> Any:
    return f"attach://{len(value)}-bytes" if isinstance(value, bytes) else value
