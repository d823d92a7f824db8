"""How many people a group has, without bots, as far as Telegram tells; asked a few times a day."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

from telegram import Bot

from bot.domain.basics import Clock, MemoryTrouble
from bot.domain.community import Group, GroupState
from handlers.errors import ANSWERS
from handlers.store import Store

log = logging.getLogger(__name__)

AGE, PAUSE = timedelta(hours=6), 300.0


class Census:
    """Counts members: all, less the bots among the administrators and ourselves."""

    def __init__(self, bot: Bot, store: Store, clock: Clock) -> None:
        self._bot, self._store, self._clock = bot, store, clock

    async def run(self) -> None:
        """Counts for ever."""
        while True:
            try:
                await self.take()
            except MemoryTrouble:
                log.warning("members were not counted: the database cannot be written to")
            await asyncio.sleep(PAUSE)

    async def take(self) -> None:
        """Counts every group whose number is too old."""
        for group in self._old():
            try:
                people = await self._count(group)
            except ANSWERS as error:
                log.info("a group was not counted (%s)", type(error).__name__)
                people = group.members or 0
            with self._store.work() as work:
                known = work.communities.group(group.chat)
                if known is not None:
                    kept = people or known.members
                    work.communities.put_group(replace(known, members=kept, counted_at=work.now))

    async def _count(self, group: Group) -> int:
        everyone = await self._bot.get_chat_member_count(group.chat)
        admins = await self._bot.get_chat_administrators(group.chat)
        bots = {one.user.id for one in admins if one.user.is_bot} | {self._bot.id}
        return max(0, everyone - len(bots))

    def _old(self) -> list[Group]:
        now = self._clock()
        with self._store.work() as work:
            return [
                group
                for community in work.communities.all()
                for group in work.communities.groups(community.id)
                if group.state is GroupState.ACTIVE
                and (group.counted_at is None or now - group.counted_at >= AGE)
            ]
