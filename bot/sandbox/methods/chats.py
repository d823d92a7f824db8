"""Chats: what they are, their titles and links."""

from bot.sandbox.actors import PRESENT, Bot, Chat, Json
from bot.sandbox.actors.members import OPEN
from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad
from bot.sandbox.limits import ABOUT, TITLE
from bot.sandbox.methods.asked import Method, chat_of, flag, record, require, text, whole
from bot.sandbox.world import World

GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked)
    body = chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if chat.type in ("group", "supergroup"):
        body["permissions"] = dict.fromkeys(OPEN, True) | chat.permissions
    if chat.description:
        body["description"] = chat.description
    if chat.linked:
        body["linked_chat_id"] = chat.linked
    if chat.pinned and chat.pinned[-1] in chat.messages:
        body["pinned_message"] = chat.messages[chat.pinned[-1]].json(deep=False)
    return body


def get_count(world: World, bot: Bot, asked: Json) -> int:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        return 2
    return sum(member.status in PRESENT for member in chat.members.values())


def set_title(world: World, bot: Bot, asked: Json) -> bool:
    chat, title = _changed(world, bot, asked), text(asked, "title").strip()
    if not title or utf16(title) > TITLE:
        raise bad("CHAT_TITLE_EMPTY" if not title else "title is too long")
    if title == chat.title:
        raise bad("chat title is not modified")
    chat.title = title
    message = world.post(chat, sender=bot.json(), bot=bot.id, body={"new_chat_title": title})
    world.deliver(message, by=bot.id)
    return True


def set_description(world: World, bot: Bot, asked: Json) -> bool:
    chat, about = _changed(world, bot, asked), text(asked, "description").strip()
    if utf16(about) > ABOUT:
        raise bad("description is too long")
    if about == chat.description:
        raise bad("chat description is not modified")
    chat.description = about
    world.touched(chat)
    return True


def _changed(world: World, bot: Bot, asked: Json) -> Chat:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        raise bad("can't change private chat info")
    require(chat, bot, "can_change_info", "change chat info")
    return chat


def set_permissions(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    require(chat, bot, "can_restrict_members", "change chat permissions")
    given = record(asked, "permissions")
    chat.permissions = dict.fromkeys(OPEN, False) | {k: flag(given, k) for k in given if k in OPEN}
    world.touched(chat)
    return True


def _inviting(world: World, bot: Bot, asked: Json) -> Chat:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        raise bad("private chats have no invite links")
    require(chat, bot, "can_invite_users", "manage chat invite link")
    return chat


def _new_link(world: World, bot: Bot, chat: Chat, primary: bool) -> Json:
    link = {
        "invite_link": f"https://t.me/+{world.random.getrandbits(64):016x}",
        "creator": bot.json(),
        "creates_join_request": False,
        "is_primary": primary,
        "is_revoked": False,
    }
    chat.links.append(link)
    return link


def export_link(world: World, bot: Bot, asked: Json) -> str:
    chat = _inviting(world, bot, asked)
    return str(_new_link(world, bot, chat, primary=True)["invite_link"])


def create_link(world: World, bot: Bot, asked: Json) -> Json:
    link = _new_link(world, bot, _inviting(world, bot, asked), primary=False)
    if text(asked, "name"):
        link["name"] = text(asked, "name")[:32]
    for name in ("expire_date", "member_limit"):
        if whole(asked, name):
            link[name] = whole(asked, name)
    link["creates_join_request"] = flag(asked, "creates_join_request")
    return link


def revoke_link(world: World, bot: Bot, asked: Json) -> Json:
    chat, given = _inviting(world, bot, asked), text(asked, "invite_link")
    for link in chat.links:
        if link["invite_link"] == given:
            link["is_revoked"] = True
            return link
    raise bad("INVITE_HASH_EXPIRED")


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMemberCount": get_count,
    "getChatMembersCount": get_count,
    "setChatTitle": set_title,
    "setChatDescription": set_description,
    "setChatPermissions": set_permissions,
    "exportChatInviteLink": export_link,
    "createChatInviteLink": create_link,
    "revokeChatInviteLink": revoke_link,
}
