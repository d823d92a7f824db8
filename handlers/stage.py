"""The bot on a stage: played fast at first, then live, and restarted while people look on."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.letter import State
from handlers.service import Service, World
from handlers.start import publish_menus

Made = Callable[[], World]
BREATH, BREATHS = 0.05, 60
"""Seconds between two looks at what was just due and is being said, and how many looks."""


class Stage:
    """One bot that can be dropped and built again from its file."""

    def __init__(self, made: Made, advance: Callable[[float], None]) -> None:
        self._made, self._advance = made, advance
        self._playing = True
        self._task: asyncio.Task[None] | None = None
        self.service: Service
        self.world: World

    async def start(self) -> None:
        """Builds the bot."""
        self.world = replace(self._made(), sleep=self._sleep)
        self.service = await Service.start(self.world)
        with self.world.store.work() as work:
            self.world.desks.privacy.begin(work)
            self.world.desks.digest.plan_all(work)
        await publish_menus(self.service.bot)

    async def pump(self) -> None:
        """The bot takes up everything there is."""
        await self.service.settle()

    def next_due(self) -> datetime | None:
        """When the bot's clock has something to do next."""
        return self.service.ticker.next_at()

    async def live(self) -> None:
        """From now on in real time, until cancelled."""
        self._playing = False
        self._task = asyncio.ensure_future(self.service.run(watched=False))
        await asyncio.Event().wait()

    async def restart(self) -> None:
        """Drops every object and builds the bot again from its file."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self.close()
        await self.start()
        self._task = asyncio.ensure_future(self.service.run(watched=False))

    async def forward(self, seconds: float) -> None:
        """Time passes while people look on; what is due on the way is done at its moment."""
        end = self.world.clock() + timedelta(seconds=seconds)
        while (due := self.next_due()) is not None and due <= end:
            self._advance(max(0.0, (due - self.world.clock()).total_seconds()))
            self.service.ticker.tick(self.world.clock())
            await self._said()
        self._advance(max(0.0, (end - self.world.clock()).total_seconds()))

    async def _said(self) -> None:
        """Waits until what may be said now has been said, or for a while."""
        for _ in range(BREATHS):
            await asyncio.sleep(BREATH)
            with self.world.store.work() as work:
                ready, taps, _ = work.letters.lanes()
            if not ready and not taps:
                return

    async def close(self) -> None:
        """Lets go of the file."""
        await self.service.close()
        self.world.store.close()

    def counts(self) -> dict[str, int]:
        """What the bot itself can say of the time that was played."""
        with self.world.store.work() as work:
            return {
                "updates_done": work.arrivals.count("done"),
                "updates_quarantined": work.arrivals.count("quarantined"),
                "letters_sent": work.letters.count(State.SENT),
                "letters_failed": work.letters.count(State.FAILED),
                "letters_uncertain": work.letters.count(State.UNCERTAIN),
            }

    async def _sleep(self, seconds: float) -> None:
        if self._playing:
            self._advance(seconds)
        else:
            await asyncio.sleep(seconds)
