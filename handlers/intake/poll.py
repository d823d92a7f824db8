"""Long polling: what Telegram sends is kept durably before the next request confirms it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.domain.basics import Clock, MemoryTrouble
from handlers.errors import ANSWERS
from handlers.intake.order import Intake
from handlers.store import Store

log = logging.getLogger(__name__)

ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "poll",
    "poll_answer",
    "message_reaction",
)
LIMIT, HOLD = 100, 10
BACKLOG = 2_000
CONFLICT_PATIENCE = timedelta(seconds=30)
ID_MEMORY = timedelta(days=6)
"""After a week of silence Telegram begins a new sequence of ids; we ask anew before that."""
DELAYS = (1.0, 2.0, 5.0, 10.0, 30.0)


class Stop(Exception):
    """The bot cannot go on and says why: `key` names a text, `code` is the exit status."""

    def __init__(self, key: str, code: int) -> None:
        super().__init__(key)
        self.key, self.code = key, code


class Poller:
    """Asks Telegram for updates, one request after the other."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        intake: Intake,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
        hold: float = HOLD,
        sorry: str = "",
    ) -> None:
        self._bot, self._store, self._intake = bot, store, intake
        self._clock, self._sleep, self._hold = clock, sleep, hold
        self._offset: int | None = None
        self._sorry = sorry
        self._last_update = self.last_success = clock()
        self._conflict_since: datetime | None = None
        self._failures = 0

    def resume(self) -> None:
        """Continues behind the newest update that is kept."""
        with self._store.work() as work:
            newest = work.arrivals.newest()
        self._offset = None if newest is None else newest + 1

    async def run(self, kept: Callable[[], None], heard: Callable[[], None]) -> None:
        """Polls for ever. Raises `Stop` when Telegram will not have us any more."""
        while True:
            before = self.last_success
            if await self.once(self._hold):
                kept()
            if self.last_success != before:
                heard()
            while self._backlog() > BACKLOG:
                kept()
                await asyncio.sleep(0.05)

    async def once(self, hold: float) -> int:
        """One request; returns how many updates it brought and kept."""
        updates: list[dict[str, Any]] = []
        try:
            updates = await self._ask(hold)
            self._intake.keep(updates)
        except MemoryTrouble:
            self.last_success = self._clock()
            await self._apologise(updates)
            await self._wait("the database cannot be written to")
            return 0
        except (InvalidToken, EndPointNotFound):
            raise Stop("stop.token", 78) from None
        except Conflict:
            await self._conflict()
            return 0
        except RetryAfter as error:
            await self._sleep(_seconds(error))
            return 0
        except TelegramError as error:
            await self._wait(type(error).__name__)
            return 0
        self._confirm([int(update["update_id"]) for update in updates])
        return len(updates)

    async def _ask(self, hold: float) -> list[dict[str, Any]]:
        """The raw updates behind our offset. An answer of the wrong shape counts as none."""
        asked = {"limit": LIMIT, "timeout": hold, "allowed_updates": list(ALLOWED)}
        if self._offset is not None and self._clock() - self._last_update < ID_MEMORY:
            asked["offset"] = self._offset
        try:
            answer: Any = await self._bot.do_api_request(
                "getUpdates", api_kwargs=asked, read_timeout=hold + 5
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise TelegramError("an answer without a result") from error
        found = [update for update in answer if _has_id(update)] if _is_list(answer) else []
        if answer != [] and not found:
            raise TelegramError("an answer of the wrong shape")
        return found

    async def _apologise(self, updates: list[dict[str, Any]]) -> None:
        """Whoever tapped learns that nothing was noted; the tap itself comes again later."""
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                with suppress(*ANSWERS):
                    await self._bot.answer_callback_query(query["id"], self._sorry, True)

    def _confirm(self, ids: list[int]) -> None:
        """From now on the next request confirms these."""
        self.last_success = self._clock()
        self._conflict_since, self._failures = None, 0
        if not ids:
            return
        if self._offset is not None and min(ids) < self._offset:
            self._intake.rewind()
        self._last_update, self._offset = self.last_success, max(ids) + 1

    async def _conflict(self) -> None:
        """Somebody else polls with our token: a moment of it is normal after a restart."""
        now = self._clock()
        self._conflict_since = self._conflict_since or now
        if now - self._conflict_since >= CONFLICT_PATIENCE:
            raise Stop("stop.conflict", 75)
        log.warning("another program is asking for this bot's updates")
        await self._sleep(DELAYS[2])

    async def _wait(self, why: str) -> None:
        delay = DELAYS[min(self._failures, len(DELAYS) - 1)]
        self._failures += 1
        log.warning("no updates: %s; trying again in %.0f s", why, delay)
        await self._sleep(delay)

    def _backlog(self) -> int:
        with suppress(MemoryTrouble), self._store.work() as work:
            return work.arrivals.pending()
        return 0


def _is_list(answer: object) -> bool:
    return isinstance(answer, list)


def _has_id(update: object) -> bool:
    """Whether an update bears a number that can be kept and confirmed."""
    id = update.get("update_id") if isinstance(update, dict) else None
    return type(id) is int and 0 <= id < 1 << 63


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
