"""What one person sees of one chat: exactly that, and nothing more."""

from typing import Any

from bot.sandbox.actors import ADMINS, Chat, Json, Message, User
from bot.sandbox.errors import forbidden
from bot.sandbox.world import World

LAST = 300


def view(world: World, user: User, chat: Chat, last: int = LAST) -> Json:
    """The messages of a chat as this person's phone shows them. Raises `ApiError`."""
    if chat.type != "private" and not chat.has(user.id):
        raise forbidden("the user is not a member of the chat")
    messages = sorted(chat.messages.values(), key=lambda message: message.id)[-last:]
    return {
        "version": chat.version,
        "chat": chat.json(),
        "messages": [_shown(world, user, message) for message in messages],
        "pinned": [id for id in chat.pinned if id in chat.messages],
        "topics": {str(id): name for id, name in chat.topics.items()},
        "commands": menu(world, user, chat),
        "admin": chat.member(user.id).status in ADMINS,
    }


def _shown(world: World, user: User, message: Message) -> Json:
    sender = message.sender_chat or message.sender or {}
    body: Json = {
        "id": message.id,
        "at": message.at.isoformat(),
        "from": {
            "id": sender.get("id"),
            "name": sender.get("title")
            or " ".join(filter(None, [sender.get("first_name"), sender.get("last_name")])),
            "bot": bool(message.bot),
            "me": (message.sender or {}).get("id") == user.id and message.sender_chat is None,
        },
        "text": message.body.get("text") or message.body.get("caption") or "",
        "entities": message.body.get("entities") or message.body.get("caption_entities") or [],
        "edited": message.edited is not None,
        "reply_to": message.reply_to,
        "topic": message.topic,
        "buttons": _buttons(message),
        "reactions": _reactions(user, message),
        "media": next((k for k in _MEDIA if k in message.body), None),
        "service": _service(message),
    }
    if message.poll is not None:
        body["poll"] = _poll(user, message)
    return body


_MEDIA = ("photo", "voice", "document", "video", "sticker", "dice", "location")
_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
)


def _service(message: Message) -> Json | None:
    kind = next((k for k in _SERVICE if k in message.body), None)
    if kind is None:
        return None
    value: Any = message.body[kind]
    if kind == "new_chat_members":
        value = [one["first_name"] for one in value]
    elif isinstance(value, dict):
        value = value.get("first_name") or value.get("name") or value.get("message_id")
    return {"kind": kind, "value": value}


def _buttons(message: Message) -> list[list[Json]]:
    rows = (message.markup or {}).get("inline_keyboard") or []
    return [
        [{"text": b["text"], "data": b.get("callback_data"), "url": b.get("url")} for b in row]
        for row in rows
    ]


def _reactions(user: User, message: Message) -> list[Json]:
    counts: dict[str, list[int]] = {}
    for who, given in message.reactions.items():
        for one in given:
            counts.setdefault(str(one.get("emoji", "★")), []).append(who)
    return [
        {"emoji": emoji, "count": len(who), "mine": user.id in who}
        for emoji, who in counts.items()
    ]


def _poll(user: User, message: Message) -> Json:
    poll = message.poll
    if poll is None:
        return {}
    mine = poll.votes.get(user.id)
    body = poll.json()
    seen = poll.closed or (mine is not None and not poll.hidden)
    options = [
        {"text": option["text"], "votes": option["voter_count"] if seen else None}
        for option in body["options"]
    ]
    return {
        "question": poll.question,
        "options": options,
        "mine": mine or [],
        "closed": poll.closed,
        "anonymous": poll.anonymous,
        "multiple": poll.multiple,
        "voters": body["total_voter_count"] if seen else None,
    }


def menu(world: World, user: User, chat: Chat) -> list[Json]:
    """The slash commands this person is offered in this chat, by Telegram's order of scopes."""
    bots = [world.bots[id] for id in (chat.bot, *chat.members) if id in world.bots]
    admin = chat.member(user.id).status in ADMINS
    group = ["all_chat_administrators"] if admin else []
    scopes = ["all_private_chats"] if chat.type == "private" else [*group, "all_group_chats"]
    own = (user.language_code or "")[:2]
    found: list[Json] = []
    for bot in bots:
        for scope in (*scopes, "default"):
            commands = bot.commands.get((scope, own)) or bot.commands.get((scope, ""))
            if commands:
                found += commands
                break
    return found


def chat_list(world: World, user: User) -> list[Json]:
    """The chats on this person's phone."""
    groups = [c for c in world.chats.values() if c.has(user.id) and not c.moved_to]
    own = [chat for (id, _), chat in world.private.items() if id == user.id]
    return [
        chat.json()
        | {"version": chat.version, "bot": chat.bot, "started": chat.bot in user.started}
        for chat in [*groups, *own]
    ]
