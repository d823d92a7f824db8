"""The people in a chat, and what a bot may do to them."""

from bot.sandbox import play
from bot.sandbox.actors import ADMIN_RIGHTS, ADMINS, MEMBER_RIGHTS, Bot, Chat, Json, Member
from bot.sandbox.errors import bad
from bot.sandbox.limits import NAME
from bot.sandbox.methods.asked import Method, chat_of, flag, record, require, text, whole
from bot.sandbox.world import World

LIMIT = "restrict/unrestrict chat member"


def get_member(world: World, bot: Bot, asked: Json) -> Json:
    chat, user = chat_of(world, bot, asked), whole(asked, "user_id")
    if user is None:
        raise bad("invalid user_id specified")
    if user not in world.users and user not in world.bots:
        raise bad("user not found")
    if chat.type == "private":
        inside = user in (chat.id, bot.id)
        return Member("member" if inside else "left").json(world.json_of(user))
    return chat.member(user).json(world.json_of(user), chat.type, bot.id)


def get_admins(world: World, bot: Bot, asked: Json) -> list[Json]:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        raise bad("there are no administrators in the private chat")
    return [
        member.json(world.json_of(id), chat.type, bot.id)
        for id, member in chat.members.items()
        if member.status in ADMINS and (id not in world.bots or id == bot.id)
    ]


def leave(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    world.set_member(chat, bot.id, Member("left"), bot.id)
    if chat.type != "channel":
        gone = {"left_chat_member": bot.json()}
        message = world.post(chat, sender=bot.json(), bot=bot.id, body=gone)
        world.deliver(message, by=bot.id)
    return True


def _about(
    world: World, bot: Bot, asked: Json, right: str = "can_restrict_members", what: str = LIMIT
) -> tuple[Chat, int]:
    """The chat and the person; raises unless the bot may change that person's standing."""
    chat, user = chat_of(world, bot, asked), whole(asked, "user_id")
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    if user is None:
        raise bad("invalid user_id specified")
    require(chat, bot, right, what)
    if user not in world.users and user not in world.bots:
        raise bad("PARTICIPANT_ID_INVALID")
    member = chat.member(user)
    if user == bot.id:
        raise bad("can't restrict self")
    if member.status == "creator":
        raise bad("can't remove chat owner")
    return chat, user


def _no_admin(chat: Chat, user: int) -> None:
    if chat.member(user).status in ADMINS:
        raise bad("user is an administrator of the chat")


def ban(world: World, bot: Bot, asked: Json) -> bool:
    chat, user = _about(world, bot, asked)
    _no_admin(chat, user)
    was = chat.has(user)
    banned = Member("kicked", until=whole(asked, "until_date", 0) or 0)
    world.set_member(chat, user, banned, bot.id)
    if was and chat.type != "channel":
        gone = {"left_chat_member": world.json_of(user)}
        world.deliver(world.post(chat, sender=bot.json(), bot=bot.id, body=gone), by=bot.id)
    if flag(asked, "revoke_messages"):
        for message in [m for m in chat.messages.values() if m.author == user]:
            chat.forget(message.id)
    return True


def unban(world: World, bot: Bot, asked: Json) -> bool:
    chat, user = _about(world, bot, asked)
    if chat.has(user) and flag(asked, "only_if_banned"):
        return True
    _no_admin(chat, user)
    if chat.member(user).status != "left":
        world.set_member(chat, user, Member("left"), bot.id)
    return True


def restrict(world: World, bot: Bot, asked: Json) -> bool:
    chat, user = _about(world, bot, asked)
    if chat.type != "supergroup":
        raise bad("method is available only for supergroups")
    _no_admin(chat, user)
    given = record(asked, "permissions")
    rights = {name: flag(given, name) for name in MEMBER_RIGHTS}
    if all(rights.values()) and chat.has(user):
        world.set_member(chat, user, Member("member"), bot.id)
        return True
    until = whole(asked, "until_date", 0) or 0
    soon = until - world.stamp() < 30 or until - world.stamp() > 366 * 86_400
    play.restrict(world, chat, user, bot.id, rights, 0 if soon else until)
    return True


def promote(world: World, bot: Bot, asked: Json) -> bool:
    chat, user = _about(world, bot, asked, "can_promote_members", "promote a chat member")
    if not chat.has(user):
        raise bad("USER_NOT_PARTICIPANT")
    rights = {name: flag(asked, name) for name in ADMIN_RIGHTS}
    held = chat.member(bot.id)
    if any(given and not held.may(name) for name, given in rights.items()):
        raise bad("RIGHT_FORBIDDEN")
    before = chat.member(user)
    if before.status == "administrator" and before.by not in (None, bot.id):
        raise bad("CHAT_ADMIN_REQUIRED")
    if any(rights.values()):
        anonymous = flag(asked, "is_anonymous")
        new = Member("administrator", rights, anonymous, title=before.title, by=bot.id)
    else:
        new = Member("member")
    world.set_member(chat, user, new, bot.id)
    return True


def set_custom_title(world: World, bot: Bot, asked: Json) -> bool:
    chat, user = _about(
        world, bot, asked, "can_promote_members", "change custom title of the user"
    )
    title = text(asked, "custom_title")
    if chat.member(user).status != "administrator":
        raise bad("user is not an administrator")
    if len(title) > NAME // 4:
        raise bad("ADMIN_RANK_INVALID")
    chat.members[user].title = title or None
    world.touched(chat)
    return True


METHODS: dict[str, Method] = {
    "getChatMember": get_member,
    "getChatAdministrators": get_admins,
    "leaveChat": leave,
    "banChatMember": ban,
    "kickChatMember": ban,
    "unbanChatMember": unban,
    "restrictChatMember": restrict,
    "promoteChatMember": promote,
    "setChatAdministratorCustomTitle": set_custom_title,
}
