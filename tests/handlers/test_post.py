"""The way out: nothing said twice, nothing lost, and one chat's trouble stays its own."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.basics import ChatId
from bot.domain.letter import Kind, Letter, Outcome, Priority, State
from handlers.desks import Desks
from handlers.feature import Feature, Work
from tests.handlers.frame import Frame, edit, note
from tests.telegram import EFFECT, lost, refused, unreached

GROUP, OTHER, LIN = -100, -200, 21

told: list[tuple[str, str, Outcome]] = []


def hear(work: Work, desks: Desks, object: str, letter: str, outcome: Outcome) -> None:
    told.append((object, letter, outcome))
    if object == "broken":
        raise ZeroDivisionError


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Frame]:
    told.clear()
    frame = await Frame(tmp_path, Feature(outcomes={"probe": hear})).start()
    yield frame
    frame.database.close()


async def sent(frame: Frame, *letters: Letter) -> list[int]:
    """Puts letters, lets the bot send, and returns the chats that heard a message, in order."""
    frame.writes(*letters)
    await frame.service.settle()
    return [call["chat_id"] for call in frame.telegram.calls("sendMessage")]


def state(frame: Frame, id: str) -> State | None:
    with frame.database.work() as work:
        return work.letters.state_of(id)


async def test_a_letter_is_sent_once_and_its_text_is_gone(frame: Frame) -> None:
    assert await sent(frame, note("a", GROUP)) == [GROUP]
    await frame.restart()
    assert await sent(frame) == [GROUP]
    assert state(frame, "a") is State.SENT
    frame.database.checkpoint()
    assert b"denied.member" not in frame.path.read_bytes()


async def test_a_message_whose_answer_was_lost_is_not_sent_again(frame: Frame) -> None:
    frame.telegram.will("sendMessage", lost())
    await sent(frame, note("a", GROUP, about="probe:m1"))
    await frame.restart()
    assert await sent(frame) == []
    assert state(frame, "a") is State.UNCERTAIN
    assert told == [("m1", "a", Outcome.UNCERTAIN)]


@pytest.mark.parametrize("body", [b"<html>", b"", b'{"ok":true}', b'{"ok":true,"result":"x"}'])
async def test_an_answer_of_the_wrong_shape_leaves_it_uncertain(frame: Frame, body: bytes) -> None:
    frame.telegram.will("sendMessage", lambda _: (200, body))
    await sent(frame, note("a", GROUP, about="probe:m1"))
    assert state(frame, "a") is State.UNCERTAIN


async def test_a_message_that_never_left_is_sent_again(frame: Frame) -> None:
    frame.telegram.will("sendMessage", unreached())
    await sent(frame, note("a", GROUP))
    frame.time.now += timedelta(seconds=5)
    assert await sent(frame) == [GROUP]
    assert state(frame, "a") is State.SENT


async def test_a_message_on_its_way_when_the_process_ended_is_uncertain(frame: Frame) -> None:
    frame.writes(note("a", GROUP, about="probe:m1"), edit("b", GROUP, "a"))
    with frame.database.work() as work:
        work.letters.sending("a")
        work.letters.sending("b")
    await frame.restart()
    assert state(frame, "a") is State.UNCERTAIN
    assert state(frame, "b") is State.PENDING


async def test_a_person_can_have_an_uncertain_letter_sent_again(frame: Frame) -> None:
    frame.telegram.will("sendMessage", lost())
    await sent(frame, note("a", GROUP, about="probe:m1"))
    with frame.database.work() as work:
        work.letters.again("a")
    assert await sent(frame) == [GROUP]


async def test_an_edit_finds_the_message_of_the_letter_it_refers_to(frame: Frame) -> None:
    await sent(frame, note("a", GROUP), edit("b", GROUP, "a"))
    frame.time.now += timedelta(seconds=5)
    await frame.service.settle()
    with frame.database.work() as work:
        message = work.letters.message_of("a")
    assert [call["message_id"] for call in frame.telegram.calls("editMessageText")] == [message]


async def test_an_edit_is_repeated_after_a_lost_answer(frame: Frame) -> None:
    frame.telegram.will("editMessageText", lost(), lambda _: (200, EFFECT))
    await sent(frame, note("a", GROUP), edit("b", GROUP, "a"))
    frame.time.now += timedelta(seconds=5)
    await frame.service.settle()
    assert state(frame, "b") is State.SENT


async def test_the_flood_wait_of_one_group_delays_no_other(frame: Frame) -> None:
    flooded = refused(429, "Too Many Requests", retry_after=60)
    frame.telegram.will(
        "sendMessage",
        *[lambda asked: flooded(asked) if asked["chat_id"] == GROUP else (200, EFFECT)] * 2,
    )
    heard = await sent(frame, note("a", GROUP), note("b", OTHER))
    assert heard == [OTHER]
    assert state(frame, "a") is State.PENDING
    frame.time.now += timedelta(seconds=61)
    assert await sent(frame) == [OTHER, GROUP]


async def test_letters_of_one_chat_keep_their_order_and_urgent_ones_go_first(frame: Frame) -> None:
    frame.writes(
        note("late", GROUP),
        note("first", GROUP, key="denied.role", priority=Priority.URGENT),
        note("later", GROUP, key="denied.unsure"),
    )
    await frame.service.settle()
    texts = [call["text"] for call in frame.telegram.calls("sendMessage")]
    assert [text[:4] for text in texts] == ["这件事只", "只有本群", "暂时确认"]


async def test_a_letter_for_later_waits(frame: Frame) -> None:
    later = frame.time.now + timedelta(hours=1)
    assert await sent(frame, note("a", GROUP, not_before=later)) == []
    frame.time.now = later
    assert await sent(frame) == [GROUP]


async def test_a_group_that_became_a_supergroup_gets_its_letter_there(frame: Frame) -> None:
    frame.telegram.will(
        "sendMessage", refused(400, "upgraded", migrate_to_chat_id=-1009, retry_after=0)
    )
    assert await sent(frame, note("a", GROUP)) == [-1009]
    assert frame.groups.moved == [(GROUP, -1009)]


async def test_a_group_that_threw_us_out_is_noted_and_left_alone(frame: Frame) -> None:
    frame.telegram.will(
        "sendMessage", refused(403, "Forbidden: bot was kicked from the group chat")
    )
    assert await sent(frame, note("a", GROUP, about="probe:m1")) == []
    assert frame.groups.gone == [GROUP]
    assert told == [("m1", "a", Outcome.KICKED)]
    assert state(frame, "a") is State.FAILED


async def test_a_broken_outcome_does_not_stop_the_lane(frame: Frame) -> None:
    assert (
        await sent(frame, note("a", GROUP, about="probe:broken"), note("b", GROUP)) == [GROUP] * 2
    )
    assert state(frame, "a") is State.SENT


async def test_a_text_that_is_missing_is_refused_and_the_next_goes_on(frame: Frame) -> None:
    assert await sent(frame, note("a", GROUP, key="no.such"), note("b", GROUP)) == [GROUP]
    assert state(frame, "a") is State.FAILED


async def test_each_person_is_addressed_in_their_language(frame: Frame) -> None:
    await sent(frame, note("a", LIN, lang="en"), note("b", GROUP))
    english, chinese = (call["text"] for call in frame.telegram.calls("sendMessage"))
    assert {english[:4], chinese[:4]} == {"Only", "只有本群"}


async def test_a_passing_reply_is_deleted_after_a_minute(frame: Frame) -> None:
    from bot.domain.due import Due
    from handlers.reply import CLEAN_UP, STAYS

    await sent(frame, note("a", GROUP))
    with frame.database.work() as work:
        work.dues.put(Due(CLEAN_UP, "a", work.now + STAYS))
    await frame.service.settle()
    assert frame.telegram.calls("deleteMessage") == []
    frame.time.now += STAYS
    await frame.service.settle()
    assert len(frame.telegram.calls("deleteMessage")) == 1


async def test_every_kind_of_letter_has_its_request(frame: Frame) -> None:
    frame.writes(
        Letter("p", ChatId(GROUP), kind=Kind.PIN, target=5),
        Letter("d", ChatId(GROUP), kind=Kind.DELETE, target=5),
        Letter("r", ChatId(GROUP), "👀", kind=Kind.REACT, target=5),
        Letter("e", ChatId(GROUP), kind=Kind.EDIT, target=5),
        Letter("l", ChatId(GROUP), kind=Kind.LEAVE),
    )
    await frame.service.settle()
    assert [name for name, _ in frame.telegram.sent] == [
        "pinChatMessage",
        "deleteMessage",
        "setMessageReaction",
        "editMessageReplyMarkup",
        "leaveChat",
    ]


async def test_a_private_chat_that_is_not_found_holds_the_letter(frame: Frame) -> None:
    frame.telegram.will("sendMessage", refused(400, "Bad Request: chat not found"))
    await sent(frame, note("a", LIN))
    assert state(frame, "a") is State.HELD


async def test_words_that_nobody_will_decide_about_do_not_wait(frame: Frame) -> None:
    frame.telegram.will("sendMessage", lost())
    await sent(frame, note("a", LIN, "help.reply", values={"role": "x", "text": "秘密"}))
    assert await sent(frame) == []
    assert state(frame, "a") is State.FAILED
    frame.database.checkpoint()
    assert "秘密".encode() not in frame.path.read_bytes()
