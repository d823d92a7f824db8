"""A chat as it stands on one person's phone."""

from typing import Any

from bot.sandbox.actors import ADMINS, Chat, Json, Message, User
from bot.sandbox.actors.messages import SERVICE_KINDS
from bot.sandbox.errors import forbidden
from bot.sandbox.play.files import SHAPE
from bot.sandbox.view.menu import menu, reply_keyboard
from bot.sandbox.view.polls import shown_poll
from bot.sandbox.world import World

LAST = 300
MEDIA = (*SHAPE, "dice", "venue", "location", "contact")
TOASTS = 5


def view(world: World, user: User, chat: Chat, last: int = LAST) -> Json:
    """The messages of a chat as this person's phone shows them. Raises `ApiError`."""
    if chat.type != "private" and not chat.has(user.id):
        raise forbidden("the user is not a member of the chat")
    world.tick()
    messages = sorted(chat.messages.values(), key=lambda message: message.id)[-last:]
    return {
        "version": chat.version,
        "chat": chat.json(),
        "messages": [shown(world, user, message) for message in messages],
        "pinned": [id for id in chat.pinned if id in chat.messages],
        "topics": {str(id): name for id, name in chat.topics.items()},
        "closed_topics": sorted(chat.closed_topics),
        "commands": menu(world, user, chat),
        "reply_keyboard": reply_keyboard(user, chat),
        "toasts": [t for t in user.toasts if t["chat"] == chat.id][-TOASTS:],
        "admin": chat.member(user.id).status in ADMINS,
        "moved_to": chat.moved_to,
        "started": chat.bot in user.started,
    }


def shown(world: World, user: User, message: Message) -> Json:
    """One message as this person sees it."""
    body: Json = {
        "id": message.id,
        "at": message.at.isoformat(),
        "from": _sender(user, message),
        "text": message.body.get("text") or message.body.get("caption") or "",
        "entities": message.body.get("entities") or message.body.get("caption_entities") or [],
        "edited": message.edited is not None,
        "reply_to": message.reply_to,
        "topic": message.topic,
        "buttons": _buttons(message),
        "reactions": _reactions(user, message),
        "pinned": message.id in message.chat.pinned,
        "service": _service(message),
        "forwarded_from": _name(_source(message)) if "forward_origin" in message.body else None,
        "album": message.body.get("media_group_id"),
    }
    body |= _media(message)
    if message.poll is not None:
        body["poll"] = shown_poll(world, user, message.poll)
    return body


def _sender(user: User, message: Message) -> Json:
    sender = message.sender_chat or message.sender or {}
    return {
        "id": sender.get("id"),
        "name": _name(sender),
        "bot": bool(message.bot),
        "me": message.author == user.id or (message.sender or {}).get("id") == user.id,
    }


def _name(who: Json) -> str:
    parts = [who.get("first_name"), who.get("last_name")]
    return str(who.get("title") or " ".join(part for part in parts if part))


def _source(message: Message) -> Json:
    origin = message.body["forward_origin"]
    found = origin.get("sender_user") or origin.get("sender_chat") or origin.get("chat")
    return dict(found or {"first_name": origin.get("sender_user_name", "")})


def _media(message: Message) -> Json:
    kind = next((kind for kind in MEDIA if kind in message.body), None)
    content: Any = message.body.get(kind or "")
    content = content[-1] if isinstance(content, list) else content
    if kind is None or not isinstance(content, dict):
        return {"media": None}
    kept = ("file_id", "file_name", "emoji", "value", "latitude", "longitude", "phone_number")
    return {"media": kind, "file": {k: content[k] for k in kept if k in content}}


def _service(message: Message) -> Json | None:
    kind = next((k for k in message.body if k in SERVICE_KINDS), None)
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


def chat_list(world: World, user: User) -> list[Json]:
    """The chats on this person's phone, each with its newest message."""
    groups = [c for c in world.chats.values() if c.has(user.id) and not c.moved_to]
    own = [chat for (id, _), chat in world.private.items() if id == user.id]
    return [_listed(user, chat) for chat in [*groups, *own]]


def _listed(user: User, chat: Chat) -> Json:
    last = next(reversed(chat.messages.values()), None)
    line = None if last is None else last.body.get("text") or last.body.get("caption") or ""
    at = None if last is None else last.at.isoformat()
    body = {"version": chat.version, "bot": chat.bot, "started": chat.bot in user.started}
    return chat.json() | body | {"last": line, "at": at}
