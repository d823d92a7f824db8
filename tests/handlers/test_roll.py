"""Which entry of the roll an update asks for."""

from datetime import UTC, datetime

import pytest
from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User

from handlers.feature import Context, Entry, Feature, Found
from handlers.roll import Roll
from handlers.say.buttons import Seals, packed

WHEN = datetime(2026, 11, 23, 10, 12, tzinfo=UTC)
LIN = User(21, "林悦", is_bot=False)
SEALS = Seals(b"k" * 32)


async def announce(update: Update, context: Context) -> None: ...


async def press(update: Update, context: Context) -> None: ...


async def answer(update: Update, context: Context) -> None: ...


async def lost(update: Update, context: Context) -> None: ...


async def open_role(update: Update, context: Context) -> None: ...


ROLL = Roll(
    [
        Feature(
            commands={"announce": Entry(announce)},
            triggers={"公告": "announce"},
            buttons={"an": Entry(press)},
            forms={"announce": Entry(answer)},
            starts={"role": Entry(open_role)},
            otherwise=Entry(lost),
        )
    ],
    SEALS,
    "linsheng_bot",
)


def heard(text: str, private: bool = False) -> Update:
    chat = Chat(21, Chat.PRIVATE) if private else Chat(-100, Chat.SUPERGROUP)
    length = len(text.split()[0]) if text.startswith("/") else 0
    marks = [MessageEntity(MessageEntity.BOT_COMMAND, 0, length)] if length else []
    return Update(1, message=Message(7, WHEN, chat, from_user=LIN, text=text, entities=marks))


def runs(found: Found | None) -> object:
    return found.entry.run if found else None


@pytest.mark.parametrize(
    "text",
    [
        "/announce 停水",
        "/ANNOUNCE 停水",
        "／announce 停水",
        "/announce@linsheng_bot 停水",
        "/announce@Linsheng_Bot\n停水",
        "公告：停水",
        "公告: 停水",
        "@linsheng_bot 公告 停水",
        "＠linsheng_bot 公告：停水",
    ],
)
def test_a_command_is_found_in_every_way_of_writing_it(text: str) -> None:
    found = ROLL.find(heard(text), None)
    assert found is not None
    assert (found.entry.run, found.words) == (announce, "停水")


@pytest.mark.parametrize(
    "text",
    [
        "/announce@OtherBot 停水",
        "公告 停水",
        "今天有公告：停水",
        "公告栏：新的",
        "/unknown",
        "你好",
    ],
)
def test_talk_in_a_group_asks_for_nothing(text: str) -> None:
    assert ROLL.find(heard(text), None) is None


def test_in_private_a_trigger_needs_no_colon() -> None:
    assert runs(ROLL.find(heard("公告 停水", private=True), None)) is announce


def test_private_text_answers_the_open_form() -> None:
    found = ROLL.find(heard("明天停水", private=True), "announce")
    assert found is not None
    assert (found.entry.run, found.words) == (answer, "明天停水")


def test_a_command_wins_over_an_open_form() -> None:
    assert runs(ROLL.find(heard("/announce", private=True), "announce")) is announce


def test_private_text_nobody_asked_for_is_never_left_without_an_answer() -> None:
    assert runs(ROLL.find(heard("在吗", private=True), None)) is lost
    assert runs(ROLL.find(heard("/frobnicate", private=True), None)) is lost


def test_a_deep_link_finds_its_feature() -> None:
    found = ROLL.find(heard("/start role_abc123", private=True), None)
    assert found is not None
    assert (found.entry.run, found.words) == (open_role, "abc123")


def tapped(data: str) -> Update:
    return Update(2, callback_query=CallbackQuery("q", LIN, "c", data=data))


def test_a_sealed_button_finds_its_handler_and_its_fields() -> None:
    found = ROLL.find(tapped(SEALS.seal(packed("an", "m1", "yes"))), None)
    assert found is not None
    assert found.pressed is not None
    assert (found.entry.run, found.pressed.fields) == (press, ("m1", "yes"))


@pytest.mark.parametrize(
    "data", ["", "an:m1:yes", "an:m1:no:AAAAAAAA", "\ud800", "x" * 64, "：", "zz:1"]
)
def test_a_forged_button_reaches_no_handler(data: str) -> None:
    assert runs(ROLL.find(tapped(data), None)) is not press


def test_an_edited_command_is_not_run_again() -> None:
    message = heard("/announce 停水").message
    assert ROLL.find(Update(3, edited_message=message), None) is None


def test_two_features_cannot_claim_one_command() -> None:
    twice = Feature(commands={"announce": Entry(announce)})
    with pytest.raises(ValueError, match="announce"):
        Roll([twice, twice], SEALS, "linsheng_bot")
