"""Takes texts to the second reader, and what it finds into a transaction of its own."""

import asyncio
import logging

from bot.domain.basics import MemoryTrouble, Refusal
from bot.domain.second import Asked, SecondReader
from bot.domain.second.values import EMPTIED, Awaited, Found
from handlers.desks import Desks
from handlers.errors import caught
from handlers.feature import FoundHandler
from handlers.post import Post
from handlers.store import Store, Wait

log = logging.getLogger(__name__)

PAUSE = 1.0
ATTEMPTS = 3


class SecondLoop:
    """The texts wait in the store, so that a restart goes on where this one was."""

    def __init__(
        self, store: Store, reader: SecondReader, desks: Desks, run: FoundHandler, post: Post
    ) -> None:
        self._store, self._reader, self._desks = store, reader, desks
        self._handle, self._post = run, post

    async def run(self) -> None:
        """For ever; looks every second, or goes on at once while something waits."""
        while True:
            try:
                if await self.once():
                    continue
            except MemoryTrouble:
                log.warning("second readings wait: the database cannot be written to")
            await asyncio.sleep(PAUSE)

    async def settle(self) -> None:
        """Returns when nothing waits any more."""
        while await self.once():
            pass

    async def once(self) -> bool:
        """Takes up one text; false where none waits."""
        with self._store.work() as work:
            work.waits.expire(work.now - EMPTIED)
            wait = work.waits.first()
        if wait is None:
            return False
        if wait.found is None:
            await self._ask(wait)
        else:
            self._step(wait.id, wait.awaited, wait.found)
        return True

    async def _ask(self, wait: Wait) -> None:
        """Outside any transaction; what comes back is kept before anything is done with it."""
        asked = self._asked(wait)
        found = None if asked is None else await self._reader.ask(asked)
        with self._store.work() as work:
            if found is None:
                work.waits.done(wait.id)
            else:
                work.waits.answered(wait.id, wait.awaited, found)

    def _asked(self, wait: Wait) -> Asked | None:
        """What is to be asked; nothing where that fails, and then the text is let go."""
        asked: list[Asked | None] = []

        def prepare() -> None:
            with self._store.work() as work:
                asked.append(self._desks.second.asked(work, wait.awaited))

        error = caught(prepare)
        if isinstance(error, MemoryTrouble):
            raise error
        if error is not None:
            log.error("second reading %d: %s", wait.id, type(error).__name__)
        return asked[0] if asked and error is None else None

    def _step(self, id: int, awaited: Awaited, found: Found) -> None:
        for _ in range(ATTEMPTS):
            error = caught(lambda: self._whole(id, awaited, found))
            if isinstance(error, MemoryTrouble):
                raise error
            if error is None:
                self._post.wake()
                return
            if isinstance(error, Refusal):
                break
            log.error("second reading %d: %s", id, type(error).__name__)
        with self._store.work() as work:
            work.waits.done(id)

    def _whole(self, id: int, awaited: Awaited, found: Found) -> None:
        with self._store.work() as work:
            if work.waits.done(id):
                self._handle(work, self._desks, awaited, found)
