"""Checks of the buttons under a message."""

from typing import Any

from bot.sandbox.actors import Chat, Json
from bot.sandbox.errors import bad
from bot.sandbox.limits import BUTTON_BYTES, BUTTONS, COPY_BYTES
from bot.sandbox.methods.asked import nested

KINDS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)
SCHEMES = ("http://", "https://", "tg://", "t.me/")


def markup(asked: Json, chat: Chat | None = None) -> Json | None:
    """The reply markup of a call. Raises `ApiError` past Telegram's limits."""
    found = nested(asked, "reply_markup")
    if found is None or found == {}:
        return None
    if not isinstance(found, dict):
        raise bad("object expected as reply markup")
    if found.get("inline_keyboard") is not None:
        return _inline(found["inline_keyboard"])
    if found.get("keyboard") is not None:
        if chat is not None and chat.type == "channel":
            raise bad("reply keyboards can't be used in channels")
        _rows(found["keyboard"], "keyboard", "ReplyKeyboardMarkup")
        return found
    return found if {"remove_keyboard", "force_reply"} & set(found) else None


def _rows(rows: Any, field: str, kind: str) -> list[Any]:
    if not isinstance(rows, list):
        raise bad(f'field "{field}" of the {kind} must be an Array of Arrays')
    if not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{field}" of the {kind} must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise bad("reply markup is too long")
    if field == "keyboard":
        for button in buttons:
            words = button.get("text") if isinstance(button, dict) else button
            if not isinstance(words, str) or not words:
                raise bad('can\'t parse keyboard button: field "text" must be of type String')
    return buttons


def _inline(rows: Any) -> Json | None:
    for button in _rows(rows, "inline_keyboard", "InlineKeyboardMarkup"):
        _check(button)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _check(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    words = button.get("text")
    if not isinstance(words, str):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not words.strip():
        raise bad("inline keyboard button text is empty")
    if not KINDS & {kind for kind, value in button.items() if value is not None}:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    _check_data(button.get("callback_data"))
    _check_copy(button.get("copy_text"))
    url = button.get("url")
    if url is not None and not (isinstance(url, str) and (url.startswith(SCHEMES) or "." in url)):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_data(data: Any) -> None:
    if data is None:
        return
    if not isinstance(data, str):
        raise bad(
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String'
        )
    if not 1 <= len(data.encode("utf-8", "replace")) <= BUTTON_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def _check_copy(given: Any) -> None:
    if given is None:
        return
    words = given.get("text") if isinstance(given, dict) else None
    if not isinstance(words, str) or not 1 <= len(words) <= COPY_BYTES:
        raise bad("BUTTON_COPY_TEXT_INVALID")
