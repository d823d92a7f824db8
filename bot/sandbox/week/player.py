"""Plays the script: people act at their hours, the bot is given time to answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.sandbox import play as act
from bot.sandbox.actors import Bot, Chat, Message, User
from bot.sandbox.week.talk import FORWARD, NAMES, NOTICES, REPLIES, SMALL_TALK, URGENT
from bot.sandbox.world import World

OWNER = 100_001
"""The Telegram number of 陈雪, who may set the bot up."""
A_DAY = 26
Pump = Callable[[], Awaitable[None]]
NextDue = Callable[[], datetime | None]
Deed = Callable[["Cast"], Awaitable[None]]


@dataclass
class Cast:
    """Who plays, where, and the hand that moves time."""

    world: World
    bot: Bot
    pump: Pump
    next_due: NextDue
    dice: Random
    chen: User = field(init=False)
    neighbours: list[User] = field(init=False)
    group: Chat = field(init=False)
    unsaid: list[str] = field(default_factory=list)

    async def until(self, moment: datetime) -> None:
        """Time passes; what the bot has to do on the way, it does at its hour."""
        while (due := self.next_due()) is not None and self.world.now() < due <= moment:
            self.world.advance((due - self.world.now()).total_seconds())
            await self.pump()
        if moment > self.world.now():
            self.world.advance((moment - self.world.now()).total_seconds())

    async def says(self, user: User, text: str, reply_to: int | None = None) -> Message:
        message = act.write(self.world, user, self.group, text, reply_to=reply_to)
        await self.pump()
        return message

    async def tells_bot(self, user: User, text: str) -> None:
        act.write(self.world, user, self.world.private_chat(user, self.bot), text)
        await self.pump()

    async def taps(self, user: User, words: str, chat: Chat) -> bool:
        """Taps the newest button with these words, if there is one."""
        for message in sorted(chat.messages.values(), key=lambda m: -m.id):
            for row in (message.markup or {}).get("inline_keyboard") or []:
                for button in row:
                    if words in button["text"] and button.get("callback_data"):
                        act.tap(self.world, user, chat, message.id, button["callback_data"])
                        await self.pump()
                        return True
        return False

    def private(self, user: User) -> Chat:
        return self.world.private_chat(user, self.bot)


async def play(
    world: World, bot: Bot, pump: Pump, next_due: NextDue, weeks: int, seed: int
) -> None:
    """Plays so many weeks from the world's present moment on."""
    cast = Cast(world, bot, pump, next_due, Random(seed))  # noqa: S311 - play, no secret
    begin, end = world.now(), world.now() + timedelta(weeks=weeks)
    _gather(cast)
    await _open(cast)
    for week in range(weeks):
        for at, deed in _deeds(cast, begin + timedelta(weeks=week)):
            if begin < at < end:
                await cast.until(at)
                await deed(cast)
    await cast.until(end)
    await pump()


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
    for n, user in enumerate(cast.neighbours[:10]):
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


def _deeds(cast: Cast, monday: datetime) -> list[tuple[datetime, Deed]]:
    """One week in order: talk, notices, taps, a plea for help, one person who opts out."""
    found: list[tuple[datetime, Deed]] = []
    for day in range(7):
        for _ in range(A_DAY):
            minutes = cast.dice.triangular(30, 15 * 60, 11 * 60)
            found.append((monday + timedelta(days=day, minutes=minutes), _small_talk))
    for day, hour, text in (*NOTICES, URGENT):
        at = monday + timedelta(days=day, hours=hour - 8)
        found.append((at, _notice(text)))
        found += [
            (at + timedelta(minutes=cast.dice.uniform(1, 300)), _noted(n))
            for n in range(len(NAMES))
            if cast.dice.random() < 0.7
        ]
    found.append((monday + timedelta(days=3, hours=3), _forward))
    found.append((monday + timedelta(days=4, hours=9), _in_need))
    found.append((monday + timedelta(days=1, hours=5), _opts_out))
    return sorted(found, key=lambda pair: pair[0])


async def _small_talk(cast: Cast) -> None:
    user = cast.dice.choice(cast.neighbours)
    if not cast.unsaid:
        cast.unsaid = cast.dice.sample(SMALL_TALK, len(SMALL_TALK))
    message = await cast.says(user, cast.unsaid.pop())
    if cast.dice.random() < 0.3:
        answer = cast.dice.choice(cast.neighbours)
        await cast.says(answer, cast.dice.choice(REPLIES), message.id)


def _notice(text: str) -> Deed:
    async def post(cast: Cast) -> None:
        await cast.tells_bot(cast.chen, text)
        await cast.taps(cast.chen, "现在发", cast.private(cast.chen))

    return post


def _noted(number: int) -> Deed:
    async def tap(cast: Cast) -> None:
        await cast.taps(cast.neighbours[number], "知道了", cast.group)

    return tap


async def _forward(cast: Cast) -> None:
    await cast.says(cast.neighbours[3], FORWARD)


async def _in_need(cast: Cast) -> None:
    wang = cast.neighbours[1]
    if await cast.taps(wang, "家里有困难", cast.group):
        await cast.taps(wang, "送水", cast.private(wang))
        await cast.taps(cast.chen, "回复 TA", cast.private(cast.chen))
        await cast.tells_bot(cast.chen, "王阿姨，小李九点前把水送到您家。")


async def _opts_out(cast: Cast) -> None:
    await cast.taps(cast.neighbours[5], "不要分析我", cast.group)
