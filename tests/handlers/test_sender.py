"""The sender taxonomy: who really sent an update."""

from datetime import UTC, datetime

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.domain.people import Sender
from handlers.sender import ANONYMOUS_ADMIN, FAKE_CHANNEL, SERVICE_CHAT, sender_of

WHEN = datetime(2026, 11, 23, tzinfo=UTC)
GROUP, CHANNEL = Chat(-100, Chat.SUPERGROUP), Chat(-200, Chat.CHANNEL)
LIN = User(21, "林悦", is_bot=False)


def said(user: User | None, **more: object) -> Update:
    return Update(1, message=Message(1, WHEN, GROUP, from_user=user, text="x", **more))  # type: ignore[arg-type]  # **more is a mix of fields


@pytest.mark.parametrize(
    ("update", "sender"),
    [
        (said(LIN), Sender.RESIDENT),
        (said(User(9, "b", is_bot=True)), Sender.BOT),
        (said(User(ANONYMOUS_ADMIN, "G", True), sender_chat=GROUP), Sender.ANONYMOUS_ADMIN),
        (said(User(FAKE_CHANNEL, "C", True), sender_chat=CHANNEL), Sender.CHANNEL),
        (
            said(User(SERVICE_CHAT, "T", False), sender_chat=CHANNEL, is_automatic_forward=True),
            Sender.LINKED_CHANNEL,
        ),
        (said(None), Sender.NOBODY),
        (Update(1, callback_query=CallbackQuery("q", LIN, "c", data="x")), Sender.RESIDENT),
        (
            Update(1, callback_query=CallbackQuery("q", User(9, "b", True), "c", data="x")),
            Sender.BOT,
        ),
    ],
)
def test_each_kind_of_sender_is_told_apart(update: Update, sender: Sender) -> None:
    assert sender_of(update) is sender
