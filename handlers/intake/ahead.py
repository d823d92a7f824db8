"""Tells the reader what it reads next, so that it may look at many texts in one go."""

from collections.abc import Iterable, Sequence

from telegram import Update

from bot.domain.basics import ChatId, MemberId
from bot.domain.community import GroupState
from bot.domain.people import Sender
from bot.domain.talk import Message as Said
from bot.domain.talk import Reader
from handlers.sender import member_of, sender_of, words_of
from handlers.store import FullWork, Store

COMMAND = ("/", "／")


def look_ahead(store: Store, reader: Reader | None, updates: Sequence[Update]) -> None:
    """Names the talk of people who are read, and nothing else."""
    if reader is None:
        return
    said = [update.message for update in updates if update.message and _speaks(update)]
    unread: dict[int, frozenset[MemberId]] = {}
    if said:
        with store.work() as work:
            unread = _unread(work, {message.chat.id for message in said})
    heard = [
        one
        for one in said
        if one.chat.id in unread and member_of(one.from_user) not in unread[one.chat.id]
    ]
    reader.ahead([Said(words_of(one), one.forward_origin is not None) for one in heard])


def _speaks(update: Update) -> bool:
    talks = sender_of(update) in (Sender.RESIDENT, Sender.ANONYMOUS_ADMIN)
    return talks and not words_of(update.message).startswith(COMMAND)


def _unread(work: FullWork, chats: Iterable[int]) -> dict[int, frozenset[MemberId]]:
    """The groups that are listened to, each with the people who are not to be read."""
    groups = {chat: work.communities.group(ChatId(chat)) for chat in chats}
    return {
        chat: work.people.unread(group.community)
        for chat, group in groups.items()
        if group is not None and group.community is not None and group.state is GroupState.ACTIVE
    }
