"""The order in which waiting updates are done: strictly by chat, no chat waiting for another."""

import asyncio
import json
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.domain.basics import MemoryTrouble
from bot.domain.people import MAX_AGE, Actor, Need, Standing
from handlers.errors import caught
from handlers.intake.parse import Parsed, Parser
from handlers.intake.step import Stepper
from handlers.standing import StandingBook
from handlers.store import Store, Waiting

log = logging.getLogger(__name__)

PAGE, TOGETHER = 200, 50
UNINTERRUPTED = 0.003
"""Seconds after which taps and letters get their turn."""
Fetch = Callable[[Update], Awaitable[object]]
"""Brings from Telegram what an update names, before its work is opened; never raises."""

Ahead = Callable[[Sequence[Update]], None]
"""Hears which updates are taken up next."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One arrival and the update in it, or why there is none."""

    arrival: Waiting
    update: Update | None
    error: BaseException | None = None


class Intake:
    """Takes up what waits; an update whose sender must be looked up first holds only its chat."""

    def __init__(
        self,
        store: Store,
        parser: Parser,
        stepper: Stepper,
        book: StandingBook,
        fetch: Fetch,
        ahead: Ahead,
    ) -> None:
        self._store, self._parser, self._stepper = store, parser, stepper
        self._book, self._fetch, self._ahead = book, fetch, ahead
        self._queues: dict[int, deque[Opened]] = defaultdict(deque)
        self._gathering: dict[int, asyncio.Task[None]] = {}
        self._cursor = -1
        self.handled = 0

    def keep(self, updates: Iterable[dict[str, Any]]) -> None:
        """Keeps a batch as one commit; only then may it be confirmed to Telegram."""
        raws = [(int(update["update_id"]), json.dumps(update)) for update in updates]
        with self._store.work() as work:
            work.arrivals.keep(raws)

    async def drain(self, moved: Callable[[], None] = lambda: None) -> int:
        """Takes up everything that waits now; returns how many updates that was.

        `moved` hears of every page, so that a long way is not taken for a standstill.
        """
        taken, loop = 0, asyncio.get_running_loop()
        since = loop.time()
        while page := self._page():
            for start in range(0, len(page), TOGETHER):
                for opened in self._open(page[start : start + TOGETHER]):
                    self._cursor = opened.arrival.id
                    self._take(opened)
                    taken += 1
                    if loop.time() - since > UNINTERRUPTED:
                        await asyncio.sleep(0)
                        since = loop.time()
            moved()
        if taken:
            self._look_ahead(())
        return taken

    def _open(self, arrivals: Sequence[Waiting]) -> list[Opened]:
        """Opens some at once: what has just run runs much faster than what has not."""
        opened = [self._opened(arrival) for arrival in arrivals]
        self._look_ahead([one.update for one in opened if one.update is not None])
        return opened

    def _look_ahead(self, updates: Sequence[Update]) -> None:
        """Nothing rests on it; what goes wrong here is caught once more in its step."""
        error = caught(lambda: self._ahead(updates))
        if isinstance(error, MemoryTrouble):
            raise error
        if error is not None:
            log.error("looking ahead: %s", type(error).__name__)

    def _opened(self, arrival: Waiting) -> Opened:
        found: list[Update] = []
        error = caught(lambda: found.append(self._parser.opened(arrival.raw)))
        return Opened(arrival, found[0] if found else None, error)

    async def settle(self) -> None:
        """Returns when nothing waits and nothing is under way any more."""
        while await self.drain() or self._gathering:
            if self._gathering:
                await asyncio.wait(set(self._gathering.values()))

    def rewind(self) -> None:
        """Looks again at everything undone; what is done already is passed over by its step."""
        self._cursor = -1

    def _page(self) -> list[Waiting]:
        with self._store.work() as work:
            return list(work.arrivals.waiting(self._cursor, PAGE))

    def _take(self, opened: Opened) -> None:
        found: list[Parsed] = []
        arrival, update, error = opened.arrival, opened.update, opened.error
        if update is not None:
            error = caught(lambda: found.append(self._parser.parse(update)))
        if isinstance(error, MemoryTrouble):
            raise error
        if error is not None:
            self._stepper.failed(arrival.id, error, limit=1)
            return
        parsed = found[0]
        if parsed.update.chat_member is not None:
            self._book.note(parsed.update.chat_member)
        if parsed.lane in self._gathering:
            self._queues[parsed.lane].append(opened)
        else:
            self._decide(arrival, parsed)

    def _decide(self, arrival: Waiting, parsed: Parsed) -> None:
        """Does it at once, or first asks Telegram for the standings it needs."""
        fetch = parsed.found is not None and parsed.found.entry.fetch
        if fetch:
            self._gathering[parsed.lane] = asyncio.ensure_future(self._look_up(arrival, parsed))
            return
        if parsed.need is Need.NONE or not parsed.chats:
            self._step(arrival, parsed, Actor(parsed.member, parsed.sender))
            return
        known = self._book.known(parsed.member, parsed.chats, MAX_AGE[parsed.need])
        if known is not None:
            self._step(arrival, parsed, Actor(parsed.member, parsed.sender, standing=known))
            return
        self._gathering[parsed.lane] = asyncio.ensure_future(self._look_up(arrival, parsed))

    async def _look_up(self, arrival: Waiting, parsed: Parsed) -> None:
        try:
            standing, brought = await self._asked(parsed)
        finally:
            del self._gathering[parsed.lane]
        actor = Actor(parsed.member, parsed.sender, standing=standing)
        try:
            self._step(arrival, parsed, actor, brought)
            self._catch_up(parsed.lane)
        except MemoryTrouble:
            self._queues.pop(parsed.lane, None)
            self.rewind()

    async def _asked(self, parsed: Parsed) -> tuple[Standing, object]:
        standing: Standing = {}
        if parsed.need is not Need.NONE:
            age = MAX_AGE[parsed.need]
            standing = await self._book.gather(parsed.member, parsed.chats, age)
        if parsed.found is not None and parsed.found.entry.fetch:
            return standing, await self._fetch(parsed.update)
        return standing, None

    def _catch_up(self, lane: int) -> None:
        """Takes up what queued behind a look-up, until the next one needs a look-up too."""
        queue = self._queues.pop(lane, deque())
        while queue:
            self._take(queue.popleft())
            if lane in self._gathering:
                self._queues[lane].extendleft(reversed(queue))
                return

    def _step(
        self, arrival: Waiting, parsed: Parsed, actor: Actor, brought: object = None
    ) -> None:
        self._stepper.step(arrival, parsed, actor, brought)
        self.handled += 1
