"""One letter as one request to Telegram."""

from dataclasses import dataclass

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.domain.basics import Lang
from bot.domain.letter import Kind, Letter
from handlers.say.buttons import Seals
from handlers.say.keyboards import keyboard, one_a_row
from handlers.say.texts import MissingText, elder_key, render

TOAST = 200
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Address:
    """How a letter is to be rendered, and the message it refers to."""

    lang: Lang
    zone: str
    message: int | None = None
    elder: bool = False


class Unsendable(Exception):
    """The letter itself is wrong: a missing text, or no message to act on."""


class Carrier:
    """Knows, for each kind of letter, the request that carries it."""

    def __init__(self, bot: Bot, seals: Seals, username: str) -> None:
        self._bot, self._seals, self._username = bot, seals, username

    async def carry(self, letter: Letter, to: Address) -> int | None:
        """Makes the request; returns the id of the message a sent letter became."""
        match letter.kind:
            case Kind.SEND:
                return await self._send(letter, to)
            case Kind.EDIT:
                await self._edit(letter, to)
            case Kind.ANSWER:
                await self._answer(letter, to)
            case Kind.DELETE:
                await self._bot.delete_message(letter.to, _named(to))
            case Kind.PIN:
                await self._bot.pin_chat_message(
                    letter.to, _named(to), disable_notification=letter.silent
                )
            case Kind.REACT:
                await self._bot.set_message_reaction(
                    letter.to, _named(to), [ReactionTypeEmoji(letter.key)]
                )
            case Kind.LEAVE:
                await self._bot.leave_chat(letter.to)
        return None

    async def _send(self, letter: Letter, to: Address) -> int:
        reply = None
        if to.message is not None:
            reply = ReplyParameters(to.message, allow_sending_without_reply=True)
        message = await self._bot.send_message(
            letter.to,
            _text(letter, to),
            parse_mode=ParseMode.HTML,
            message_thread_id=letter.topic,
            reply_parameters=reply,
            reply_markup=self._keyboard(letter, to),
            disable_notification=letter.silent,
            link_preview_options=NO_PREVIEW,
        )
        return message.message_id

    async def _edit(self, letter: Letter, to: Address) -> None:
        markup = self._keyboard(letter, to)
        if not letter.key:
            await self._bot.edit_message_reply_markup(letter.to, _named(to), reply_markup=markup)
            return
        await self._bot.edit_message_text(
            _text(letter, to),
            letter.to,
            _named(to),
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            link_preview_options=NO_PREVIEW,
        )

    async def _answer(self, letter: Letter, to: Address) -> None:
        text = None
        if letter.key:
            text = _short(_text(letter, to, plain=True))
        await self._bot.answer_callback_query(letter.query or "", text, show_alert=letter.alert)

    def _keyboard(self, letter: Letter, to: Address) -> InlineKeyboardMarkup | None:
        try:
            rows = one_a_row(letter.rows) if to.elder else letter.rows
            return keyboard(rows, to.lang, to.zone, self._seals, self._username)
        except MissingText as error:
            raise Unsendable(str(error)) from error


def _text(letter: Letter, to: Address, plain: bool = False) -> str:
    key = elder_key(letter.key, to.lang) if to.elder else letter.key
    try:
        return render(to.lang, to.zone, key, letter.values, plain)
    except MissingText as error:
        raise Unsendable(str(error)) from error


def _named(to: Address) -> int:
    if to.message is None:
        raise Unsendable("the letter names no message")
    return to.message


def _short(text: str) -> str:
    """At most 200 characters, as Telegram counts them."""
    while len(text.encode("utf-16-le")) // 2 > TOAST:
        text = text[: len(text) - 2].rstrip() + "…"
    return text
