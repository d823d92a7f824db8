"""Chats and the people in them."""

from bot.sandbox.actors import ADMINS, PRESENT, Bot, Json, Member
from bot.sandbox.errors import bad
from bot.sandbox.methods.asked import Method, chat_of, flag, nested, require, text, whole
from bot.sandbox.world import World


def get_chat(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked)
    body = chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.linked:
        body["linked_chat_id"] = chat.linked
    if chat.pinned and chat.pinned[-1] in chat.messages:
        body["pinned_message"] = chat.messages[chat.pinned[-1]].json(deep=False)
    return body


def get_member(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked)
    user = whole(asked, "user_id")
    if user is None:
        raise bad("invalid user_id specified")
    if user not in world.users and user not in world.bots:
        raise bad("user not found")
    return chat.member(user).json(world.json_of(user))


def get_count(world: World, bot: Bot, asked: Json) -> int:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        return 2
    return sum(member.status in PRESENT for member in chat.members.values())


def get_admins(world: World, bot: Bot, asked: Json) -> list[Json]:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        raise bad("there are no administrators in the private chat")
    return [
        member.json(world.json_of(id))
        for id, member in chat.members.items()
        if member.status in ADMINS and (id not in world.bots or id == bot.id)
    ]


def leave(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    world.set_member(chat, bot.id, Member("left"), bot.id)
    return True


def ban(world: World, bot: Bot, asked: Json) -> bool:
    return _change(world, bot, asked, Member("kicked", until=whole(asked, "until_date", 0) or 0))


def unban(world: World, bot: Bot, asked: Json) -> bool:
    return _change(world, bot, asked, Member("left"))


def restrict(world: World, bot: Bot, asked: Json) -> bool:
    rights = nested(asked, "permissions") or {}
    return _change(
        world, bot, asked, Member("restricted", {k: bool(v) for k, v in rights.items()})
    )


def promote(world: World, bot: Bot, asked: Json) -> bool:
    rights = {name: flag(asked, name) for name in asked if name.startswith("can_")}
    new = Member("administrator", rights) if any(rights.values()) else Member("member")
    return _change(world, bot, asked, new, "can_promote_members")


def _change(
    world: World, bot: Bot, asked: Json, new: Member, right: str = "can_restrict_members"
) -> bool:
    chat = chat_of(world, bot, asked)
    require(chat, bot, right, "restrict/unrestrict chat member")
    user = whole(asked, "user_id") or 0
    if user not in world.users:
        raise bad("user not found")
    if chat.member(user).status in ADMINS and right == "can_restrict_members":
        raise bad("user is an administrator of the chat")
    world.set_member(chat, user, new, bot.id)
    return True


def create_topic(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked)
    if not chat.forum:
        raise bad("the chat is not a forum")
    require(chat, bot, "can_manage_topics", "create a topic")
    name = text(asked, "name")
    if not 1 <= len(name) <= 128:
        raise bad("topic name must be 1-128 characters long")
    icon = {"name": name, "icon_color": 7322096}
    message = world.post(chat, sender=bot.json(), bot=bot.id, body={"forum_topic_created": icon})
    message.topic = message.id
    chat.topics[message.id] = name
    return {"message_thread_id": message.id} | icon


def edit_topic(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    topic = whole(asked, "message_thread_id") or 0
    if topic not in chat.topics:
        raise bad("message thread not found")
    require(chat, bot, "can_manage_topics", "edit the topic")
    chat.topics[topic] = text(asked, "name") or chat.topics[topic]
    return True


def invite_link(world: World, bot: Bot, asked: Json) -> str:
    chat = chat_of(world, bot, asked)
    require(chat, bot, "can_invite_users", "manage chat invite link")
    return f"https://t.me/+{abs(chat.id):x}"


def action(world: World, bot: Bot, asked: Json) -> bool:
    chat_of(world, bot, asked, writing=True)
    return True


METHODS: dict[str, Method] = {
    "getchat": get_chat,
    "getchatmember": get_member,
    "getchatmembercount": get_count,
    "getchatadministrators": get_admins,
    "leavechat": leave,
    "banchatmember": ban,
    "unbanchatmember": unban,
    "restrictchatmember": restrict,
    "promotechatmember": promote,
    "createforumtopic": create_topic,
    "editforumtopic": edit_topic,
    "exportchatinvitelink": invite_link,
    "sendchataction": action,
}
