"""Reads the parameters of a method as the Bot API does: lenient in form, strict in meaning."""

import json
import math
from collections.abc import Callable
from typing import Any

from bot.sandbox.actors import MEMBER_RIGHTS, Bot, Chat, Json, Message
from bot.sandbox.errors import MIGRATED, NOT_UTF8, ApiError, bad, forbidden
from bot.sandbox.world import World

Method = Callable[[World, Bot, Json], Any]
LARGEST = 1 << 63


def whole(asked: Json, name: str, default: int | None = None) -> int | None:
    """An integer, also where it came as text."""
    value = asked.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise bad(f"parameter {name} must be an integer") from None
    if not -LARGEST <= number < LARGEST:
        raise bad(f"parameter {name} must be an integer")
    return number


def real(asked: Json, name: str) -> float:
    try:
        number = float(asked.get(name) or 0)
    except (TypeError, ValueError, OverflowError):
        raise bad(f"parameter {name} must be a number") from None
    if not math.isfinite(number):
        raise bad(f"parameter {name} must be a number")
    return number


def flag(asked: Json, name: str, default: bool = False) -> bool:
    value = asked.get(name)
    if value is None:
        return default
    return value is True or str(value).lower() in ("true", "1", "yes")


def text(asked: Json, name: str, default: str = "") -> str:
    """A text. Raises `ApiError` where it is none, or cannot be written down."""
    value = asked.get(name)
    if value is None:
        return default
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    elif not isinstance(value, str):
        value = json.dumps(value) if isinstance(value, (dict, list)) else str(value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad(NOT_UTF8) from None
    return str(value.replace("\x00", ""))


def nested(asked: Json, name: str) -> Any:
    """A parameter that is JSON, also where it came as text."""
    value = asked.get(name)
    if isinstance(value, bytes):
        value = text(asked, name)
    if not isinstance(value, str):
        return value
    if value == "":
        return None
    try:
        found = json.loads(value)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise bad(NOT_UTF8) from None
    except (ValueError, RecursionError):
        raise bad(f"can't parse {name} JSON object") from None
    return found


def record(asked: Json, name: str) -> Json:
    """A parameter that is an object; empty where it was left out."""
    found = nested(asked, name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise bad(f"can't parse {name}: expected an Object")
    return found


def array(asked: Json, name: str) -> list[Any]:
    """A parameter that is a list; empty where it was left out."""
    found = nested(asked, name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise bad(f"can't parse {name}: expected an Array")
    return found


def records(asked: Json, name: str) -> list[Json]:
    """A parameter that is a list of objects."""
    found = array(asked, name)
    if not all(isinstance(one, dict) for one in found):
        raise bad(f"can't parse {name}: expected an Array of Objects")
    return found


def numbers(asked: Json, name: str) -> list[int]:
    """A parameter that is a list of integers."""
    return [whole({name: one}, name) or 0 for one in array(asked, name)]


def chat_of(
    world: World, bot: Bot, asked: Json, writing: bool = False, name: str = "chat_id"
) -> Chat:
    """The chat a call is about. Raises what Telegram answers where the bot cannot reach it."""
    raw = asked.get(name)
    if raw is None or raw == "":
        raise bad(f"{name} is empty")
    if isinstance(raw, str) and raw.startswith("@"):
        chat = next((c for c in world.chats.values() if c.username == raw[1:]), None)
    else:
        id = _number(raw)
        if id > 0:
            return _private(world, bot, id, writing)
        chat = world.chats.get(id)
    if chat is None:
        raise bad("chat not found")
    return _reached(chat, bot)


def _number(raw: object) -> int:
    try:
        return int(str(raw))
    except ValueError:
        raise bad("chat not found") from None


def _reached(chat: Chat, bot: Bot) -> Chat:
    if chat.moved_to:
        raise ApiError(400, MIGRATED, migrate_to_chat_id=chat.moved_to)
    if not chat.has(bot.id):
        kind = {"group": "group chat", "channel": "channel chat"}.get(chat.type, "supergroup chat")
        was = chat.members.get(bot.id)
        if was is None:
            raise bad("chat not found")
        left = was.status == "left"
        raise forbidden(f"bot {'is not a member of' if left else 'was kicked from'} the {kind}")
    return chat


def _private(world: World, bot: Bot, id: int, writing: bool) -> Chat:
    if id in world.bots:
        raise forbidden("bots can't send messages to bots") if writing else bad("chat not found")
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
    """The message a call is about."""
    message = chat.messages.get(whole(asked, "message_id") or 0)
    if message is None:
        raise bad(f"message to {doing} not found")
    return message


def require(chat: Chat, bot: Bot, right: str, what: str) -> None:
    """Raises unless the bot holds a right; in private chats it holds them all."""
    if chat.type == "private" or chat.member(bot.id).may(right):
        return
    if right in MEMBER_RIGHTS and chat.permissions.get(right):
        return
    raise bad(f"not enough rights to {what}")
