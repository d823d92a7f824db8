"""What is taken back while the post has it in hand: nothing of it is said, and nothing halts."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.basics import ChatId
from bot.domain.letter import State
from tests.handlers.frame import Frame, note
from tests.telegram import refused

GROUP = -100


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Frame]:
    frame = await Frame(tmp_path).start()
    yield frame
    frame.database.close()


async def settled(frame: Frame) -> None:
    """Sends what there is; a lane that starts over and over again never gets there."""
    await asyncio.wait_for(frame.service.settle(), 10)


def state(frame: Frame, id: str) -> State | None:
    with frame.database.work() as work:
        return work.letters.state_of(id)


async def test_a_letter_dropped_on_its_way_does_not_halt_its_chat(frame: Frame) -> None:
    def leaves(asked: dict[str, object]) -> tuple[int, object]:
        with frame.database.work() as work:
            work.letters.drop_for(ChatId(GROUP))
        return refused(429, "Too Many Requests: retry after 1", retry_after=1)(asked)

    frame.telegram.will("sendMessage", leaves)
    frame.writes(note("a", GROUP))
    await settled(frame)
    assert state(frame, "a") is State.FAILED
    frame.writes(note("b", GROUP))
    frame.time.now += timedelta(seconds=5)
    await settled(frame)
    assert state(frame, "b") is State.SENT
    assert len(frame.telegram.calls("sendMessage")) == 1


async def test_a_letter_withdrawn_while_it_waits_for_its_turn_is_not_sent(frame: Frame) -> None:
    taken: list[bool] = []

    def take_back() -> None:
        if not taken:
            with frame.database.work() as work:
                taken.append(work.letters.withdraw("b"))

    frame.time.meanwhile = take_back
    frame.writes(note("a", GROUP), note("b", GROUP), note("c", GROUP))
    await settled(frame)
    assert taken == [True]
    assert [state(frame, id) for id in "abc"] == [State.SENT, State.FAILED, State.SENT]
    assert len(frame.telegram.calls("sendMessage")) == 2
