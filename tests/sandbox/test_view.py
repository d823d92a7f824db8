"""What a person sees is what their phone would show."""

import pytest

from bot.sandbox import play
from bot.sandbox.errors import ApiError
from bot.sandbox.view import chat_list, view
from tests.sandbox.town import Town


def test_messages_stand_as_on_the_phone(town: Town) -> None:
    group = town.group()
    said = town.says(town.li, "你好", group)
    markup = {
        "inline_keyboard": [
            [{"text": "好", "callback_data": "1"}, {"text": "看", "url": "https://e.org"}]
        ]
    }
    town.call("sendMessage", chat_id=group.id, text="<b>收到</b>", parse_mode="HTML",
              reply_markup=markup, reply_parameters={"message_id": said.id})  # fmt: skip
    play.react(town.world, town.chen, group, said.id, ["👍"])
    joined, first, second = view(town.world, town.li, group)["messages"]
    assert joined["service"] == {"kind": "new_chat_members", "value": ["邻声"]}
    assert (first["text"], first["from"]["me"], first["from"]["name"]) == ("你好", True, "李")
    assert first["reactions"] == [{"emoji": "👍", "count": 1, "mine": False}]
    assert (second["text"], second["reply_to"], second["from"]["bot"]) == ("收到", said.id, True)
    assert second["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert second["buttons"] == [
        [
            {"text": "好", "data": "1", "url": None},
            {"text": "看", "data": None, "url": "https://e.org"},
        ]
    ]


def test_who_left_sees_nothing_more(town: Town) -> None:
    group = town.group()
    play.leave(town.world, group, town.li.id)
    with pytest.raises(ApiError, match="not a member"):
        view(town.world, town.li, group)
    assert chat_list(town.world, town.li) == []


def test_an_anonymous_administrator_shows_as_the_group(town: Town) -> None:
    group = town.group()
    town.says(town.wang, "hello", group, anonymous=True)
    seen = view(town.world, town.li, group)["messages"][-1]
    assert (seen["from"]["name"], seen["from"]["me"]) == ("邻里", False)
    assert view(town.world, town.wang, group)["messages"][-1]["from"]["me"] is True
    with pytest.raises(ApiError, match="only administrators"):
        town.says(town.li, "x", group, anonymous=True)


def test_a_reply_keyboard_stays_until_it_is_taken_away(town: Town) -> None:
    private = town.private(town.li)
    keyboard = {"keyboard": [["通知", {"text": "帮助"}]], "resize_keyboard": True}
    town.call("sendMessage", chat_id=private.id, text="?", reply_markup=keyboard)
    town.call("sendMessage", chat_id=private.id, text="!")
    assert view(town.world, town.li, private)["reply_keyboard"] == [["通知", "帮助"]]
    play.press(town.world, town.li, private, "通知")
    assert town.updates()[0]["message"]["text"] == "通知"
    town.call("sendMessage", chat_id=private.id, text="-", reply_markup={"remove_keyboard": True})
    assert view(town.world, town.li, private)["reply_keyboard"] == []


def test_media_forwards_edits_and_deletions_show(town: Town) -> None:
    group = town.group()
    photo = town.says(town.li, "门口", group, body=play.upload(town.world, "photo", b"x"))
    play.forward(town.world, town.chen, group, photo)
    play.edit(town.world, town.li, group, photo.id, "门口！")
    first, second = view(town.world, town.wang, group)["messages"][-2:]
    assert (first["media"], first["text"], first["edited"]) == ("photo", "门口！", True)
    assert first["file"]["file_id"] in town.world.files
    assert (second["forwarded_from"], second["from"]["name"]) == ("李", "陈")
    play.delete(town.world, group, photo.id)
    assert len(view(town.world, town.wang, group)["messages"]) == 2


def test_the_chat_list_shows_groups_and_private_chats_with_their_last_line(town: Town) -> None:
    group = town.group()
    town.private(town.li)
    town.says(town.chen, "再见", group)
    listed = {chat["type"]: chat for chat in chat_list(town.world, town.li)}
    assert listed["supergroup"]["last"] == "再见"
    assert listed["private"]["last"] == "/start"
    assert listed["private"]["started"] is True


def test_who_is_restricted_or_outside_cannot_write(town: Town) -> None:
    group = town.group()
    play.restrict(town.world, group, town.li.id, town.wang.id, {"can_send_messages": False})
    with pytest.raises(ApiError, match="may not write"):
        town.says(town.li, "x", group)
    stranger = town.world.add_user("x")
    for act in (
        lambda: town.says(stranger, "x", group),
        lambda: play.react(town.world, stranger, group, 1, ["👍"]),
        lambda: play.tap(town.world, stranger, group, 1, "x"),
        lambda: play.pin(town.world, group, 1, stranger.id),
    ):
        with pytest.raises(ApiError):
            act()
