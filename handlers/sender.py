"""Who really sent an update: a resident, a bot, an anonymous admin, or a channel."""

from telegram import Message, Update, User
from telegram.constants import ChatID

from bot.domain.basics import Lang, MemberId, lang_of
from bot.domain.people import Sender

ANONYMOUS_ADMIN = int(ChatID.ANONYMOUS_ADMIN)
SERVICE_CHAT = int(ChatID.SERVICE_CHAT)
FAKE_CHANNEL = int(ChatID.FAKE_CHANNEL)


def sender_of(update: Update) -> Sender:
    """The kind of sender, by the rules of `telegram.md` §3 gotcha 9.

    A tap always carries the real person, also where an anonymous admin taps.
    """
    if update.callback_query is not None:
        return Sender.BOT if update.callback_query.from_user.is_bot else Sender.RESIDENT
    message, user = update.effective_message, update.effective_user
    if message is not None and (message.sender_chat is not None or message.is_automatic_forward):
        if message.is_automatic_forward or (user is not None and user.id == SERVICE_CHAT):
            return Sender.LINKED_CHANNEL
        same = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        return Sender.ANONYMOUS_ADMIN if same else Sender.CHANNEL
    if user is None:
        return Sender.NOBODY
    if user.id == ANONYMOUS_ADMIN:
        return Sender.ANONYMOUS_ADMIN
    if user.id == FAKE_CHANNEL:
        return Sender.CHANNEL
    return Sender.BOT if user.is_bot else Sender.RESIDENT


def words_of(message: Message | None) -> str:
    """What a message says: its text, or the words under its picture."""
    return "" if message is None else message.text or message.caption or ""


def member_of(user: User | None) -> MemberId:
    """The person's id; 0 where the update has no person."""
    return MemberId(0 if user is None else user.id)


def language_of(user: User | None, otherwise: Lang) -> Lang:
    """The language a person's own Telegram speaks, as far as we speak it."""
    return lang_of(None if user is None else user.language_code, otherwise)
