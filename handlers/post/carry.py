"""One letter as one request to Telegram."""

import re
from dataclasses import dataclass
from html import escape, unescape

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

TOAST, LONGEST = 200, 4096
TAG = re.compile(r"<[^>]*>")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Address:
    """How a letter is to be rendered, and the message it refers to."""

    lang: Lang
    zone: str
    message: int | None = None
    elder: bool = False
    gone: bool = False
    """The message was sent once, and cannot be reached any more."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a letter became: a message, and the native poll in it."""

    message: int | None = None
    poll: str = ""


class Unsendable(Exception):
    """The letter itself is wrong: a missing text, or no message to act on."""


class Gone(Exception):
    """The message to act on is out of reach: it stayed behind when its group moved."""


class Carrier:
    """Knows, for each kind of letter, the request that carries it."""

    def __init__(self, bot: Bot, seals: Seals, username: str) -> None:
        self._bot, self._seals, self._username = bot, seals, username

    async def carry(self, letter: Letter, to: Address) -> Sent:
        """Makes the request; returns what a sent letter became."""
        match letter.kind:
            case Kind.SEND:
                return Sent(await self._send(letter, to))
            case Kind.POLL:
                return await self._poll(letter)
            case Kind.COPY:
                return Sent(await self._copy(letter, to))
            case Kind.STOP_POLL:
                await self._bot.stop_poll(letter.to, _named(to))
            case Kind.UNPIN:
                await self._bot.unpin_chat_message(letter.to, _named(to))
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
                reactions = [ReactionTypeEmoji(letter.key)] if letter.key else []
                await self._bot.set_message_reaction(letter.to, _named(to), reactions)
            case Kind.LEAVE:
                await self._bot.leave_chat(letter.to)
        return Sent()

    async def _poll(self, letter: Letter) -> Sent:
        """A native poll: anonymous, not to be forwarded, hidden until it closes."""
        ballot = letter.poll
        if ballot is None:
            raise Unsendable("a poll without a question")
        message = await self._bot.send_poll(
            letter.to,
            ballot.question,
            list(ballot.options),
            is_anonymous=True,
            allows_multiple_answers=ballot.multiple,
            close_date=ballot.closes_at,
            message_thread_id=letter.topic,
            disable_notification=letter.silent,
            protect_content=True,
            hide_results_until_closes=True,
        )
        poll = message.poll
        return Sent(message.message_id, poll.id if poll is not None else "")

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

    async def _copy(self, letter: Letter, to: Address) -> int:
        """Without its author's name, silently, and not to be passed on."""
        if letter.source is None:
            raise Unsendable("a copy without a source")
        copied = await self._bot.copy_message(
            letter.to,
            letter.source,
            _named(to),
            reply_markup=self._keyboard(letter, to),
            disable_notification=True,
            protect_content=True,
        )
        return copied.message_id

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
        text = render(to.lang, to.zone, key, letter.values, plain)
        if plain or _units(unescape(TAG.sub("", text))) <= LONGEST:
            return text
        return escape(_cut(render(to.lang, to.zone, key, letter.values, True)), quote=False)
    except MissingText as error:
        raise Unsendable(str(error)) from error


def _named(to: Address) -> int:
    if to.message is None and to.gone:
        raise Gone
    if to.message is None:
        raise Unsendable("the letter names no message")
    return to.message


def _cut(text: str) -> str:
    """As many whole lines as fit into one message, and a sign that there were more."""
    while _units(text) > LONGEST - 2:
        head = text.rpartition("\n")[0]
        text = head if len(head) > LONGEST // 2 else text[: len(text) - 100]
    return f"{text}\n…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _short(text: str) -> str:
    """At most 200 characters, as Telegram counts them."""
    while _units(text) > TOAST:
        text = text[: len(text) - 2].rstrip() + "…"
    return text
