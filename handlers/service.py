"""The running bot: polling, intake, post and clock, side by side on one event loop."""

import asyncio
import functools
import logging
import ssl
import time
from dataclasses import dataclass
from functools import partial
from typing import Any
from warnings import filterwarnings

import httpx
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest, HTTPXRequest

from bot.domain.basics import Clock, MemoryTrouble, NewId, Pseudonym
from bot.domain.importing import Importer
from bot.domain.second import SecondReader
from bot.domain.talk import Reader
from handlers.census import Census
from handlers.clock import Ticker, scheduled
from handlers.desks import Desks
from handlers.door import register
from handlers.errors import on_error
from handlers.feature import Context, Feature, Home, Tools
from handlers.fetch import Fetcher
from handlers.intake import Intake, Poller, Stop
from handlers.intake.ahead import look_ahead
from handlers.intake.parse import Parser
from handlers.intake.second import SecondLoop
from handlers.intake.step import Stepper
from handlers.post import Post
from handlers.post.carry import Carrier
from handlers.post.pace import Pace, Sleep
from handlers.roll import Roll
from handlers.say.buttons import Seals
from handlers.say.texts import render
from handlers.standing import StandingBook
from handlers.store import Store
from handlers.watchdog import Pulse, watch

log = logging.getLogger(__name__)

PATIENCE = (0.2, 1.0, 5.0, 30.0)
"""Seconds between attempts while the database cannot be written to."""
HOME = Home()
BOT_MADE = "Please use 'Bot.getUpdates'"


@dataclass(frozen=True, slots=True)
class World:
    """Everything that comes in by the door."""

    token: str
    base_url: str
    store: Store
    desks: Desks
    features: tuple[Feature, ...]
    key: bytes
    pseudonym: Pseudonym
    clock: Clock
    new_id: NewId
    sleep: Sleep = asyncio.sleep
    home: Home = HOME
    request: BaseRequest | None = None
    hold: float = 10
    reader: Reader | None = None
    importer: Importer | None = None
    second: SecondReader | None = None


class Service:
    """One bot over one store; everything in it can be dropped and built again from the file."""

    def __init__(self, world: World, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        bot, seals = app.bot, Seals(world.key)
        self._world, self._app, self.bot = world, app, bot
        self.tools = _tools(world, bot.username)
        self.roll = Roll(world.features, seals, bot.username)
        self.post = Post(
            world.store,
            Carrier(bot, seals, bot.username),
            Pace(world.clock, world.sleep),
            self.roll.outcomes,
            self.tools,
            world.clock,
            world.sleep,
        )
        book = StandingBook(bot, world.clock)
        stepper = Stepper(
            world.store, app, world.pseudonym, world.new_id, world.home.lang, self.post.wake
        )
        self.intake = self._intake(stepper, book)
        self.second = self._second()
        self.census = Census(bot, world.store, world.clock)
        sorry = render(world.home.lang, world.home.zone, "refuse.not_kept", {}, plain=True)
        self.poller = Poller(
            bot, world.store, self.intake, world.clock, world.sleep, world.hold, sorry
        )
        self.ticker = Ticker(world.store, self.roll, self.tools, self.post.wake, book)
        self.pulse = Pulse(time.monotonic(), time.monotonic())
        self._arrived = asyncio.Event()
        app.bot_data["tools"] = self.tools

    def _intake(self, stepper: Stepper, book: StandingBook) -> Intake:
        world, bot = self._world, self.bot
        parser = Parser(world.store, self.roll, bot)
        fetch = Fetcher(bot, world.store, world.importer, self.tools, self.post.wake)
        ahead = partial(look_ahead, world.store, world.desks.hearing, world.reader)
        return Intake(world.store, parser, stepper, book, fetch, ahead)

    def _second(self) -> SecondLoop | None:
        world, handle = self._world, self.roll.found
        if world.second is None or handle is None:
            return None
        return SecondLoop(world.store, world.second, world.desks, handle, self.post)

    @classmethod
    async def start(cls, world: World) -> "Service":
        """Introduces the bot to Telegram and takes up where it left off. Raises `Stop`."""
        filterwarnings("ignore", message=BOT_MADE)
        app = _application(world)
        await _initialize(app, world.sleep)
        register(app)
        app.add_error_handler(on_error)
        service = cls(world, app)
        service.post.recover()
        service.poller.resume()
        return service

    async def settle(self) -> None:
        """Takes up what Telegram has and what is due, and says what there is to say."""
        while True:
            brought = await self.poller.once(0)
            await self.intake.settle()
            if self.second is not None:
                await self.second.settle()
            await self.census.take()
            await self.ticker.prepare(self._world.clock())
            done = self.ticker.tick(self._world.clock())
            await self.post.flush()
            if not brought and not done:
                return

    async def run(self, watched: bool = True) -> None:
        """Runs until something ends it. Raises `Stop`."""
        scheduler = scheduled(self.ticker, self._world.clock)
        scheduler.start()
        if watched:
            watch(self.pulse)
        log.info("ready as @%s", self.tools.username)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.poller.run(self._arrived.set, self.pulse.heard))
                tasks.create_task(self._work())
                tasks.create_task(self.post.run())
                tasks.create_task(self.census.run())
                if self.second is not None:
                    tasks.create_task(self.second.run())
        except* Stop as stops:
            raise stops.exceptions[0] from None
        finally:
            self.pulse.ended.set()
            scheduler.shutdown(wait=False)

    async def close(self) -> None:
        """Lets go of the connections to Telegram, and of the second reader."""
        if self._world.second is not None:
            await self._world.second.close()
        await self._app.shutdown()

    async def _work(self) -> None:
        """Handles what arrives; waits, with growing pauses, while nothing can be kept."""
        failures = 0
        while True:
            self._arrived.clear()
            try:
                await self.intake.drain(self.pulse.progressed)
                failures = 0
            except MemoryTrouble:
                self.pulse.progressed()
                await asyncio.sleep(PATIENCE[min(failures, len(PATIENCE) - 1)])
                failures += 1
                self.intake.rewind()
                continue
            self.pulse.progressed()
            try:
                await asyncio.wait_for(self._arrived.wait(), 1.0)
            except TimeoutError:
                continue


def _tools(world: World, username: str) -> Tools:
    return Tools(world.desks, world.new_id, username, world.home, world.reader, world.second)


def _application(world: World) -> Application[Any, Any, Any, Any, Any, Any]:
    """PTB without updater, persistence and job queue: those would forget."""
    builder = ApplicationBuilder().token(world.token).base_url(f"{world.base_url}/bot")
    builder = builder.base_file_url(f"{world.base_url}/file/bot")
    request, polling = (world.request,) * 2 if world.request else _requests()
    return (
        builder.request(request)
        .get_updates_request(polling)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(False)
        .context_types(ContextTypes(context=Context))
        .build()
    )


def _requests() -> tuple[BaseRequest, BaseRequest]:
    """Connections for what the bot says, and one for what it hears."""
    trusting = {"verify": _trusted()}
    return (
        HTTPXRequest(connection_pool_size=64, pool_timeout=10, httpx_kwargs=trusting),
        HTTPXRequest(connection_pool_size=1, httpx_kwargs=trusting),
    )


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates we believe; it takes a while to read them all."""
    return httpx.create_ssl_context()


async def _initialize(app: Application[Any, Any, Any, Any, Any, Any], sleep: Sleep) -> None:
    """getMe, again and again while Telegram cannot be reached. Raises `Stop` on a bad token."""
    for delay in (1.0, 2.0, 5.0, 10.0, 30.0):
        try:
            await app.initialize()
            return
        except InvalidToken:
            raise Stop("stop.token", 78) from None
        except RetryAfter:
            await sleep(delay)
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s)", type(error).__name__)
            await sleep(delay)
    raise Stop("stop.unreachable", 69)
