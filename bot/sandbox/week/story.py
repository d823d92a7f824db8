"""What happens in a week: talk, notices, questions, a rumour, a poll, a consultation."""

from datetime import datetime, timedelta

from bot.sandbox import play as act
from bot.sandbox.actors import User
from bot.sandbox.week.cast import Cast, Deed
from bot.sandbox.week.spot import spot_checked
from bot.sandbox.week.talk import (
    ANSWERS,
    ASKS,
    CONSULT,
    DOOR,
    DOOR_ANSWER,
    HELPFUL,
    NAMES,
    NOTICES,
    OTHERWISE,
    POLL,
    REPLIES,
    RUMOUR,
    RUMOUR_FOUND,
    SMALL_TALK,
    URGENT,
)

A_DAY = 26
STARTED = 10
"""How many neighbours, in the order of their names, opened the private chat."""
MORNING = 8


def deeds(cast: Cast, monday: datetime) -> list[tuple[datetime, Deed]]:
    """One week in order; `monday` is eight in the morning of its first day."""
    found: list[tuple[datetime, Deed]] = []
    unasked = cast.dice.sample(ASKS, len(ASKS))
    for day in range(7):
        for _ in range(A_DAY):
            minutes = cast.dice.triangular(30, 15 * 60, 11 * 60)
            found.append((monday + timedelta(days=day, minutes=minutes), _small_talk))
        asks = [unasked.pop() for _ in range(2 if day in (1, 3) else 1)]
        found += [(_at(monday, day, cast.dice.uniform(9, 16)), _asks(words)) for words in asks]
        for hour in (11, 17):
            at = _at(monday, day, hour)
            found += [(at, _desk_hour(2)), (at + timedelta(minutes=20), _chen_answers)]
            found.append((at + timedelta(hours=1), _askers_reply))
    for day, hour, text in (*NOTICES, URGENT):
        at = _at(monday, day, hour)
        found.append((at, _notice(text)))
        found += [
            (at + timedelta(minutes=cast.dice.uniform(1, 300)), _noted(n))
            for n in range(len(NAMES))
            if cast.dice.random() < 0.7
        ]
    return sorted([*found, *_story(cast, monday)], key=lambda pair: pair[0])


def _at(monday: datetime, day: int, hour: float) -> datetime:
    return monday + timedelta(days=day, hours=hour - MORNING)


def _story(cast: Cast, monday: datetime) -> list[tuple[datetime, Deed]]:
    """The scenes that are the same every week."""
    scenes: list[tuple[int, float, Deed]] = [
        (0, 10.2, _door_asked),
        (0, 12, _consult_opened),
        (1, 9.2, _door_answered),
        (1, 13, _opts_out),
        (2, 12, _poll_opened),
        (3, 11, _rumour),
        (3, 11.1, _rumour_checked),
        (3, 11.8, _rumour_judged),
        (3, 19, _consult_answered),
        (4, 10, _consult_decided),
        (4, 17, _in_need),
        (4, 17.5, spot_checked),
    ]
    found = [(_at(monday, day, hour), deed) for day, hour, deed in scenes]
    for n in range(len(NAMES)):
        stances = ("同意", "同意", "不反对", "弃权", "反对（")
        stance = cast.dice.choice(stances if n < STARTED else stances[:-1])
        hours = cast.dice.uniform(1, 60)
        found.append((_at(monday, 0, 12 + hours), _stands(n, stance)))
        choice = cast.dice.choice((0, 0, 0, 1, 2))
        found.append((_at(monday, 2, 12 + cast.dice.uniform(0.2, 23)), _votes(n, choice)))
    return found


async def _small_talk(cast: Cast) -> None:
    user = cast.dice.choice(cast.neighbours)
    if not cast.unsaid:
        cast.unsaid = cast.dice.sample(SMALL_TALK, len(SMALL_TALK))
    message = await cast.says(user, cast.unsaid.pop())
    if cast.dice.random() < 0.3:
        answer = cast.dice.choice(cast.neighbours)
        await cast.says(answer, cast.dice.choice(REPLIES), message.id)


def _asks(words: str) -> Deed:
    """Somebody asks; where a neighbour knows it, a neighbour answers."""

    async def ask(cast: Cast) -> None:
        asker, other = cast.dice.sample(cast.neighbours[:STARTED], 2)
        message = await cast.says(asker, words)
        if "自行车" in words:
            await cast.says(other, HELPFUL, message.id)

    return ask


def _notice(text: str) -> Deed:
    async def post(cast: Cast) -> None:
        await cast.tells_bot(cast.chen, text)
        await cast.taps(cast.chen, "现在发", cast.private(cast.chen))

    return post


def _noted(number: int) -> Deed:
    async def tap(cast: Cast) -> None:
        await cast.taps(cast.neighbours[number], "知道了", cast.group)

    return tap


def _desk_hour(number: int) -> Deed:
    """李强 works off what waits for the property company."""

    async def work(cast: Cast) -> None:
        await _answer_all(cast, cast.neighbours[number])

    return work


async def _chen_answers(cast: Cast) -> None:
    await _answer_all(cast, cast.chen)


async def _answer_all(cast: Cast, user: User) -> None:
    for number, text in cast.to_answer(user):
        if text == DOOR:
            continue
        words = next((said for key, said in ANSWERS if key in text), OTHERWISE)
        await cast.tells_bot(user, f"/answer {number} {words}")


async def _askers_reply(cast: Cast) -> None:
    """Most of those who got an answer say whether it helped."""
    for user in cast.neighbours[:STARTED]:
        if cast.dice.random() < 0.6:
            await cast.taps(user, "解决了", cast.private(user))


async def _door_asked(cast: Cast) -> None:
    await cast.says(cast.neighbours[0], DOOR)
    await cast.taps(cast.neighbours[2], "我来处理", cast.private(cast.neighbours[2]))


async def _door_answered(cast: Cast) -> None:
    li = cast.neighbours[2]
    for number, text in cast.to_answer(li):
        if text == DOOR:
            await cast.tells_bot(li, f"/answer {number} {DOOR_ANSWER}")
    await cast.taps(cast.neighbours[0], "解决了", cast.private(cast.neighbours[0]))


async def _consult_opened(cast: Cast) -> None:
    for words in CONSULT:
        await cast.tells_bot(cast.chen, words)
    await cast.taps(cast.chen, "3 天", cast.private(cast.chen))
    await cast.taps(cast.chen, "开始协商", cast.private(cast.chen))


def _stands(number: int, stance: str) -> Deed:
    async def tap(cast: Cast) -> None:
        user = cast.neighbours[number]
        if await cast.taps(user, stance, cast.group) and stance == "反对（":
            await cast.tells_bot(user, "怕挡一楼采光，冬天没太阳")

    return tap


async def _consult_answered(cast: Cast) -> None:
    chen, private = cast.chen, cast.private(cast.chen)
    if await cast.taps(chen, "先答复最多人的担心", private):
        await cast.tells_bot(chen, "一层住户担心采光变差")
        await cast.tells_bot(chen, "设计院测算：冬至日一层少 22 分钟；井道外移 1.5 米。")
        for user in cast.neighbours[:STARTED]:
            await cast.taps(user, "是这个意思", cast.private(user))


async def _consult_decided(cast: Cast) -> None:
    chen, private = cast.chen, cast.private(cast.chen)
    if await cast.taps(chen, "写结果", private):
        await cast.tells_bot(chen, "进入书面表决，由业委会发起。")
        await cast.taps(chen, "3 个月后", private)
        await cast.taps(chen, "公布结果", private)
        await cast.taps(chen, "加一条承诺", private)
        await cast.taps(chen, "物业", private)
        await cast.tells_bot(chen, "公开采光复测结果")
        await cast.tells_bot(chen, "2周")


async def _poll_opened(cast: Cast) -> None:
    await cast.tells_bot(cast.chen, POLL)
    await cast.taps(cast.chen, "1 天", cast.private(cast.chen))
    await cast.taps(cast.chen, "发起投票", cast.private(cast.chen))


def _votes(number: int, choice: int) -> Deed:
    async def vote(cast: Cast) -> None:
        message = cast.poll()
        if message is not None:
            act.vote(cast.world, cast.neighbours[number], cast.group, message.id, [choice])
            await cast.pump()

    return vote


async def _rumour(cast: Cast) -> None:
    await cast.says(cast.neighbours[3], RUMOUR)


async def _rumour_checked(cast: Cast) -> None:
    await cast.taps(cast.chen, "发“正在核实”", cast.private(cast.chen))


async def _rumour_judged(cast: Cast) -> None:
    private = cast.private(cast.chen)
    if await cast.taps(cast.chen, "写结论", private):
        await cast.taps(cast.chen, "部分属实", private)
        for words in RUMOUR_FOUND:
            await cast.tells_bot(cast.chen, words)
        await cast.taps(cast.chen, "发布", private)


async def _in_need(cast: Cast) -> None:
    wang = cast.neighbours[1]
    if await cast.taps(wang, "家里有困难", cast.group):
        await cast.taps(wang, "送水", cast.private(wang))
        await cast.taps(cast.chen, "回复 TA", cast.private(cast.chen))
        await cast.tells_bot(cast.chen, "王阿姨，小李九点前把水送到您家。")


async def _opts_out(cast: Cast) -> None:
    await cast.taps(cast.neighbours[5], "不要分析我", cast.group)
