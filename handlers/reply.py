"""How a handler answers the person who asked: where they are, or in private, never lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from telegram import Chat, Update

from bot.domain.basics import ChatId, NewId
from bot.domain.due import Due
from bot.domain.letter import Card, Kind, Letter, Rows, Spot, Value
from bot.domain.people import Actor
from handlers.feature import Context, Work
from handlers.sender import language_of

CLEAN_UP = "letter.delete"
STAYS = timedelta(seconds=60)
STALE = timedelta(minutes=10)


def said_at(update: Update, now: datetime) -> datetime:
    """When somebody wrote what is answered now; a tap bears no time of its own."""
    return now if update.message is None else min(update.message.date, now)


def stale(update: Update, now: datetime) -> bool:
    """Whether it waited for so long that nobody stands there for the answer."""
    return now - said_at(update, now) > STALE


def say(
    update: Update, context: Context, key: str, rows: Rows = (), about: str = "", **values: Value
) -> str:
    """Answers in private; returns the letter's id.

    In a group the answer goes to the person's private chat; if they never opened it, they are
    asked to, by a reply that deletes itself, and the answer is held for them.
    """
    chat, message = update.effective_chat, update.effective_message
    spot = None
    if stale(update, context.work.now):
        context.work.letters.supersede(ChatId(context.actor.id), key)
    if chat is not None and chat.type != Chat.PRIVATE and message is not None:
        topic = message.message_thread_id if message.is_topic_message else None
        spot = Spot(ChatId(chat.id), message.message_id, topic)
    letter = Letter(
        context.new_id(),
        ChatId(context.actor.id),
        key,
        MappingProxyType(values),
        rows,
        about=about,
        lang=context.lang,
        instead=spot,
    )
    context.work.letters.put(letter)
    return letter.id


def change(update: Update, context: Context, key: str, rows: Rows = (), **values: Value) -> None:
    """Puts a new text and new buttons into the message whose button was pressed."""
    query = update.callback_query
    if query is None or query.message is None:
        say(update, context, key, rows, "", **values)
        return
    context.work.letters.put(
        Letter(
            context.new_id(),
            ChatId(query.message.chat.id),
            key,
            MappingProxyType(values),
            rows,
            kind=Kind.EDIT,
            lang=context.lang,
            target=query.message.message_id,
        )
    )


def toast(
    update: Update, context: Context, key: str = "", alert: bool = False, **values: Value
) -> None:
    """The short answer to a tap; every tap gets exactly one."""
    query = update.callback_query
    if query is None or context.step.answered:
        return
    context.step.answered = True
    context.work.letters.put(
        _answer(context.new_id(), context.actor, query.id, key, alert, values)
    )


def here(update: Update, context: Context, key: str, rows: Rows = (), **values: Value) -> None:
    """A reply to the person's own message in the group, in its topic, gone after a minute."""
    brief(context.work, context.new_id, update, context.actor, key, rows, values)


def brief(
    work: Work,
    new_id: NewId,
    update: Update,
    actor: Actor,
    key: str,
    rows: Rows = (),
    values: Mapping[str, Value] = MappingProxyType({}),
) -> None:
    """As `here`, for those who have no context: intake with a refusal."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None or (chat.type != Chat.PRIVATE and stale(update, work.now)):
        return
    if stale(update, work.now):
        work.letters.supersede(ChatId(chat.id), key)
    inside = message is not None and message.is_topic_message
    letter = Letter(
        new_id(),
        ChatId(chat.id),
        key,
        MappingProxyType(dict(values)),
        rows,
        lang=actor.lang,
        topic=message.message_thread_id if message is not None and inside else None,
        target=None if message is None else message.message_id,
        silent=chat.type != Chat.PRIVATE,
    )
    work.letters.put(letter)
    if chat.type != Chat.PRIVATE:
        work.dues.put(Due(CLEAN_UP, letter.id, work.now + STAYS))


def refused(
    work: Work, new_id: NewId, update: Update, actor: Actor, key: str, values: Mapping[str, Value]
) -> None:
    """Tells a person why the bot declines: as a toast to a tap, else as a short reply."""
    query = update.callback_query
    if query is not None:
        work.letters.put(_answer(new_id(), actor, query.id, key, True, values))
        return
    brief(work, new_id, update, actor, key, values=values)


def opened(update: Update, context: Context) -> Card:
    """They opened the private chat, by Start or by a link; returns the welcome."""
    user = update.effective_user
    spoken = None
    if user is not None and user.language_code:
        spoken = language_of(user, context.tools.home.lang)
    return context.desks.welcome.start(context.work, context.actor.id, spoken)


def say_card(update: Update, context: Context, card: Card) -> str:
    """Answers in private with a card; returns the letter's id."""
    return say(update, context, card.key, card.rows, "", **card.values)


def show(update: Update, context: Context, card: Card) -> None:
    """Shows a card in place of the one whose button was pressed, else as a new message."""
    change(update, context, card.key, card.rows, **card.values)


def _answer(
    id: str, actor: Actor, query: str, key: str, alert: bool, values: Mapping[str, Value]
) -> Letter:
    return Letter(
        id,
        ChatId(actor.id),
        key,
        MappingProxyType(dict(values)),
        kind=Kind.ANSWER,
        lang=actor.lang,
        query=query,
        alert=alert,
    )


def toast_nothing(work: Work, new_id: NewId, update: Update, actor: Actor) -> None:
    """Answers a tap without words, so that its button stops waiting."""
    query = update.callback_query
    if query is not None:
        work.letters.put(_answer(new_id(), actor, query.id, "", False, {}))
