"""Telegram's pace, in simulated time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.basics import ChatId
from handlers.post.pace import Pace

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
GROUP, OTHER, PERSON = ChatId(-100), ChatId(-200), ChatId(21)


class Time:
    """A clock that moves only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = START

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


async def sent_at(chats: list[ChatId]) -> list[tuple[ChatId, datetime]]:
    time = Time()
    pace, times = Pace(time.clock, time.sleep), []
    for chat in chats:
        await pace.turn(chat)
        times.append((chat, time.now))
    return times


@given(st.lists(st.sampled_from([GROUP, OTHER, PERSON, *map(ChatId, range(30, 60))]), max_size=90))
async def test_no_window_is_ever_overrun(chats: list[ChatId]) -> None:
    times = await sent_at(chats)
    for chat, at in times:
        same = [t for c, t in times if c == chat]
        assert sum(at <= t < at + timedelta(seconds=1) for _, t in times) <= 30
        assert sum(at <= t < at + timedelta(seconds=1) for t in same) <= 1
        if chat < 0:
            assert sum(at <= t < at + timedelta(minutes=1) for t in same) <= 20


async def test_a_flood_wait_of_one_chat_holds_no_other() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    pace.hold(GROUP, timedelta(seconds=30))
    assert pace.held_until(OTHER) is None
    assert pace.held_until(GROUP) == START + timedelta(seconds=30)
    time.now += timedelta(seconds=30)
    assert pace.held_until(GROUP) is None


async def test_silent_chats_are_forgotten() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    await pace.turn(GROUP)
    time.now += timedelta(minutes=2)
    pace.forget_idle()
    await pace.turn(GROUP)
    assert time.now == START + timedelta(minutes=2)


async def test_a_reaction_counts_among_all_requests_and_not_among_a_groups_messages() -> None:
    time = Time()
    pace = Pace(time.clock, time.sleep)
    for _ in range(30):
        await pace.turn(GROUP, said=False)
    assert time.now == START
    await pace.turn(GROUP)
    assert time.now == START + timedelta(seconds=1)
