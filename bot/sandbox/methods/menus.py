"""What a bot tells about itself: commands, names, descriptions, menu button."""

import re

from bot.sandbox.actors import ADMIN_RIGHTS, Bot, Json
from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad
from bot.sandbox.limits import (
    COMMAND_DESCRIPTION,
    COMMANDS,
    DESCRIPTION,
    NAME,
    SHORT_DESCRIPTION,
)
from bot.sandbox.methods.asked import Method, chat_of, flag, record, records, text, whole
from bot.sandbox.world import World

_WORD = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)


def set_commands(world: World, bot: Bot, asked: Json) -> bool:
    commands, scope = records(asked, "commands"), _scope(world, bot, asked)
    if len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    bot.commands[scope] = [_command(one) for one in commands]
    if not commands:
        del bot.commands[scope]
    world.touched()
    return True


def _command(given: Json) -> Json:
    word, about = text(given, "command").removeprefix("/"), text(given, "description").strip()
    if not _WORD.fullmatch(word):
        raise bad("BOT_COMMAND_INVALID")
    if not about:
        raise bad("command description is empty")
    if utf16(about) > COMMAND_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": word, "description": about}


def get_commands(world: World, bot: Bot, asked: Json) -> list[Json]:
    return bot.commands.get(_scope(world, bot, asked), [])


def delete_commands(world: World, bot: Bot, asked: Json) -> bool:
    bot.commands.pop(_scope(world, bot, asked), None)
    world.touched()
    return True


def _scope(world: World, bot: Bot, asked: Json) -> tuple[str, str]:
    scope = record(asked, "scope") or {"type": "default"}
    kind = text(scope, "type")
    if kind not in SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    if kind.startswith("chat"):
        kind += f":{chat_of(world, bot, scope).id}"
    if kind.startswith("chat_member"):
        kind += f":{whole(scope, 'user_id')}"
    return kind, _language(asked)


def _language(asked: Json) -> str:
    language = text(asked, "language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("BOT_COMMAND_LANGUAGE_INVALID" if len(language) > 8 else "invalid language code")
    return language


def setter(field: str, limit: int) -> Method:
    def set_text(world: World, bot: Bot, asked: Json) -> bool:
        words, language = text(asked, field), _language(asked)
        if utf16(words) > limit:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
        bot.texts[(field, language)] = words
        if field == "name" and words and not language:
            bot.first_name = words
        world.touched()
        return True

    return set_text


def getter(field: str) -> Method:
    def get_text(world: World, bot: Bot, asked: Json) -> Json:
        own = bot.texts.get((field, _language(asked)))
        words = own or bot.texts.get((field, "")) or (bot.first_name if field == "name" else "")
        return {field: words}

    return get_text


def set_button(world: World, bot: Bot, asked: Json) -> bool:
    bot.settings["menu"] = record(asked, "menu_button") or {"type": "default"}
    return True


def get_button(world: World, bot: Bot, asked: Json) -> Json:
    kept = bot.settings.get("menu", {"type": "default"})
    return {"type": "commands"} if kept.get("type") == "default" else kept


def set_rights(world: World, bot: Bot, asked: Json) -> bool:
    given = record(asked, "rights")
    name = "channel" if flag(asked, "for_channels") else "group"
    bot.settings[name] = {right: flag(given, right) for right in (*ADMIN_RIGHTS, "is_anonymous")}
    return True


def get_rights(world: World, bot: Bot, asked: Json) -> Json:
    kept = bot.settings.get("channel" if flag(asked, "for_channels") else "group")
    return kept or dict.fromkeys((*ADMIN_RIGHTS, "is_anonymous"), False)


METHODS: dict[str, Method] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": setter("name", NAME),
    "getMyName": getter("name"),
    "setMyDescription": setter("description", DESCRIPTION),
    "getMyDescription": getter("description"),
    "setMyShortDescription": setter("short_description", SHORT_DESCRIPTION),
    "getMyShortDescription": getter("short_description"),
    "setChatMenuButton": set_button,
    "getChatMenuButton": get_button,
    "setMyDefaultAdministratorRights": set_rights,
    "getMyDefaultAdministratorRights": get_rights,
}
