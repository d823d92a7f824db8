"""What is said in groups: heard, edited, liked."""

import re

from telegram import Message, ReactionTypeEmoji, Update

from bot.domain.basics import ChatId, MemberId
from bot.domain.hearing import Words
from bot.domain.people import Sender
from bot.domain.question import Said
from bot.domain.second import Health, Scope
from handlers.feature import Context, Entry, Feature
from handlers.sender import member_of, words_of

_ASKED = re.compile(
    r"^\s*(?:[/／](?:ask|check)(?:@\w+)?\s+|(?:提问|提問|问一下|报修|報修|求证|求證)\s*[:：]\s*)"
)
"""What stands before a question that was asked outright; it is no part of it."""
LIKES = frozenset({"👍", "🙏", "❤", "👌", "👏"})


async def heard(update: Update, context: Context) -> None:
    """Somebody wrote in a group, and nobody was asked by it."""
    _hear(context, update.message, edited=False)


async def edited(update: Update, context: Context) -> None:
    """Somebody changed what they wrote; a command that was changed is not carried out."""
    _hear(context, update.edited_message, edited=True)


def _hear(context: Context, message: Message | None, edited: bool) -> None:
    reader = context.tools.reader
    if message is None or reader is None:
        return
    words = spoken(message, context.actor.sender, edited)
    if words is not None:
        context.desks.hearing.hear(context.work, words, reader, _scope(context))


def spoken(message: Message, sender: Sender, edited: bool = False) -> Words | None:
    """What somebody said in a group, ready to be read; None where no person said anything."""
    anonymous = sender is Sender.ANONYMOUS_ADMIN
    text = words_of(message)
    if not text.strip() or not (anonymous or sender is Sender.RESIDENT):
        return None
    replied = message.reply_to_message
    return Words(
        said_of(message),
        MemberId(0) if anonymous else member_of(message.from_user),
        _ASKED.sub("", text) if edited else text,
        None if replied is None else replied.message_id,
        message.forward_origin is not None,
        edited,
        anonymous,
        None if edited else message.date,
    )


def _scope(context: Context) -> Scope:
    """Which texts a second reader would take just now."""
    second = context.tools.second
    return Scope.OFF if second is None or second.health is not Health.ON else second.scope


def said_of(message: Message) -> Said:
    """Where a message stands, and in which topic."""
    topic = message.message_thread_id if message.is_topic_message else None
    return Said(ChatId(message.chat.id), message.message_id, topic)


async def reacted(update: Update, context: Context) -> None:
    """The asker's 👍 on the answer says that it is solved."""
    change = update.message_reaction
    if change is None or change.user is None:
        return
    given = {one.emoji for one in change.new_reaction if isinstance(one, ReactionTypeEmoji)}
    if not given & LIKES:
        return
    member, chat = MemberId(change.user.id), ChatId(change.chat.id)
    matter = context.desks.answers.latest_answered(context.work, member, chat)
    if matter is None:
        return
    about = context.work.letters.about_message(chat, change.message_id)
    if about == f"question:{matter.id}" or matter.fact("reply") == str(change.message_id):
        context.desks.answers.thanked(context.work, matter)


FEATURE = Feature(
    events={"talk": Entry(heard), "edited": Entry(edited), "reaction": Entry(reacted)}
)
