"""Which messages a bot receives: by the kind of chat, its rights, and its privacy mode."""

from typing import Any, Protocol

from bot.sandbox.actors import ADMINS, Bot, Chat, Message


class Bots(Protocol):
    """The world, as far as this needs it."""

    @property
    def bots(self) -> dict[int, Bot]: ...


def sees(world: Bots, bot: Bot, message: Message) -> bool:
    """Whether this message becomes an update of this bot."""
    chat = message.chat
    if chat.type == "private":
        return chat.bot == bot.id and message.bot is None
    if chat.type == "channel":
        return chat.member(bot.id).status in ADMINS
    if not chat.has(bot.id) or (message.bot is not None and message.service is None):
        return False
    if not bot.privacy or chat.member(bot.id).status in ADMINS:
        return True
    return message.service is not None or _addressed(world, bot, message)


def _addressed(world: Bots, bot: Bot, message: Message) -> bool:
    """What a bot in privacy mode sees: commands, mentions, and replies to it."""
    if message.forward:
        return False
    replied = message.chat.messages.get(message.reply_to or 0)
    if replied is not None and replied.bot == bot.id:
        return True
    text = message.body.get("text") or message.body.get("caption") or ""
    entities = message.body.get("entities") or message.body.get("caption_entities") or []
    if not entities:
        return False
    raw = text.encode("utf-16-le", "surrogatepass")
    return any(_calls(world, bot, message.chat, entity, raw) for entity in entities)


def _calls(world: Bots, bot: Bot, chat: Chat, entity: dict[str, Any], raw: bytes) -> bool:
    start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    piece = raw[start:end].decode("utf-16-le", "replace").lower()
    name = f"@{bot.username.lower()}"
    if entity["type"] == "mention":
        return piece == name
    if entity["type"] == "text_mention":
        return bool(entity["user"]["id"] == bot.id)
    if entity["type"] != "bot_command":
        return False
    return piece.endswith(name) or ("@" not in piece and _last_to_speak(world, bot, chat))


def _last_to_speak(world: Bots, bot: Bot, chat: Chat) -> bool:
    """A command without a name goes to the bot that wrote last; to all while none has."""
    last = chat.last_bot
    return last in (None, bot.id) or last not in world.bots or not chat.has(last)
