"""Plays the script: people act at their hours, the bot is given time to answer."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.sandbox import play as act
from bot.sandbox.actors import Bot, User
from bot.sandbox.week.cast import Cast, NextDue, Pump
from bot.sandbox.week.story import MORNING, STARTED, deeds
from bot.sandbox.week.talk import NAMES
from bot.sandbox.world import World

ZONE = ZoneInfo("Asia/Shanghai")
OWNER = 100_001
"""The Telegram number of 陈雪, who may set the bot up."""


async def play(
    world: World, bot: Bot, pump: Pump, next_due: NextDue, weeks: int, seed: int
) -> None:
    """Plays so many weeks from the world's present moment on."""
    cast = Cast(world, bot, pump, next_due, Random(seed))  # noqa: S311 - play, no secret
    begin, end = world.now(), world.now() + timedelta(weeks=weeks)
    _gather(cast)
    await _open(cast)
    morning = _next_morning(begin)
    for week in range(weeks):
        for at, deed in deeds(cast, morning + timedelta(weeks=week)):
            if at < end:
                await cast.until(at)
                await deed(cast)
    await cast.until(end)
    await pump()


def _next_morning(begin: datetime) -> datetime:
    """The first eight o'clock in the community's own time."""
    local = begin.astimezone(ZONE)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def _gather(cast: Cast) -> None:
    world = cast.world
    cast.chen = world.add_user("陈雪", id=OWNER, language_code="zh-hans")
    cast.neighbours = [
        world.add_user(name, id=OWNER + 1 + n, language_code="zh-hans")
        for n, name in enumerate(NAMES)
    ]
    cast.group = world.add_chat("supergroup", "春晖里1群", cast.chen, cast.neighbours)


async def _open(cast: Cast) -> None:
    """陈雪 adds the bot and sets it up; some neighbours press Start."""
    chen, private = cast.chen, cast.private(cast.chen)
    act.join(cast.world, cast.group, cast.bot.id, chen.id)
    act.promote(cast.world, cast.group, cast.bot.id, chen.id)
    act.start(cast.world, chen, cast.bot)
    await cast.pump()
    await cast.says(chen, "/setup")
    for words in ("下一步", "下一步"):
        await cast.taps(chen, words, private)
    await cast.tells_bot(chen, "1-4")
    for words in ("以后再说", "贴出并开始"):
        await cast.taps(chen, words, private)
    await _give_role(cast, cast.neighbours[2])
    for n, user in enumerate(cast.neighbours[:STARTED]):
        act.start(cast.world, user, cast.bot)
        await cast.pump()
        await cast.taps(user, "选我的楼", cast.private(user))
        await cast.taps(user, str(n % 4 + 1), cast.private(user))
    await cast.tells_bot(cast.neighbours[1], "长辈版")


async def _give_role(cast: Cast, clerk: User) -> None:
    """李强 of the property company takes up his role by its link."""
    await cast.tells_bot(cast.chen, "/roles")
    await cast.taps(cast.chen, "增加一个角色", cast.private(cast.chen))
    await cast.taps(cast.chen, "物业", cast.private(cast.chen))
    last = max(cast.private(cast.chen).messages.values(), key=lambda m: m.id)
    payload = str(last.body.get("text", "")).rpartition("start=")[2]
    act.start(cast.world, clerk, cast.bot, payload.strip())
    await cast.pump()
