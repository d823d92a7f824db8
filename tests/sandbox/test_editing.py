"""Editing, deleting, pinning, reacting, answering taps."""

from typing import Any

import pytest

from bot.sandbox import play
from bot.sandbox.files import Uploaded
from bot.sandbox.view import view
from tests.sandbox.town import PNG, Town

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
MARKUP: dict[str, Any] = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}


def test_an_edit_that_changes_nothing_is_declined(town: Town) -> None:
    group = town.group()
    sent = town.call(
        "sendMessage", chat_id=group.id, text="<b>x</b>", parse_mode="HTML", reply_markup=MARKUP
    )
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    same = town.refusal(
        "editMessageText", **place, text="*x*", parse_mode="MarkdownV2", reply_markup=MARKUP
    )
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    assert town.call("editMessageText", **place, text="x", reply_markup=MARKUP)["edit_date"]
    assert "reply_markup" not in town.call("editMessageText", **place, text="x")
    assert town.refusal("editMessageReplyMarkup", **place).startswith(
        "Bad Request: message is not"
    )
    assert (
        town.call("editMessageReplyMarkup", **place, reply_markup=MARKUP)["reply_markup"] == MARKUP
    )


def test_only_ones_own_messages_can_be_edited(town: Town) -> None:
    group = town.group()
    said = town.says(town.li, "x", group)
    place = {"chat_id": group.id, "message_id": said.id, "text": "y"}
    assert town.refusal("editMessageText", **place) == "Bad Request: message can't be edited"
    place["message_id"] = 999
    assert town.refusal("editMessageText", **place) == "Bad Request: message to edit not found"


def test_captions_and_media_are_edited(town: Town) -> None:
    group = town.group()
    sent = town.call("sendPhoto", chat_id=group.id, photo=Uploaded(PNG), caption="x")
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (16, 8)
    assert town.call("editMessageCaption", **place, caption="y")["caption"] == "y"
    assert "caption" not in town.call("editMessageCaption", **place)
    media = {"type": "document", "media": "attach://f"}
    assert "document" in town.call("editMessageMedia", **place, media=media, f=Uploaded(b"x"))
    words = "Bad Request: there is no text in the message to edit"
    assert town.refusal("editMessageText", **place, text="z") == words


def test_deleting(town: Town) -> None:
    group = town.group()
    said, more = town.says(town.li, "x", group), town.says(town.li, "y", group)
    place = {"chat_id": group.id, "message_id": said.id}
    assert town.call("deleteMessage", **place) is True
    assert town.refusal("deleteMessage", **place) == "Bad Request: message to delete not found"
    assert town.call("deleteMessages", chat_id=group.id, message_ids=[said.id, more.id]) is True
    assert more.id not in group.messages
    private = town.private(town.li)
    own = town.call("sendMessage", chat_id=private.id, text="x")["message_id"]
    town.world.advance(49 * 3600)
    late = town.refusal("deleteMessage", chat_id=private.id, message_id=own)
    assert late == "Bad Request: message can't be deleted for everyone"


def test_pinning_shows_and_is_told(town: Town) -> None:
    group = town.group()
    sent = town.call("sendMessage", chat_id=group.id, text="x")["message_id"]
    place = {"chat_id": group.id, "message_id": sent}
    assert town.call("pinChatMessage", **place) is True
    assert view(town.world, town.li, group)["pinned"] == [sent]
    assert town.call("getChat", chat_id=group.id)["pinned_message"]["message_id"] == sent
    assert town.call("unpinChatMessage", chat_id=group.id) is True
    assert (
        town.refusal("unpinChatMessage", chat_id=group.id)
        == "Bad Request: message to unpin not found"
    )
    town.call("pinChatMessage", **place)
    assert town.call("unpinAllChatMessages", chat_id=group.id) is True
    assert view(town.world, town.li, group)["pinned"] == []
    play.pin(town.world, group, sent, town.wang.id)
    assert "pinned_message" in town.updates()[-1]["message"]


def tapped(town: Town) -> tuple[Any, str]:
    private = town.private(town.li)
    sent = town.call("sendMessage", chat_id=private.id, text="?", reply_markup=MARKUP)
    query = play.tap(town.world, town.li, private, sent["message_id"], "a")
    [update] = town.updates()
    assert update["callback_query"]["id"] == query
    return private, query


def test_an_answered_tap_shows_on_the_phone_of_who_tapped(town: Town) -> None:
    private, query = tapped(town)
    assert town.call("answerCallbackQuery", callback_query_id=query, text="好", show_alert="true")
    [toast] = view(town.world, town.li, private)["toasts"]
    assert (toast["text"], toast["alert"]) == ("好", True)
    assert town.call("answerCallbackQuery", callback_query_id=query, text="again") is True
    assert len(view(town.world, town.li, private)["toasts"]) == 1


def test_a_tap_that_is_too_old_or_unknown_cannot_be_answered(town: Town) -> None:
    _, query = tapped(town)
    assert town.refusal("answerCallbackQuery", callback_query_id="x") == OLD
    long = town.refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    town.world.advance(31)
    assert town.refusal("answerCallbackQuery", callback_query_id=query) == OLD


def test_a_tap_may_be_forged_and_may_come_from_a_deleted_message(town: Town) -> None:
    group = town.group()
    sent = town.call("sendMessage", chat_id=group.id, text="?", reply_markup=MARKUP)["message_id"]
    play.tap(town.world, town.li, group, sent, "forged")
    assert town.updates()[0]["callback_query"]["data"] == "forged"
    town.call("deleteMessage", chat_id=group.id, message_id=sent)
    play.tap(town.world, town.li, group, sent, "a")
    assert town.updates()[0]["callback_query"]["message"]["date"] == 0


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "帮助", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "command description is empty"),
        ([{"command": "x", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": f"c{n}", "description": "x"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_commands_keep_to_telegrams_limits(
    town: Town, commands: list[dict[str, str]], words: str
) -> None:
    assert town.refusal("setMyCommands", commands=commands) == f"Bad Request: {words}"


def test_the_menu_follows_scope_and_language(town: Town) -> None:
    group, private = town.group(), town.private(town.wang)

    def offers(word: str, scope: dict[str, Any], language: str = "") -> None:
        commands = [{"command": word, "description": word}]
        town.call("setMyCommands", commands=commands, scope=scope, language_code=language)

    def offered(user: Any, chat: Any) -> list[str]:
        return [one["command"] for one in view(town.world, user, chat)["commands"]]

    offers("plain", {"type": "default"})
    assert offered(town.li, group) == ["plain"]
    offers("group", {"type": "all_group_chats"})
    offers("boss", {"type": "all_chat_administrators"})
    offers("private", {"type": "all_private_chats"})
    offers("zh", {"type": "all_private_chats"}, "zh")
    assert offered(town.li, group) == ["group"]
    assert offered(town.wang, group) == ["boss"]
    assert offered(town.wang, private) == ["zh"]
    offers("mine", {"type": "chat_member", "chat_id": group.id, "user_id": town.li.id})
    assert offered(town.li, group) == ["mine"]
    assert town.call("getMyCommands", scope={"type": "default"})[0]["command"] == "plain"
    assert town.call("deleteMyCommands", scope={"type": "default"}) is True


def test_names_and_descriptions_are_kept(town: Town) -> None:
    for method, field, limit in (
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ):
        assert town.call(f"setMy{method}", **{field: "邻" * limit}) is True
        assert town.call(f"getMy{method}")[field] == "邻" * limit
        assert "too long" in town.refusal(f"setMy{method}", **{field: "x" * (limit + 1)})
    assert town.call("getMe")["first_name"] == "邻" * 64
    for method in ("getChatMenuButton", "getMyDefaultAdministratorRights", "logOut", "close"):
        town.call(method)
