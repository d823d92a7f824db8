"""Checks of the buttons under a message."""

from typing import Any

from bot.sandbox.actors import Json
from bot.sandbox.errors import bad
from bot.sandbox.methods.asked import nested

BUTTONS, DATA = 100, 64


def markup(asked: Json) -> Json | None:
    """The reply markup of a call. Raises `ApiError` past Telegram's limits."""
    found = nested(asked, "reply_markup")
    if found is None:
        return None
    if not isinstance(found, dict):
        raise bad("object expected as reply markup")
    rows = found.get("inline_keyboard")
    if rows is None:
        return found
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        _check(button)
    return {"inline_keyboard": [row for row in rows if row]}


def _check(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode("utf-8", "replace")) <= DATA:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if data is None and url is None and not set(button) - {"text"}:
        raise bad("text buttons are unallowed in the inline keyboard")
