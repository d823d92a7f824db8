"""The way in: nothing lost, nothing twice, nobody let in, one chat never waiting for another."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Update

from bot.domain.basics import Denied, Refusal
from bot.domain.letter import State
from bot.domain.people import Need, Person, Status
from handlers.feature import Context, Entry, Feature
from handlers.intake import Stop
from handlers.reply import say, toast
from handlers.say.buttons import packed
from tests.handlers.frame import SEALS, Frame
from tests.telegram import EFFECT, heard, lost, refused, tapped

GROUP, OTHER, LIN, WANG = -100, -200, 21, 22


async def keep(update: Update, context: Context) -> None:
    """Writes the person down, so that an effect can be seen and counted."""
    person = context.work.people.person(context.actor.id)
    context.work.people.put_person(Person(person.id, "en", not person.elder, reachable=True))


async def break_after_a_write(update: Update, context: Context) -> None:
    await keep(update, context)
    raise ZeroDivisionError


async def cancel(update: Update, context: Context) -> None:
    await keep(update, context)
    raise asyncio.CancelledError


async def wait(update: Update, context: Context) -> None:
    await keep(update, context)
    await asyncio.sleep(0)


async def refuse(update: Update, context: Context) -> None:
    await keep(update, context)
    raise Refusal("denied.member")


async def deny(update: Update, context: Context) -> None:
    await keep(update, context)
    raise Denied("publish", "denied.role")


async def standing(update: Update, context: Context) -> None:
    seen = context.actor.standing.get(GROUP)  # type: ignore[call-overload]  # a plain chat id
    if seen is None or seen.status not in (Status.CREATOR, Status.ADMINISTRATOR):
        raise Denied("publish", "denied.standing")
    await keep(update, context)


async def answer(update: Update, context: Context) -> None:
    toast(update, context, "denied.member")
    toast(update, context, "denied.role")


async def tell(update: Update, context: Context) -> None:
    say(update, context, "denied.role")


TRIED = Feature(
    commands={
        "keep": Entry(keep),
        "break": Entry(break_after_a_write),
        "cancel": Entry(cancel),
        "wait": Entry(wait),
        "refuse": Entry(refuse),
        "deny": Entry(deny),
        "fresh": Entry(standing, Need.FRESH),
        "tell": Entry(tell),
    },
    buttons={"an": Entry(answer), "no": Entry(keep)},
)


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Frame]:
    frame = await Frame(tmp_path, TRIED).start()
    yield frame
    frame.database.close()


def known(frame: Frame, member: int) -> bool:
    """Whether an odd number of `keep`s took effect for a person."""
    with frame.database.work() as work:
        return work.people.person(member).elder  # type: ignore[arg-type]  # a plain member id


def counts(frame: Frame) -> tuple[int, int, int]:
    with frame.database.work() as work:
        return tuple(work.arrivals.count(s) for s in ("pending", "done", "quarantined"))  # type: ignore[return-value]  # three states, three numbers


async def test_an_update_takes_effect_and_is_emptied(frame: Frame) -> None:
    await frame.takes(heard(1, GROUP, LIN, "/keep"))
    assert known(frame, LIN)
    assert counts(frame) == (0, 1, 0)
    frame.database.checkpoint()
    assert b"/keep" not in frame.path.read_bytes()


async def test_an_update_is_confirmed_only_after_it_was_kept(frame: Frame) -> None:
    await frame.takes(heard(7, GROUP, LIN, "/keep"))
    assert frame.telegram.offsets == [None, 8]


async def test_the_same_update_twice_has_one_effect(frame: Frame) -> None:
    await frame.takes(heard(1, GROUP, LIN, "/keep"), heard(1, GROUP, LIN, "/keep"))
    await frame.takes(heard(1, GROUP, LIN, "/keep"))
    assert known(frame, LIN)
    assert counts(frame) == (0, 1, 0)


async def test_before_a_letter_leaves_all_that_led_to_it_is_on_the_disk(tmp_path: Path) -> None:
    frame = await Frame(tmp_path, Feature(events={"talk": Entry(tell)})).start()
    levels: list[int] = []

    def answer(_: object) -> tuple[int, object]:
        raw = frame.database.engine.raw_connection().cursor()
        levels.append(raw.execute("PRAGMA synchronous").fetchone()[0])
        return 200, EFFECT

    frame.telegram.will("sendMessage", answer)
    await frame.takes(heard(1, GROUP, LIN, "收到"))
    assert levels == [2], "the commit before it waited for the disk"


async def test_what_was_kept_but_not_done_is_done_after_a_restart(frame: Frame) -> None:
    frame.service.intake.keep([heard(1, GROUP, LIN, "/keep")])
    await frame.restart()
    await frame.service.settle()
    assert known(frame, LIN)
    assert frame.telegram.offsets[-1] == 2


@pytest.mark.parametrize("command", ["/break", "/cancel", "/wait"])
async def test_a_handler_that_fails_changes_nothing_and_is_put_aside(
    frame: Frame, command: str
) -> None:
    await frame.takes(heard(1, GROUP, LIN, command), heard(2, GROUP, WANG, "/keep"))
    assert not known(frame, LIN)
    assert known(frame, WANG)
    assert counts(frame) == (0, 1, 1)


@pytest.mark.parametrize(
    "poison",
    [
        {"update_id": 1, "message": {"message_id": "x"}},
        {"update_id": 1, "message": {"message_id": 1, "date": 10**12, "chat": {"id": 1}}},
        {"update_id": 1, "poll_answer": {"poll_id": "1"}},
        {"update_id": 1, "message": []},
        {"update_id": 1, "callback_query": None, "message": "no"},
    ],
)
async def test_an_update_nobody_can_parse_stops_nothing(frame: Frame, poison: object) -> None:
    await frame.takes(poison, heard(2, GROUP, LIN, "/keep"))
    assert known(frame, LIN)
    assert counts(frame)[0] == 0


async def test_an_unknown_kind_of_update_is_no_error(frame: Frame) -> None:
    await frame.takes({"update_id": 1, "something_new": {"a": 1}})
    assert counts(frame) == (0, 1, 0)


async def test_a_refusal_undoes_everything_and_is_said(frame: Frame) -> None:
    await frame.takes(heard(1, LIN, LIN, "/refuse"))
    assert not known(frame, LIN)
    assert "只有本群成员" in frame.telegram.calls("sendMessage")[0]["text"]
    assert counts(frame) == (0, 1, 0)


async def test_a_denial_leaves_an_audit_row(frame: Frame) -> None:
    await frame.takes(heard(1, LIN, LIN, "/deny"))
    with frame.database.work() as work:
        rows = work.audit.entries("", frame.time.now.replace(year=2000))  # type: ignore[arg-type]  # no community yet
    assert [(row.act, row.allowed) for row in rows] == [("publish", False)]


async def test_an_anonymous_admin_is_asked_to_come_as_a_person(frame: Frame) -> None:
    anonymous = heard(
        1, GROUP, 1087968824, "/keep", sender_chat={"id": GROUP, "type": "supergroup"}
    )
    await frame.takes(anonymous)
    assert not known(frame, 1087968824)
    assert "本人" in frame.telegram.calls("sendMessage")[0]["text"]


async def test_bots_and_linked_channels_ask_for_nothing(frame: Frame) -> None:
    bot = heard(1, GROUP, 5, "/keep")
    bot["message"]["from"]["is_bot"] = True
    forwarded = heard(2, GROUP, 777000, "/keep", is_automatic_forward=True)
    await frame.takes(bot, forwarded)
    assert frame.telegram.sent == []
    assert counts(frame) == (0, 2, 0)


async def test_rights_are_asked_of_telegram_before_the_step(frame: Frame) -> None:
    frame.telegram.members[(GROUP, LIN)] = {"status": "creator", "is_anonymous": False}
    await frame.takes(heard(1, GROUP, LIN, "/fresh"), heard(2, GROUP, WANG, "/fresh"))
    assert known(frame, LIN)
    assert not known(frame, WANG)


async def test_rights_that_cannot_be_asked_are_no_rights(frame: Frame) -> None:
    frame.telegram.members[(GROUP, LIN)] = {"status": "creator", "is_anonymous": False}
    frame.telegram.will("getChatMember", refused(500, "Internal Server Error"), lost())
    await frame.takes(heard(1, GROUP, LIN, "/fresh"))
    await frame.takes(heard(2, GROUP, LIN, "/fresh"))
    assert not known(frame, LIN)
    await frame.takes(heard(3, GROUP, LIN, "/fresh"))
    assert known(frame, LIN)


async def test_a_chat_keeps_its_order_while_telegram_is_asked(frame: Frame) -> None:
    frame.telegram.members[(GROUP, LIN)] = {"status": "creator", "is_anonymous": False}
    frame.telegram.gate = asyncio.Event()
    frame.service.intake.keep(
        [
            heard(1, GROUP, LIN, "/fresh"),
            heard(2, GROUP, LIN, "/keep"),
            heard(3, OTHER, WANG, "/keep"),
        ]
    )
    await frame.service.intake.drain()
    assert known(frame, WANG)
    assert counts(frame) == (2, 1, 0)
    frame.telegram.gate.set()
    await frame.service.intake.settle()
    assert counts(frame) == (0, 3, 0)
    assert not known(frame, LIN)


async def test_every_tap_is_answered_exactly_once(frame: Frame) -> None:
    await frame.takes(
        tapped(1, GROUP, LIN, SEALS.seal(packed("an"))),
        tapped(2, GROUP, LIN, SEALS.seal(packed("no"))),
        tapped(3, GROUP, LIN, "an"),
    )
    asked = frame.telegram.calls("answerCallbackQuery")
    assert sorted(call["callback_query_id"] for call in asked) == ["q1", "q2", "q3"]


async def test_a_person_who_never_pressed_start_is_asked_to_in_the_group(frame: Frame) -> None:
    frame.telegram.will(
        "sendMessage", refused(403, "Forbidden: bot can't initiate conversation with a user")
    )
    await frame.takes(heard(1, GROUP, LIN, "/tell"))
    asked = frame.telegram.calls("sendMessage")[0]
    assert asked["chat_id"] == GROUP
    assert "start=held" in str(asked["reply_markup"])
    with frame.database.work() as work:
        assert work.letters.count(State.HELD) == 1
        assert work.letters.release(LIN) == 1  # type: ignore[arg-type]  # a plain member id
    await frame.service.settle()
    assert frame.telegram.calls("sendMessage")[1]["chat_id"] == LIN


async def test_whoever_asks_too_fast_is_told_once_and_delays_nobody(frame: Frame) -> None:
    many = [heard(n, LIN, LIN, "/keep") for n in range(1, 71)]
    await frame.takes(*many, heard(100, WANG, WANG, "/keep"))
    assert known(frame, WANG)
    assert len(frame.telegram.calls("sendMessage")) == 1


async def polls(frame: Frame, times: int) -> None:
    for _ in range(times):
        await frame.service.poller.once(0)


async def test_a_rejected_token_ends_the_bot_with_a_reason(frame: Frame) -> None:
    frame.telegram.will("getUpdates", refused(401, "Unauthorized"))
    with pytest.raises(Stop, match=r"stop\.token"):
        await frame.service.poller.once(0)


async def test_a_second_instance_ends_the_bot_with_a_reason(frame: Frame) -> None:
    frame.telegram.will("getUpdates", *[refused(409, "Conflict")] * 20)
    with pytest.raises(Stop, match=r"stop\.conflict"):
        await polls(frame, 20)


@pytest.mark.parametrize(
    "body", [b"<html>502</html>", b"", b'{"ok":true}', b'{"ok":true,"result":7}']
)
async def test_a_broken_answer_to_polling_is_waited_out(frame: Frame, body: bytes) -> None:
    frame.telegram.will("getUpdates", lambda _: (200, body))
    await frame.takes(heard(1, GROUP, LIN, "/keep"))
    await frame.service.settle()
    assert known(frame, LIN)


async def test_control_characters_and_lone_surrogates_do_no_harm(frame: Frame) -> None:
    await frame.takes(heard(1, GROUP, LIN, "/keep \x00\x85\ufeff\ud800 好"))
    assert known(frame, LIN)
