"""Standings, and the group that becomes a supergroup."""

from typing import Any

import pytest

from bot.sandbox import play
from bot.sandbox.view import chat_list
from tests.sandbox.town import Town


def statuses(update: dict[str, Any]) -> tuple[str, str, str]:
    [kind] = set(update) - {"update_id"}
    body = update[kind]
    return kind, body["old_chat_member"]["status"], body["new_chat_member"]["status"]


def test_coming_and_going_of_the_bot_itself_is_told(town: Town) -> None:
    group = town.world.add_chat("supergroup", "x", town.wang)
    play.join(town.world, group, town.bot.id, town.wang.id)
    came, greeted = town.updates()
    assert statuses(came) == ("my_chat_member", "left", "member")
    assert came["my_chat_member"]["from"]["id"] == town.wang.id
    assert greeted["message"]["new_chat_members"][0]["id"] == town.bot.id
    play.promote(town.world, group, town.bot.id, town.wang.id, {"can_pin_messages": True})
    [made] = town.updates()
    assert statuses(made) == ("my_chat_member", "member", "administrator")
    assert made["my_chat_member"]["new_chat_member"]["can_delete_messages"] is False
    play.leave(town.world, group, town.bot.id, town.wang.id)
    assert statuses(town.updates()[-1]) == ("my_chat_member", "administrator", "kicked")


def test_members_are_told_to_administrators_only(town: Town) -> None:
    group = town.group()
    play.leave(town.world, group, town.li.id)
    message, changed = town.updates()
    assert message["message"]["left_chat_member"]["id"] == town.li.id
    assert statuses(changed) == ("chat_member", "member", "left")
    play.demote(town.world, group, town.bot.id, town.wang.id)
    play.join(town.world, group, town.li.id)
    assert town.kinds() == ["my_chat_member", "message"]


def test_a_bot_bans_restricts_promotes_and_lets_go(town: Town) -> None:
    group = town.group()
    about = {"chat_id": group.id, "user_id": town.li.id}
    town.call(
        "restrictChatMember",
        **about,
        permissions={"can_send_messages": False},
        until_date=1795399200 + 60,
    )
    assert group.member(town.li.id).status == "restricted"
    town.call("getChatMember", **about)
    town.world.advance(61)
    assert group.member(town.li.id).status == "member"
    town.call("promoteChatMember", **about, can_pin_messages=True)
    admin = town.call("getChatMember", **about)
    assert (admin["status"], admin["can_be_edited"]) == ("administrator", True)
    assert len(town.call("getChatAdministrators", chat_id=group.id)) == 3
    words = "Bad Request: user is an administrator of the chat"
    assert town.refusal("banChatMember", **about) == words
    town.call("setChatAdministratorCustomTitle", **about, custom_title="楼长")
    town.call("promoteChatMember", **about)
    town.call("banChatMember", **about, revoke_messages=True)
    assert town.call("getChatMember", **about)["status"] == "kicked"
    town.call("unbanChatMember", **about)
    assert town.call("getChatMember", **about)["status"] == "left"
    assert town.call("getChatMemberCount", chat_id=group.id) == 3
    owner = {"chat_id": group.id, "user_id": town.wang.id}
    assert town.refusal("banChatMember", **owner) == "Bad Request: can't remove chat owner"
    town.updates()
    assert town.call("leaveChat", chat_id=group.id) is True
    assert town.error("getChat", chat_id=group.id).code == 403


def test_a_group_becomes_a_supergroup_with_another_id(town: Town) -> None:
    group = town.group("group")
    sent = town.call("sendMessage", chat_id=group.id, text="x")["message_id"]
    new = play.migrate(town.world, group, town.wang.id)
    old_side, new_side = town.updates()
    assert old_side["message"]["migrate_to_chat_id"] == new.id
    assert old_side["message"]["chat"]["id"] == group.id
    assert new_side["message"]["migrate_from_chat_id"] == group.id
    assert new_side["message"]["chat"]["id"] == new.id
    error = town.error("sendMessage", chat_id=group.id, text="x")
    assert error.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert error.body()["parameters"] == {"migrate_to_chat_id": new.id}
    assert "not found" in town.refusal(
        "editMessageText", chat_id=new.id, message_id=sent + 7, text="y"
    )
    assert town.call("sendMessage", chat_id=new.id, text="x")["chat"]["type"] == "supergroup"
    assert [chat["id"] for chat in chat_list(town.world, town.li)] == [new.id]


@pytest.mark.parametrize("kind", ["group", "supergroup", "forum", "channel"])
def test_every_kind_of_chat_is_described(town: Town, kind: str) -> None:
    chat = town.world.add_chat(kind, "x", town.wang)
    play.join(town.world, chat, town.bot.id, town.wang.id)
    play.promote(town.world, chat, town.bot.id, town.wang.id)
    assert town.call("getChat", chat_id=chat.id)["title"] == "x"
    for member in (town.wang.id, town.bot.id, town.li.id):
        town.call("getChatMember", chat_id=chat.id, user_id=member)
    town.call("getChatAdministrators", chat_id=chat.id)
    assert town.call("exportChatInviteLink", chat_id=chat.id).startswith("https://t.me/+")
    link = town.call("createChatInviteLink", chat_id=chat.id, name="x", member_limit=5)
    revoked = town.call("revokeChatInviteLink", chat_id=chat.id, invite_link=link["invite_link"])
    assert revoked["is_revoked"] is True
    assert town.call("setChatTitle", chat_id=chat.id, title="y") is True
    assert town.call("setChatDescription", chat_id=chat.id, description="y") is True
    town.updates()


def test_a_private_chat_is_described(town: Town) -> None:
    private = town.private(town.wang)
    chat = town.call("getChat", chat_id=private.id)
    assert (chat["first_name"], chat["last_name"], chat["type"]) == ("王", "芳", "private")
    assert town.call("getChatMemberCount", chat_id=private.id) == 2
    assert town.call("getUserProfilePhotos", user_id=town.wang.id)["total_count"] == 0
    assert town.refusal("getChat", chat_id=town.li.id) == "Bad Request: chat not found"
