"""Sandbox and bot in one process on one clock: the demo in the browser, and headless weeks."""

import asyncio
import json
import secrets
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.roof.wiring import now, refuse, world
from bot.sandbox.api import Api
from bot.sandbox.clock import WorldClock
from bot.sandbox.demo import directing, scorecard
from bot.sandbox.inprocess import SandboxRequest
from bot.sandbox.serve import PortTaken, listening, serve, served, until_told
from bot.sandbox.week import OWNER, play
from bot.sandbox.world import World as Telegram
from bot.settings import Settings
from handlers.logs import set_up
from handlers.service import World
from handlers.stage import Stage
from storage.database import Database
from storage.schema import prepare

WEEK = timedelta(weeks=1)
TOKEN = "1000001:" + "demo" * 9


def sandbox(settings: Settings, port: int) -> int:
    """Only the stand-in for Telegram, until it is stopped."""
    set_up(settings.log.level, [])
    telegram = Telegram(WorldClock.running(), seed=secrets.randbits(32))
    try:
        serve(telegram, port=port)
    except PortTaken as refused:
        return refuse(str(refused))
    return 0


def browser(settings: Settings, port: int) -> int:
    """The demo in the browser, until it is stopped."""
    set_up("WARNING", [])
    try:
        listening(port).close()
        with TemporaryDirectory(prefix="linsheng-demo-") as folder:
            asyncio.run(until_told(_show(settings, Path(folder), port)))
    except PortTaken as refused:
        return refuse(str(refused))
    return 0


async def _show(settings: Settings, folder: Path, port: int) -> None:
    print("Playing a week of a small community ...", file=sys.stderr)
    stage, api = await _played(settings, folder, 1, 7)
    api.world.clock.run(1.0)
    async with served(api, port, directing(stage.restart, stage.forward)) as address:
        print(f"The page is at {address}/  (Ctrl+C ends it)", flush=True)
        await stage.live()


def headless(settings: Settings, weeks: int, seed: int, report: Path | None) -> int:
    """Plays weeks without a page; prints the scorecard, and writes it where asked to."""
    set_up("WARNING", [])
    with TemporaryDirectory(prefix="linsheng-demo-") as folder:
        card = asyncio.run(_scored(settings, Path(folder), weeks, seed))
    text = json.dumps(card, ensure_ascii=False, indent=1)
    print(text)
    if report is not None:
        try:
            report.mkdir(parents=True, exist_ok=True)
            (report / "scorecard.json").write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            return refuse(f"{report} cannot be written ({error.strerror}).")
    return 0


async def _scored(settings: Settings, folder: Path, weeks: int, seed: int) -> dict[str, Any]:
    stage, api = await _played(settings, folder, weeks, seed)
    card = scorecard(api.world) | stage.counts()
    await stage.close()
    return card


async def _played(settings: Settings, folder: Path, weeks: int, seed: int) -> tuple[Stage, Api]:
    """World and bot on one clock, after so many weeks of play that end now."""
    telegram = Telegram(WorldClock(now() - weeks * WEEK), seed)
    api, key, path = Api(telegram), secrets.token_bytes(32), folder / "demo.db"
    prepare(path)
    owned = settings.owner.model_copy(update={"id": OWNER})
    settings = settings.model_copy(update={"owner": owned})

    def made() -> World:
        fresh = world(settings, TOKEN, Database(path, telegram.now), key)
        return replace(fresh, clock=telegram.now, request=SandboxRequest(api))

    stage = Stage(made, telegram.advance)
    await stage.start()
    await play(telegram, api.bot(TOKEN), stage.pump, stage.next_due, weeks, seed)
    return stage, api
