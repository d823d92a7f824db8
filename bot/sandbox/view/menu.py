"""The slash commands and reply keyboards a person is offered."""

from bot.sandbox.actors import ADMINS, Bot, Chat, Json, User
from bot.sandbox.world import World


def menu(world: World, user: User, chat: Chat) -> list[Json]:
    """The slash commands this person is offered in this chat, by Telegram's order of scopes."""
    bots = [world.bots[id] for id in (chat.bot, *chat.members) if id in world.bots]
    present = [bot for bot in bots if chat.bot == bot.id or chat.has(bot.id)]
    return [one for bot in present for one in _offered(bot, user, chat)]


def _offered(bot: Bot, user: User, chat: Chat) -> list[Json]:
    own = (user.language_code or "")[:2].lower()
    for scope in _scopes(user, chat):
        for language in (own, ""):
            commands = bot.commands.get((scope, language))
            if commands:
                return commands
    return []


def _scopes(user: User, chat: Chat) -> list[str]:
    if chat.type == "private":
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    admin = chat.member(user.id).status in ADMINS
    own = [f"chat_member:{chat.id}:{user.id}"]
    own += [f"chat_administrators:{chat.id}"] if admin else []
    every = ["all_chat_administrators"] if admin else []
    return [*own, f"chat:{chat.id}", *every, "all_group_chats", "default"]


def reply_keyboard(user: User, chat: Chat) -> list[list[str]]:
    """The words on the keys under the text field, as the newest message left them."""
    for message in reversed(chat.messages.values()):
        markup = message.markup or {}
        if markup.get("selective") and not _meant(user, chat, message.reply_to):
            continue
        if "remove_keyboard" in markup:
            return []
        if "keyboard" in markup:
            return [[_words(key) for key in row] for row in markup["keyboard"]]
    return []


def _meant(user: User, chat: Chat, replied: int | None) -> bool:
    message = chat.messages.get(replied or 0)
    return message is not None and message.author == user.id


def _words(key: Json | str) -> str:
    return key if isinstance(key, str) else str(key.get("text", ""))
