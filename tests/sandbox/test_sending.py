"""Sending: what is let through, what is declined, and in which words."""

import json
from typing import Any

import pytest

from bot.sandbox import play
from bot.sandbox.files import Uploaded
from tests.sandbox.town import PNG, SECOND, Town


def keys(count: int, **more: Any) -> dict[str, Any]:
    button = {"text": "a", "callback_data": "a"} | more
    return {"inline_keyboard": [[button] for _ in range(count)]}


LONG = "😀" * 2048
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": ""}, "Bad Request: message text is empty"),
    ("sendMessage", {"text": " \n "}, "Bad Request: text must be non-empty"),
    ("sendMessage", {"text": LONG + "x"}, "Bad Request: message is too long"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keys(101)},
        "Bad Request: reply markup is too long",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keys(1, callback_data="按" * 22)},
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": keys(1, callback_data="")},
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_parameters": {"message_id": 999}},
        "Bad Request: message to be replied not found",
    ),
    (
        "sendMessage",
        {"text": "x", "message_thread_id": 999},
        "Bad Request: message thread not found",
    ),
    ("sendMessage", {"text": "x", "chat_id": -5}, "Bad Request: chat not found"),
    ("sendMessage", {"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
    ("sendMessage", {"text": "x\ud800"}, "Bad Request: strings must be encoded in UTF-8"),
    (
        "sendPhoto",
        {"photo": Uploaded(PNG), "caption": "x" * 1025},
        "Bad Request: message caption is too long",
    ),
    ("sendPhoto", {"photo": Uploaded(b"no picture")}, "Bad Request: IMAGE_PROCESS_FAILED"),
    ("sendPhoto", {}, "Bad Request: there is no photo in the request"),
    (
        "sendDocument",
        {"document": "nothing"},
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    ("sendDocument", {"document": Uploaded(b"")}, "Bad Request: file must be non-empty"),
    ("sendMediaGroup", {"media": []}, "Bad Request: wrong number of messages to send as an album"),
    ("sendDice", {"emoji": "x"}, "Bad Request: wrong dice emoji specified"),
    ("sendLocation", {"latitude": 1}, "Bad Request: longitude is empty"),
    ("sendChatAction", {"action": "x"}, "Bad Request: wrong parameter action in request"),
    (
        "setMessageReaction",
        {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
        "Bad Request: REACTION_INVALID",
    ),
    ("createForumTopic", {"name": "x"}, "Bad Request: the chat is not a forum"),
]


@pytest.mark.parametrize(("method", "asked", "words"), WRONG)
def test_what_telegram_would_not_take_is_declined(
    town: Town, method: str, asked: dict[str, Any], words: str
) -> None:
    group = town.group()
    assert town.refusal(method, **({"chat_id": group.id} | asked)) == words


NO_TEXT = 'can\'t parse inline keyboard button: Field "text" must be of type String'
ALONE = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
ROWS = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
KEYBOARDS: list[tuple[Any, str]] = [
    ([], "object expected as reply markup"),
    ({"inline_keyboard": 5}, ROWS),
    ({"inline_keyboard": [{}]}, ROWS),
    ({"inline_keyboard": [[5]]}, "can't parse inline keyboard button: expected an Object"),
    ({"inline_keyboard": [[{"callback_data": "a"}]]}, NO_TEXT),
    ({"inline_keyboard": [[{"text": "a"}]]}, ALONE),
    (keys(1, text=" "), "inline keyboard button text is empty"),
    (keys(1, url="nowhere"), "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    (keys(1, copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
    ({"keyboard": [[5]]}, 'can\'t parse keyboard button: field "text" must be of type String'),
    ("{", "can't parse reply_markup JSON object"),
]


@pytest.mark.parametrize(("markup", "words"), KEYBOARDS)
def test_a_wrong_keyboard_is_declined(town: Town, markup: Any, words: str) -> None:
    group = town.group()
    refusal = town.refusal("sendMessage", chat_id=group.id, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {words}"


def test_what_just_fits_is_taken(town: Town) -> None:
    group = town.group()
    assert town.call("sendMessage", chat_id=group.id, text=f"<b>{LONG}</b>", parse_mode="HTML")
    assert town.call("sendMessage", chat_id=group.id, text="x", reply_markup=keys(100))
    data = "按" * 21 + "x"
    markup = json.dumps(keys(1, callback_data=data))
    assert town.call("sendMessage", chat_id=str(group.id), text="x", reply_markup=markup)
    assert town.call("sendMessage", chat_id=group.id, text=7)["text"] == "7"


def test_every_kind_of_message_can_be_sent_and_read(town: Town) -> None:
    group = town.group("forum")
    topic = town.call("createForumTopic", chat_id=group.id, name="x")["message_thread_id"]
    place = {"chat_id": group.id, "message_thread_id": topic}
    for kind in ("document", "voice", "audio", "video", "animation", "sticker"):
        town.call(f"send{kind.capitalize()}", **place, **{kind: Uploaded.of(b"x", "文.txt")})
    town.call("sendVideoNote", **place, video_note=Uploaded(b"x"))
    town.call("sendPhoto", **place, photo=Uploaded(PNG), caption="<i>x</i>", parse_mode="HTML")
    town.call("sendDice", **place)
    town.call("sendLocation", **place, latitude=31.2, longitude="121.4")
    town.call("sendVenue", **place, latitude=31.2, longitude=121.4, title="门", address="路")
    town.call("sendContact", **place, phone_number="1", first_name="李")
    album = [
        {"type": "photo", "media": "attach://a", "caption": "x"},
        {"type": "photo", "media": "attach://b"},
    ]
    sent = town.call(
        "sendMediaGroup", **place, media=json.dumps(album), a=Uploaded(PNG), b=Uploaded(PNG)
    )
    assert len({m["media_group_id"] for m in sent}) == 1
    assert town.call("sendChatAction", **place, action="typing") is True


def test_a_file_comes_back_under_its_id(town: Town) -> None:
    group = town.group()
    sent = town.call("sendDocument", chat_id=group.id, document=Uploaded.of(b"content", "a.txt"))
    id = sent["document"]["file_id"]
    assert sent["document"]["file_name"] == "a.txt"
    path = town.call("getFile", file_id=id)["file_path"]
    assert town.world.files.get(path.removeprefix("files/")) == b"content"
    again = town.call("sendDocument", chat_id=group.id, document=id)
    assert again["document"]["file_id"] == id
    assert town.refusal("getFile", file_id="x") == "Bad Request: invalid file_id"


def test_a_bot_cannot_write_first_nor_to_whom_blocked_it(town: Town) -> None:
    words = "Forbidden: bot can't initiate conversation with a user"
    assert town.refusal("sendMessage", chat_id=town.li.id, text="x") == words
    town.private(town.li)
    assert town.call("sendMessage", chat_id=town.li.id, text="x")
    play.block(town.world, town.li, town.bot)
    assert town.kinds() == ["my_chat_member"]
    error = town.error("sendMessage", chat_id=town.li.id, text="x")
    assert (error.code, error.description) == (403, "Forbidden: bot was blocked by the user")
    play.unblock(town.world, town.li, town.bot)
    assert town.call("sendMessage", chat_id=town.li.id, text="x")
    town.api.bot(SECOND)
    assert town.error("sendMessage", chat_id=7777, text="x").code == 403


def test_start_carries_its_payload(town: Town) -> None:
    play.start(town.world, town.li, town.bot, "abc_1")
    [update] = town.updates()
    assert update["message"]["text"] == "/start abc_1"
    assert update["message"]["chat"]["type"] == "private"


def test_a_bot_that_was_removed_is_told_so(town: Town) -> None:
    group = town.group()
    play.leave(town.world, group, town.bot.id, town.wang.id)
    error = town.error("sendMessage", chat_id=group.id, text="x")
    assert error.description == "Forbidden: bot was kicked from the supergroup chat"
    assert error.code == 403
    basic = town.group("group")
    play.leave(town.world, basic, town.bot.id, town.wang.id)
    words = "Forbidden: bot was kicked from the group chat"
    assert town.refusal("sendMessage", chat_id=basic.id, text="x") == words


def test_missing_rights_are_named(town: Town) -> None:
    group = town.group(admin=False)
    sent = town.call("sendMessage", chat_id=group.id, text="x")["message_id"]
    said = town.says(town.li, "x", group).id
    pins = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert town.refusal("pinChatMessage", chat_id=group.id, message_id=sent) == pins
    limits = "Bad Request: not enough rights to restrict/unrestrict chat member"
    assert town.refusal("banChatMember", chat_id=group.id, user_id=town.li.id) == limits
    words = "Bad Request: message can't be deleted"
    assert town.refusal("deleteMessage", chat_id=group.id, message_id=said) == words
    play.restrict(town.world, group, town.bot.id, town.wang.id, {})
    muted = "Bad Request: not enough rights to send text messages to the chat"
    assert town.refusal("sendMessage", chat_id=group.id, text="x") == muted


def test_copies_and_forwards(town: Town) -> None:
    group = town.group()
    said = town.says(town.li, "see /help", group)
    other = town.group(title="二")
    copied = town.call("copyMessage", chat_id=other.id, from_chat_id=group.id, message_id=said.id)
    assert other.messages[copied["message_id"]].body["text"] == "see /help"
    forwarded = town.call(
        "forwardMessage", chat_id=other.id, from_chat_id=group.id, message_id=said.id
    )
    assert forwarded["forward_origin"]["sender_user"]["id"] == town.li.id
    many = {"chat_id": other.id, "from_chat_id": group.id, "message_ids": f"[{said.id},900]"}
    assert len(town.call("copyMessages", **many)) == 1
    assert len(town.call("forwardMessages", **many)) == 1
    guarded = town.call("sendMessage", chat_id=group.id, text="x", protect_content=True)
    asked = {"chat_id": other.id, "from_chat_id": group.id, "message_id": guarded["message_id"]}
    assert town.refusal("copyMessage", **asked) == "Bad Request: message can't be copied"
    assert town.refusal("forwardMessage", **asked) == "Bad Request: message can't be forwarded"


def test_an_unknown_method_is_not_found(town: Town) -> None:
    error = town.error("sendNothing")
    assert (error.code, error.description) == (404, "Not Found")


def test_topics_are_opened_renamed_closed_and_deleted(town: Town) -> None:
    group = town.group("forum")
    topic = town.call("createForumTopic", chat_id=group.id, name="停水")["message_thread_id"]
    place = {"chat_id": group.id, "message_thread_id": topic}
    sent = town.call("sendMessage", **place, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert town.call("editForumTopic", **place, name="停电") is True
    assert group.topics[topic] == "停电"
    town.call("closeForumTopic", **place)
    assert town.refusal("closeForumTopic", **place) == "Bad Request: TOPIC_NOT_MODIFIED"
    play.demote(town.world, group, town.bot.id, town.wang.id)
    assert town.refusal("sendMessage", **place, text="x") == "Bad Request: TOPIC_CLOSED"
    play.promote(town.world, group, town.bot.id, town.wang.id)
    town.call("reopenForumTopic", **place)
    town.call("deleteForumTopic", **place)
    assert (
        town.refusal("sendMessage", **place, text="x") == "Bad Request: message thread not found"
    )
