"""What Telegram says of a person's standing in a chat, asked before the work opens."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from types import MappingProxyType

from telegram import Bot, ChatMember, ChatMemberUpdated
from telegram.error import BadRequest

from bot.domain.basics import ChatId, Clock, MemberId
from bot.domain.people import Seen, Standing, Status
from handlers.errors import ANSWERS

KEPT = 10_000
_STATUS = {
    ChatMember.OWNER: Status.CREATOR,
    ChatMember.ADMINISTRATOR: Status.ADMINISTRATOR,
    ChatMember.MEMBER: Status.MEMBER,
    ChatMember.RESTRICTED: Status.RESTRICTED,
    ChatMember.LEFT: Status.LEFT,
    ChatMember.BANNED: Status.KICKED,
}


class StandingBook:
    """A cache of standings; a failed question is remembered as not known, which denies."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot, self._clock = bot, clock
        self._seen: dict[tuple[ChatId, MemberId], Seen] = {}

    def known(self, member: MemberId, chats: Iterable[ChatId], age: timedelta) -> Standing | None:
        """The standings, if all of them are young enough already."""
        now = self._clock()
        found = {chat: self._seen.get((chat, member)) for chat in chats}
        if any(_stale(seen, now, age) for seen in found.values()):
            return None
        return MappingProxyType({chat: seen for chat, seen in found.items() if seen})

    async def gather(self, member: MemberId, chats: Iterable[ChatId], age: timedelta) -> Standing:
        """The standings in these chats, asked of Telegram where ours are too old."""
        now, chats = self._clock(), tuple(chats)
        asked = [chat for chat in chats if _stale(self._seen.get((chat, member)), now, age)]
        await asyncio.gather(*(self._ask(chat, member) for chat in asked))
        return MappingProxyType(
            {chat: seen for chat in chats if (seen := self._seen.get((chat, member)))}
        )

    def note(self, change: ChatMemberUpdated) -> None:
        """Learns from a chat_member update, which is as old as Telegram says it is."""
        key = (ChatId(change.chat.id), MemberId(change.new_chat_member.user.id))
        at, known = min(change.date, self._clock()), self._seen.get(key)
        if known is None or known.at <= at:
            self._keep(key, _status(change.new_chat_member), at)

    async def _ask(self, chat: ChatId, member: MemberId) -> None:
        try:
            status: Status | None = _status(await self._bot.get_chat_member(chat, member))
        except BadRequest as error:
            absent = "not found" in error.message.lower()
            status = Status.LEFT if absent else None
        except ANSWERS:
            status = None
        self._keep((chat, member), status, self._clock())

    def _keep(self, key: tuple[ChatId, MemberId], status: Status | None, at: datetime) -> None:
        self._seen.pop(key, None)
        self._seen[key] = Seen(status, at)
        while len(self._seen) > KEPT:
            self._seen.pop(next(iter(self._seen)))


def _stale(seen: Seen | None, now: datetime, age: timedelta) -> bool:
    """Too old, or from a time that a clock set back has not reached again."""
    return seen is None or seen.status is None or not now - age <= seen.at <= now


def _status(member: ChatMember) -> Status | None:
    if member.status == ChatMember.RESTRICTED and not getattr(member, "is_member", True):
        return Status.LEFT
    return _STATUS.get(member.status)
