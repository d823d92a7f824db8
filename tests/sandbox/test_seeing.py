"""What a bot receives depends on the chat, its rights and its privacy mode."""

import pytest

from bot.sandbox import play
from bot.sandbox.errors import ApiError
from tests.sandbox.town import SECOND, Town


def heard(town: Town) -> list[str]:
    found = [u["message"] for u in town.updates() if "message" in u]
    return [
        m.get("text") or next(iter(set(m) & {"new_chat_members", "new_chat_title"})) for m in found
    ]


def test_in_privacy_mode_a_bot_hears_only_what_is_meant_for_it(town: Town) -> None:
    group = town.group(admin=False)
    mine = town.call("sendMessage", chat_id=group.id, text="x")["message_id"]
    town.says(town.li, "just talk", group)
    town.says(town.li, "see example.com", group)
    town.says(town.li, "/help", group)
    town.says(town.li, "/help@other_bot", group)
    town.says(town.li, "hi @linsheng_bot", group)
    town.says(town.li, "to you", group, reply_to=mine)
    play.rename(town.world, group, "new", town.wang.id)
    assert heard(town) == ["/help", "hi @linsheng_bot", "to you", "new_chat_title"]


@pytest.mark.parametrize("how", ["admin", "open"])
def test_an_administrator_or_a_bot_without_privacy_hears_everything(town: Town, how: str) -> None:
    group = town.group(admin=how == "admin")
    town.bot.privacy = how == "admin"
    town.says(town.li, "just talk", group)
    assert heard(town) == ["just talk"]


def test_a_command_without_a_name_goes_to_the_bot_that_wrote_last(town: Town) -> None:
    group = town.group(admin=False)
    other = town.api.bot(SECOND)
    play.join(town.world, group, other.id, town.wang.id)
    town.updates()
    town.api.call(other, "sendMessage", {"chat_id": group.id, "text": "x"})
    town.says(town.li, "/help", group)
    town.says(town.li, "/help@linsheng_bot", group)
    assert heard(town) == ["/help@linsheng_bot"]


def test_bots_do_not_hear_each_other(town: Town) -> None:
    group = town.group()
    other = town.api.bot(SECOND)
    play.join(town.world, group, other.id, town.wang.id)
    town.updates()
    town.api.call(other, "sendMessage", {"chat_id": group.id, "text": "/help"})
    assert heard(town) == []


def test_an_anonymous_administrator_writes_as_the_group_but_taps_as_a_person(town: Town) -> None:
    group = town.group()
    play.promote(town.world, group, town.li.id, town.wang.id, anonymous=True)
    asked = town.call(
        "sendMessage",
        chat_id=group.id,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
    )
    town.updates()
    town.says(town.li, "hello", group)
    play.tap(town.world, town.li, group, asked["message_id"], "a")
    message, query = town.updates()
    assert message["message"]["from"]["id"] == 1087968824
    assert message["message"]["sender_chat"]["id"] == group.id
    assert query["callback_query"]["from"]["id"] == town.li.id


def test_posts_of_the_linked_channel_come_by_themselves(town: Town) -> None:
    group = town.group()
    channel = town.world.add_chat("channel", "通知", town.wang)
    play.link(town.world, channel, group)
    play.auto_forward(town.world, channel, "停水")
    [update] = town.updates()
    message = update["message"]
    assert message["from"]["id"] == 777000
    assert message["is_automatic_forward"] is True
    assert message["sender_chat"]["id"] == channel.id
    assert town.call("getChat", chat_id=group.id)["linked_chat_id"] == channel.id


def test_a_person_may_write_as_a_channel(town: Town) -> None:
    group = town.group()
    channel = town.world.add_chat("channel", "李的频道", town.li)
    town.says(town.li, "hello", group, channel=channel)
    message = town.updates()[0]["message"]
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (136817688, channel.id)


def test_a_channels_administrator_receives_channel_posts(town: Town) -> None:
    channel = town.world.add_chat("channel", "通知", town.wang)
    play.join(town.world, channel, town.bot.id, town.wang.id)
    town.updates()
    post = play.write(town.world, town.wang, channel, "hello")
    assert town.kinds() == ["channel_post"]
    play.edit(town.world, town.wang, channel, post.id, "hello!")
    play.react(town.world, town.wang, channel, post.id, ["👍"])
    assert town.kinds() == ["edited_channel_post", "message_reaction_count"]
    assert "from" not in town.call("sendMessage", chat_id=channel.id, text="x")


def test_in_a_topic_every_message_names_the_topic_and_its_first_message(town: Town) -> None:
    group = town.group("forum")
    topic = play.open_topic(town.world, group, "停水", town.wang.id).id
    town.updates()
    town.says(town.li, "hello", group, topic=topic)
    message = town.updates()[0]["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert "forum_topic_created" in message["reply_to_message"]


def test_a_reply_in_a_supergroup_names_the_thread_it_began(town: Town) -> None:
    group = town.group()
    first = town.says(town.li, "a", group)
    second = town.says(town.chen, "b", group, reply_to=first.id)
    town.says(town.li, "c", group, reply_to=second.id)
    last = town.updates()[-1]["message"]
    assert last["message_thread_id"] == first.id
    assert last["reply_to_message"]["message_id"] == second.id
    assert "is_topic_message" not in last


def test_an_edit_and_an_album_and_files_are_told(town: Town) -> None:
    group = town.group()
    said = town.says(town.li, "a", group)
    play.edit(town.world, town.li, group, said.id, "b")
    assert town.kinds() == ["message", "edited_message"]
    for kind in (
        "photo",
        "voice",
        "document",
        "video",
        "sticker",
        "audio",
        "animation",
        "video_note",
    ):
        town.says(town.li, "", group, body=play.upload(town.world, kind, b"x"))
    assert town.kinds() == ["message"] * 8
    play.forward(town.world, town.chen, group, said)
    assert town.updates()[0]["message"]["forward_origin"]["sender_user"]["id"] == town.li.id


def test_reactions_of_people_are_told_to_administrators(town: Town) -> None:
    group = town.group()
    said = town.says(town.li, "a", group)
    town.updates()
    play.react(town.world, town.chen, group, said.id, ["👍"])
    play.react(town.world, town.chen, group, said.id, [])
    old = [u["message_reaction"]["old_reaction"] for u in town.updates()]
    assert old == [[], [{"type": "emoji", "emoji": "👍"}]]
    town.call(
        "setMessageReaction",
        chat_id=group.id,
        message_id=said.id,
        reaction=[{"type": "emoji", "emoji": "👀"}],
    )
    assert town.updates() == []
    play.demote(town.world, group, town.bot.id, town.wang.id)
    town.updates()
    play.react(town.world, town.chen, group, said.id, ["🔥"])
    assert town.updates() == []


def test_a_stranger_may_tap_in_a_public_group_only(town: Town) -> None:
    group, stranger = town.group(), town.world.add_user("客")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = town.call("sendMessage", chat_id=group.id, text="?", reply_markup=markup)["message_id"]
    with pytest.raises(ApiError, match="not a member"):
        play.tap(town.world, stranger, group, sent, "a")
    group.username = "open_group"
    play.tap(town.world, stranger, group, sent, "a")
    assert town.kinds() == ["callback_query"]
    assert town.call("getChat", chat_id="@open_group")["id"] == group.id
