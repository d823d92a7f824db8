"""The checker itself: it takes what clients send and refuses what they would not."""

from typing import Any

import pytest

from bot.sandbox.methods import METHODS
from tests.sandbox.conformance import METHODS as KNOWN
from tests.sandbox.conformance import (
    NotConforming,
    check_request,
    check_response,
    check_update,
)

OLD_NAMES = {"kickchatmember", "getchatmemberscount"}


def test_every_method_of_the_sandbox_is_one_of_the_bot_api() -> None:
    assert set(METHODS) - OLD_NAMES <= set(KNOWN)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 1, "text": "123", "reply_markup": '{"inline_keyboard": []}'}),
        ("sendMessage", {"chat_id": "-100", "text": "[x]", "entities": "[]"}),
        ("sendPhoto", {"chat_id": 1, "photo": "attach://5-bytes"}),
        ("getUpdates", {"timeout": "10", "allowed_updates": '["message"]'}),
        (
            "setMessageReaction",
            {"chat_id": 1, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👀"}]},
        ),
    ],
)
def test_what_a_client_sends_conforms(method: str, params: dict[str, Any]) -> None:
    check_request(method, params)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendNothing", {}),
        ("sendMessage", {"chat_id": 1}),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": "y"}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [5]}}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_to_message_id": 5}),
        ("sendPoll", {"chat_id": 1, "question": "?", "options": "x"}),
    ],
)
def test_what_no_client_sends_does_not(method: str, params: dict[str, Any]) -> None:
    with pytest.raises(NotConforming):
        check_request(method, params)


def test_an_answer_without_what_a_client_needs_does_not_conform() -> None:
    assert check_response("getMe", {"id": 1, "is_bot": True, "first_name": "x"}).id == 1
    for method, result in (("getMe", {"id": 1}), ("sendMessage", True), ("getMyCommands", [{}])):
        with pytest.raises(NotConforming):
            check_response(method, result)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "surprise": {}},
        {"update_id": 1, "message": {"message_id": 1, "date": 1}},
        {
            "update_id": 1,
            "message": {
                "message_id": 1,
                "date": 1,
                "chat": {"id": 1, "type": "private"},
                "mood": 5,
            },
        },
    ],
)
def test_an_update_no_client_could_read_does_not_conform(update: dict[str, Any]) -> None:
    with pytest.raises(NotConforming):
        check_update(update)
