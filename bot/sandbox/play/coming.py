"""Coming, going, and changes of standing."""

from datetime import UTC, datetime

from bot.sandbox.actors import Bot, Chat, Member, Message, User
from bot.sandbox.play.saying import write
from bot.sandbox.world import World


def start(world: World, user: User, bot: Bot, payload: str = "") -> Message:
    """Presses Start, or follows a deep link."""
    unblock(world, user, bot)
    chat = world.private_chat(user, bot)
    return write(world, user, chat, f"/start {payload}".strip())


def block(world: World, user: User, bot: Bot) -> None:
    if bot.id not in user.blocked:
        user.blocked.add(bot.id)
        _private_member(world, user, bot, "member", "kicked")


def unblock(world: World, user: User, bot: Bot) -> None:
    if bot.id in user.blocked:
        user.blocked.discard(bot.id)
        _private_member(world, user, bot, "kicked", "member")


def _private_member(world: World, user: User, bot: Bot, old: str, new: str) -> None:
    body = {
        "chat": world.private_chat(user, bot).json(),
        "from": user.json(),
        "date": world.stamp(),
        "old_chat_member": Member(old).json(bot.json()),
        "new_chat_member": Member(new).json(bot.json()),
    }
    world.update(bot, "my_chat_member", body)


def join(world: World, chat: Chat, id: int, by: int | None = None) -> None:
    """A person or a bot comes in, by itself or added by somebody."""
    actor = by or id
    new = Member("administrator", world.all_rights()) if chat.type == "channel" else None
    world.set_member(chat, id, (id in world.bots and new) or Member("member"), actor)
    added = world.json_of(id)
    body = {"new_chat_members": [added], "new_chat_member": added, "new_chat_participant": added}
    if chat.type != "channel":
        world.service(chat, world.json_of(actor), body)


def leave(world: World, chat: Chat, id: int, by: int | None = None) -> None:
    """Somebody goes, or is removed."""
    actor = by or id
    gone = world.json_of(id)
    if chat.type != "channel":
        world.service(chat, world.json_of(actor), {"left_chat_member": gone})
    world.set_member(chat, id, Member("left" if actor == id else "kicked"), actor)


def promote(
    world: World,
    chat: Chat,
    id: int,
    by: int,
    rights: dict[str, bool] | None = None,
    anonymous: bool = False,
) -> None:
    given = world.all_rights() if rights is None else rights
    new = Member("administrator", dict(given), anonymous, by=by)
    if chat.member(id).status == "creator":
        new = Member("creator", anonymous=anonymous)
    world.set_member(chat, id, new, by)


def demote(world: World, chat: Chat, id: int, by: int) -> None:
    world.set_member(chat, id, Member("member"), by)


def restrict(
    world: World, chat: Chat, id: int, by: int, rights: dict[str, bool], until: int = 0
) -> None:
    """Takes rights from a member, for a time or for good."""
    held = chat.has(id)
    limited = Member("restricted", dict(rights), until=until, inside=held)
    world.set_member(chat, id, limited, by)
    if until:

        def restored() -> None:
            if chat.members.get(id) is limited:
                chat.members[id] = Member("member" if limited.inside else "left")

        world.at(datetime.fromtimestamp(until, UTC), restored)
