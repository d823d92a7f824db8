"""What is due, is done: a plain `tick`, driven by APScheduler or by a world's own time."""

import logging
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.basics import ChatId, Clock, MemberId, MemoryTrouble
from bot.domain.due import Due
from bot.domain.people import MAX_AGE, Need, Standing
from handlers.errors import caught
from handlers.feature import Tools
from handlers.roll import Roll
from handlers.standing import StandingBook
from handlers.store import FullWork, Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 5
TIDY_SECONDS = 60


class Ticker:
    """Does what is due, each duty once, in its own transaction."""

    def __init__(
        self,
        store: Store,
        roll: Roll,
        tools: Tools,
        after: Callable[[], None],
        book: StandingBook,
    ) -> None:
        self._store, self._roll, self._tools, self._after = store, roll, tools, after
        self._book = book
        self._standings: dict[Due, Standing] = {}

    async def prepare(self, now: datetime) -> None:
        """Asks Telegram what must be known of the authors of what is due by `now`."""
        self._standings.clear()
        with self._store.work() as work:
            due = work.dues.due(now)
            asked = [(one, self._whose(work, one)) for one in due if one.kind in self._roll.fresh]
        for duty, (member, chats) in asked:
            known = await self._book.gather(member, chats, MAX_AGE[Need.FRESH])
            self._standings[duty] = known

    def _whose(self, work: FullWork, duty: Due) -> tuple[MemberId, tuple[ChatId, ...]]:
        return self._roll.fresh[duty.kind].whose(work, self._tools.desks, duty.object)

    def tick(self, now: datetime) -> int:
        """Does everything due by `now`, in order; returns how much that was."""
        with self._store.work() as work:
            due = work.dues.due(now)
        done = sum(self._do(duty, now) for duty in due)
        if done:
            self._after()
        return done

    def next_at(self) -> datetime | None:
        """The moment of the next duty."""
        with self._store.work() as work:
            return work.dues.next_at()

    def tidy(self) -> None:
        """Lets words that were erased leave the write-ahead log too."""
        try:
            self._store.checkpoint()
        except MemoryTrouble:
            log.warning("the write-ahead log could not be emptied; it is tried again")

    def _do(self, duty: Due, now: datetime) -> bool:
        error = caught(lambda: self._whole(duty, now))
        if error is None:
            return True
        if isinstance(error, MemoryTrouble):
            raise error
        log.error("duty %s: %s", duty.kind, type(error).__name__)
        with self._store.work() as work:
            work.dues.failed(duty, type(error).__name__)
        return False

    def _whole(self, duty: Due, now: datetime) -> None:
        with self._store.work() as work:
            if not work.dues.claim(duty, now):
                return
            if duty.kind in self._roll.fresh:
                standing = self._standings.pop(duty, {})
                self._roll.fresh[duty.kind].run(work, self._tools.desks, duty.object, standing)
            else:
                self._roll.dues[duty.kind](work, self._tools.desks, duty.object)


def scheduled(ticker: Ticker, clock: Clock) -> AsyncIOScheduler:
    """A scheduler that ticks every few seconds and keeps no truth of its own."""

    async def tick() -> None:
        try:
            await ticker.prepare(clock())
            ticker.tick(clock())
        except MemoryTrouble:
            log.warning("duties wait: the database cannot be written to")

    async def tidy() -> None:
        ticker.tidy()

    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_job(tick, "interval", seconds=EVERY_SECONDS)
    scheduler.add_job(tidy, "interval", seconds=TIDY_SECONDS)
    return scheduler
