"""Trouble at the edges: odd answers, flood waits, a locked file; no chat is left waiting."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.domain.basics import ChatId, Denied, MemberId, MemoryTrouble, Refusal
from bot.domain.letter import State
from bot.domain.people import Need, Person, Status
from handlers.feature import Context, Entry, Feature
from handlers.intake import Stop
from tests.handlers.frame import SEALS, Frame
from tests.telegram import heard, refused, tapped

GROUP, LIN, WANG = -100, 21, 22
ADMIN = {"status": "creator", "is_anonymous": False}


async def keep(update: Update, context: Context) -> None:
    """Writes the person down, so that an effect can be seen."""
    context.work.people.put_person(Person(context.actor.id, "en", elder=True))


async def fresh(update: Update, context: Context) -> None:
    seen = context.actor.standing.get(ChatId(GROUP))
    if seen is None or seen.status is not Status.CREATOR:
        raise Denied("publish", "denied.standing")
    await keep(update, context)


async def breaks(update: Update, context: Context) -> None:
    await keep(update, context)
    raise ZeroDivisionError


async def unsayable(update: Update, context: Context) -> None:
    raise Refusal("denied.member", oddity=object())


TRIED = Feature(
    commands={
        "keep": Entry(keep),
        "fresh": Entry(fresh, Need.FRESH),
        "break": Entry(breaks),
        "unsayable": Entry(unsayable),
    },
    buttons={"br": Entry(breaks), "no": Entry(keep)},
)


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Frame]:
    frame = await Frame(tmp_path, TRIED).start()
    yield frame
    frame.database.close()


def known(frame: Frame, member: int) -> bool:
    with frame.database.work() as work:
        return work.people.person(MemberId(member)).elder


def quarantined(frame: Frame) -> int:
    with frame.database.work() as work:
        return work.arrivals.count("quarantined")


@pytest.mark.parametrize(
    "body", [b"<html>", b"", b'{"ok":true}', b'{"ok":true,"result":7}', b'{"ok":true,"result":{}}']
)
async def test_an_odd_answer_about_rights_is_no_right_and_holds_nobody_up(
    frame: Frame, body: bytes
) -> None:
    frame.telegram.members[(GROUP, LIN)] = ADMIN
    frame.telegram.will("getChatMember", lambda _: (200, body))
    await frame.takes(heard(1, GROUP, LIN, "/fresh"), heard(2, GROUP, WANG, "/keep"))
    assert not known(frame, LIN)
    assert known(frame, WANG)
    await frame.takes(heard(3, GROUP, LIN, "/fresh"))
    assert known(frame, LIN)


async def test_a_tap_that_meets_a_flood_wait_is_answered_after_it_and_not_before(
    frame: Frame,
) -> None:
    frame.telegram.will(
        "answerCallbackQuery", *[refused(429, "Too Many Requests", retry_after=4)] * 40
    )
    await frame.takes(tapped(1, LIN, LIN, SEALS.seal("no")))
    assert len(frame.telegram.answers["answerCallbackQuery"]) == 39
    frame.telegram.answers["answerCallbackQuery"].clear()
    frame.time.now += timedelta(seconds=5)
    await frame.service.settle()
    assert len(frame.telegram.calls("answerCallbackQuery")) == 1


async def test_a_tap_is_not_answered_for_ever(frame: Frame) -> None:
    frame.telegram.will(
        "answerCallbackQuery", *[refused(429, "Too Many Requests", retry_after=30)] * 9
    )
    await frame.takes(tapped(1, LIN, LIN, SEALS.seal("no")))
    for _ in range(8):
        frame.time.now += timedelta(seconds=31)
        await frame.service.settle()
    with frame.database.work() as work:
        assert work.letters.count(State.PENDING) == 0


def _enough() -> None:
    raise Stop("enough", 0)


async def test_a_locked_file_does_not_end_the_polling(frame: Frame) -> None:
    """The file is really locked, by another connection; the bot waits no five seconds for it."""
    frame.database.engine.raw_connection().execute("PRAGMA busy_timeout=1")
    other = Frame(frame.path.parent, TRIED)
    polling = asyncio.ensure_future(frame.service.poller.run(_enough, lambda: None))
    with other.database.work():
        frame.telegram.updates.append([heard(1, GROUP, LIN, "/keep")])
        for _ in range(5):
            await asyncio.sleep(0)
        assert not polling.done()
    frame.telegram.updates.append([heard(1, GROUP, LIN, "/keep")])
    with pytest.raises(Stop, match="enough"):
        await polling
    await frame.service.settle()
    assert known(frame, LIN)
    other.database.close()


async def test_whoever_meets_a_fault_of_ours_is_told_so(frame: Frame) -> None:
    await frame.takes(heard(1, LIN, LIN, "/break"), tapped(2, WANG, WANG, SEALS.seal("br")))
    assert quarantined(frame) == 2
    assert not known(frame, LIN)
    said = frame.telegram.calls("sendMessage")
    assert [call["chat_id"] for call in said] == [LIN]
    assert "出了差错" in said[0]["text"]
    answer = frame.telegram.calls("answerCallbackQuery")
    assert len(answer) == 1
    assert "出了差错" in answer[0]["text"]


async def test_a_refusal_that_cannot_be_written_stops_nothing(frame: Frame) -> None:
    await frame.takes(heard(1, GROUP, LIN, "/unsayable"), heard(2, GROUP, WANG, "/keep"))
    assert quarantined(frame) == 1
    assert known(frame, WANG)


def change(id: int, status: dict[str, Any], date: int) -> dict[str, Any]:
    person = {"id": LIN, "is_bot": False, "first_name": "n21"}
    return {
        "update_id": id,
        "chat_member": {
            "chat": {"id": GROUP, "type": "supergroup", "title": "群"},
            "from": person,
            "date": date,
            "old_chat_member": {"status": "left", "user": person},
            "new_chat_member": status | {"user": person},
        },
    }


async def test_old_news_of_a_right_is_no_right_now(frame: Frame) -> None:
    """After an outage the promotion comes late; the demotion since has not come yet."""
    yesterday = int((frame.time.now - timedelta(hours=20)).timestamp())
    frame.telegram.members[(GROUP, LIN)] = {"status": "member"}
    await frame.takes(change(1, ADMIN, yesterday), heard(2, GROUP, LIN, "/fresh"))
    assert not known(frame, LIN)


async def test_updates_that_come_out_of_order_are_all_taken_up(frame: Frame) -> None:
    await frame.takes(heard(10, GROUP, LIN, "hello"))
    await frame.takes(heard(8, GROUP, WANG, "/keep"), heard(12, GROUP, LIN, "/keep"))
    assert known(frame, WANG)
    assert known(frame, LIN)


@pytest.mark.parametrize("odd", [10**30, -1, True, "7"])
async def test_an_update_with_an_impossible_number_is_passed_over(
    frame: Frame, odd: object
) -> None:
    await frame.takes({"update_id": odd, "message": {}}, heard(2, GROUP, LIN, "/keep"))
    assert known(frame, LIN)


async def test_memory_trouble_while_rights_are_looked_up_loses_nothing(frame: Frame) -> None:
    frame.telegram.members[(GROUP, LIN)] = ADMIN
    frame.telegram.gate = asyncio.Event()
    frame.service.intake.keep([heard(1, GROUP, LIN, "/fresh"), heard(2, GROUP, WANG, "/keep")])
    await frame.service.intake.drain()
    frame.database.engine.raw_connection().execute("PRAGMA busy_timeout=1")
    other = Frame(frame.path.parent, TRIED)
    with other.database.work():
        frame.telegram.gate.set()
        for _ in range(20):
            await asyncio.sleep(0)
        with pytest.raises(MemoryTrouble):
            await frame.service.intake.drain()
    await frame.service.intake.settle()
    assert known(frame, LIN)
    assert known(frame, WANG)
    other.database.close()


async def test_a_clock_set_back_locks_nobody_out_and_holds_no_chat(frame: Frame) -> None:
    frame.telegram.members[(GROUP, LIN)] = ADMIN
    frame.time.now += timedelta(hours=5)
    await frame.takes(heard(1, GROUP, LIN, "/fresh"), heard(2, WANG, WANG, "/break"))
    said = len(frame.telegram.calls("sendMessage"))
    with frame.database.work() as work:
        work.people.put_person(Person(MemberId(LIN)))
    frame.time.now -= timedelta(hours=5)
    before = frame.time.now
    await frame.takes(heard(3, GROUP, LIN, "/fresh"), heard(4, WANG, WANG, "/break"))
    assert known(frame, LIN)
    assert len(frame.telegram.calls("sendMessage")) == said + 1
    assert frame.time.now - before < timedelta(seconds=5)
