"""Reads the parameters of a method as the Bot API does: lenient in form, strict in meaning."""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox.actors import Bot, Chat, Json, Message
from bot.sandbox.errors import ApiError, bad, forbidden
from bot.sandbox.world import World

Method = Callable[[World, Bot, Json], Any]


def whole(asked: Json, name: str, default: int | None = None) -> int | None:
    value = asked.get(name)
    if value is None or value == "":
        return default
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad(f"parameter {name} must be an integer") from None


def flag(asked: Json, name: str, default: bool = False) -> bool:
    value = asked.get(name)
    if value is None:
        return default
    return value is True or str(value).lower() in ("true", "1")


def text(asked: Json, name: str, default: str = "") -> str:
    value = asked.get(name)
    return default if value is None else str(value)


def nested(asked: Json, name: str) -> Any:
    """A parameter that is JSON, also where it came as text."""
    value = asked.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None


def chat_of(world: World, bot: Bot, asked: Json, writing: bool = False) -> Chat:
    """The chat a call is about. Raises what Telegram answers where the bot cannot reach it."""
    raw = asked.get("chat_id")
    if raw in (None, ""):
        raise bad("chat_id is empty")
    try:
        id = int(raw)
    except (TypeError, ValueError):
        raise bad("chat not found") from None
    if id > 0:
        return _private(world, bot, id, writing)
    chat = world.chats.get(id)
    if chat is None:
        raise bad("chat not found")
    if chat.moved_to:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.moved_to,
        )
    if not chat.has(bot.id):
        kind = {"group": "group chat", "channel": "channel chat"}.get(chat.type, "supergroup chat")
        was = chat.members.get(bot.id)
        raise forbidden(f"bot {'was kicked from' if was else 'is not a member of'} the {kind}")
    return chat


def _private(world: World, bot: Bot, id: int, writing: bool) -> Chat:
    user = world.users.get(id)
    if user is None:
        raise bad("chat not found")
    if bot.id in user.blocked:
        raise forbidden("bot was blocked by the user")
    if bot.id not in user.started:
        if writing:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad("chat not found")
    return world.private_chat(user, bot)


def message_of(chat: Chat, asked: Json, doing: str) -> Message:
    message = chat.messages.get(whole(asked, "message_id") or 0)
    if message is None:
        raise bad(f"message to {doing} not found")
    return message


def require(chat: Chat, bot: Bot, right: str, what: str) -> None:
    if chat.type != "private" and not chat.member(bot.id).may(right):
        raise bad(f"not enough rights to {what}")
