"""The bot about itself: getMe, commands, webhook, answers to taps, files."""

import re
from datetime import timedelta
from typing import Any

from bot.sandbox.actors import Bot, Json
from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad
from bot.sandbox.methods.asked import Method, flag, nested, text
from bot.sandbox.world import World

TOAST = 200
QUERY_LASTS = timedelta(minutes=15)
COMMANDS = 100


def get_me(world: World, bot: Bot, asked: Json) -> Json:
    return bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


def answer_query(world: World, bot: Bot, asked: Json) -> bool:
    query = world.queries.get(text(asked, "callback_query_id"))
    if query is None or query["bot"] != bot.id:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if query["answer"] is not None or world.now() - query["at"] > QUERY_LASTS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    shown = text(asked, "text")
    if utf16(shown) > TOAST:
        raise bad("MESSAGE_TOO_LONG")
    query["answer"] = {"text": shown, "alert": flag(asked, "show_alert"), "url": asked.get("url")}
    world.touched()
    return True


def set_commands(world: World, bot: Bot, asked: Json) -> bool:
    commands = nested(asked, "commands")
    if not isinstance(commands, list) or len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(one.get("command"))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description") or "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[_scope(asked)] = commands
    return True


def get_commands(world: World, bot: Bot, asked: Json) -> list[Json]:
    return bot.commands.get(_scope(asked), [])


def delete_commands(world: World, bot: Bot, asked: Json) -> bool:
    bot.commands.pop(_scope(asked), None)
    return True


def _scope(asked: Json) -> tuple[str, str]:
    scope = nested(asked, "scope") or {"type": "default"}
    return ":".join(str(scope[name]) for name in sorted(scope)), text(asked, "language_code")


def setter(field: str, limit: int) -> Method:
    def set_text(world: World, bot: Bot, asked: Json) -> bool:
        if utf16(text(asked, field)) > limit:
            raise bad(f"{field} is too long")
        bot.texts[(field, text(asked, "language_code"))] = text(asked, field)
        return True

    return set_text


def getter(field: str) -> Method:
    def get_text(world: World, bot: Bot, asked: Json) -> Json:
        return {field: bot.texts.get((field, text(asked, "language_code")), "")}

    return get_text


def set_webhook(world: World, bot: Bot, asked: Json) -> bool:
    bot.webhook = text(asked, "url")
    return True


def delete_webhook(world: World, bot: Bot, asked: Json) -> bool:
    bot.webhook = ""
    if flag(asked, "drop_pending_updates"):
        bot.queue.clear()
    return True


def webhook_info(world: World, bot: Bot, asked: Json) -> Json:
    return {
        "url": bot.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(world.waiting(bot)),
    }


def get_file(world: World, bot: Bot, asked: Json) -> Json:
    id = text(asked, "file_id")
    if id not in world.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(world.files[id])
    return {
        "file_id": id,
        "file_unique_id": f"u{id}",
        "file_size": size,
        "file_path": f"files/{id}",
    }


def photos(world: World, bot: Bot, asked: Json) -> Json:
    return {"total_count": 0, "photos": []}


def yes(world: World, bot: Bot, asked: Json) -> Any:
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "answercallbackquery": answer_query,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setmyname": setter("name", 64),
    "getmyname": getter("name"),
    "setmydescription": setter("description", 512),
    "getmydescription": getter("description"),
    "setmyshortdescription": setter("short_description", 120),
    "getmyshortdescription": getter("short_description"),
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "getfile": get_file,
    "getuserprofilephotos": photos,
    "logout": yes,
    "close": yes,
}
