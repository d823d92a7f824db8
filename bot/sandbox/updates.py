"""getUpdates: offsets, long polling, and the one poller a bot may have."""

from typing import Any

from bot.sandbox.actors import Bot, Json
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.methods.asked import nested, whole
from bot.sandbox.waiting import until
from bot.sandbox.world import World

CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)


async def get_updates(world: World, bot: Bot, asked: Json) -> list[Json]:
    """Confirms what lies before the offset and returns what waits, at once or when it comes."""
    if bot.webhook:
        raise ApiError(409, WEBHOOK)
    bot.polling += 1
    mine = bot.polling
    world.touched()
    _allow(bot, asked)
    _confirm(world, bot, whole(asked, "offset", 0) or 0)
    limit = min(max(whole(asked, "limit", 100) or 100, 1), 100)
    seconds = min(max(whole(asked, "timeout", 0) or 0, 0), 50)
    await until(world, lambda: _over(world, bot, mine), seconds)
    if bot.polling != mine:
        raise ApiError(409, CONFLICT)
    if bot.revoked:
        raise ApiError(401, "Unauthorized")
    return world.waiting(bot)[:limit]


def _over(world: World, bot: Bot, mine: int) -> bool:
    world.tick()
    return bot.polling != mine or bot.revoked or bool(world.waiting(bot))


def _allow(bot: Bot, asked: Json) -> None:
    kinds: Any = nested(asked, "allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad("can't parse allowed updates list JSON object")
    bot.allowed = frozenset(str(kind) for kind in kinds) or None


def _confirm(world: World, bot: Bot, offset: int) -> None:
    if offset < 0:
        while len(bot.queue) > -offset:
            bot.queue.popleft()
    while bot.queue and bot.queue[0][1]["update_id"] < offset:
        bot.queue.popleft()
        world.touched()
