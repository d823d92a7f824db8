"""Rows of a letter's buttons as a Telegram keyboard."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.basics import Lang
from bot.domain.letter import Button, Rows
from handlers.say.buttons import Seals
from handlers.say.texts import render

START = "start:"
"""A button whose url is `start:payload` opens the private chat with the bot."""


def keyboard(
    rows: Rows, lang: Lang, zone: str, seals: Seals, username: str
) -> InlineKeyboardMarkup | None:
    """The keyboard of a letter, or None where it has no buttons."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[_button(b, lang, zone, seals, username) for b in row] for row in rows]
    )


def one_a_row(rows: Rows) -> Rows:
    """The same buttons, each in a row of its own and therefore wide."""
    return tuple((button,) for row in rows for button in row)


def _button(
    button: Button, lang: Lang, zone: str, seals: Seals, username: str
) -> InlineKeyboardButton:
    text = render(lang, zone, button.label.key, button.label.values, plain=True)
    if button.url.startswith(START):
        payload = button.url.removeprefix(START)
        return InlineKeyboardButton(text, url=f"https://t.me/{username}?start={payload}")
    if button.url:
        return InlineKeyboardButton(text, url=button.url)
    return InlineKeyboardButton(text, callback_data=seals.seal(button.data))
