"""getUpdates: what waits for a bot, by Telegram's rules of offset, limit and conflict."""

from itertools import islice

from bot.sandbox.actors import Bot, Json
from bot.sandbox.errors import CONFLICT, WEBHOOK_SET, ApiError
from bot.sandbox.limits import LONG_POLL, UPDATES
from bot.sandbox.methods.asked import array, whole
from bot.sandbox.waiting import until
from bot.sandbox.world import World


async def get_updates(world: World, bot: Bot, asked: Json, waits: bool = True) -> list[Json]:
    """Confirms what lies before the offset and returns what waits, at once or when it comes."""
    if bot.webhook:
        raise ApiError(409, WEBHOOK_SET)
    allowed = asked.get("allowed_updates") is not None
    kinds = array(asked, "allowed_updates")
    offset, limit = whole(asked, "offset", 0) or 0, whole(asked, "limit", UPDATES) or UPDATES
    seconds = min(max(whole(asked, "timeout", 0) or 0, 0), LONG_POLL) if waits else 0
    if allowed:
        bot.allowed = frozenset(str(kind) for kind in kinds) or None
    bot.polling += 1
    mine = bot.polling
    world.wake()
    world.tick()
    _confirm(world, bot, offset)
    await until(world, lambda: _over(world, bot, mine), seconds)
    if bot.revoked:
        raise ApiError(401, "Unauthorized")
    if bot.polling != mine:
        raise ApiError(409, CONFLICT)
    return _taken(world, bot, min(max(limit, 1), UPDATES))


def _over(world: World, bot: Bot, mine: int) -> bool:
    world.tick()
    world.expire(bot)
    return bot.polling != mine or bot.revoked or bool(bot.queue) or bool(bot.again)


def _confirm(world: World, bot: Bot, offset: int) -> None:
    before = len(bot.queue)
    while offset < 0 and len(bot.queue) > -offset:
        bot.confirmed.append(bot.queue.popleft()[1])
    while offset > 0 and bot.queue and bot.queue[0][1]["update_id"] < offset:
        bot.confirmed.append(bot.queue.popleft()[1])
    if len(bot.queue) != before:
        world.touched()


def _taken(world: World, bot: Bot, limit: int) -> list[Json]:
    """What waits; some of it a second time, where that was asked for."""
    again, bot.again = bot.again, 0
    if not again:
        return world.waiting(bot, limit)
    repeated = list(islice(reversed(bot.confirmed), again))[::-1]
    fresh = world.waiting(bot, limit)
    return repeated + fresh + fresh[: again - len(repeated)]


def malformed(world: World, bot: Bot) -> int:
    """Puts an update into the queue that no program can read; returns its id."""
    return world.inject(bot, dict(world.random.choice(POISON)))


POISON: tuple[Json, ...] = (
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 5}}},
    {"message": {"message_id": 1, "date": 10**12, "chat": {"id": 5, "type": "private"}}},
    {"message": {"message_id": 1, "date": "x", "chat": {"id": 5, "type": "private"}}},
    {"poll_answer": {"poll_id": "1"}},
    {"callback_query": {"id": 7, "from": "nobody"}},
    {"message": [1, 2, 3]},
)
"""Updates of the right outer form with a wrong inside."""
