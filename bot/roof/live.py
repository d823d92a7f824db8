"""The bot on Telegram, from the lock on its database to its last word."""

import asyncio
import os
import signal
from dataclasses import replace
from typing import Any, NoReturn

from bot.analysis.semantic import second_reader
from bot.domain.letter import Phrase
from bot.domain.second import Scope
from bot.roof.wiring import now, refuse, world
from bot.settings import BadSettings, Settings, load_or_make_key
from handlers.intake import Stop
from handlers.logs import set_up
from handlers.say.texts import in_both
from handlers.service import Service, World
from handlers.start import publish_menus
from storage.database import Database
from storage.lock import Running, hold
from storage.schema import BadDatabase, prepare

DISK = 74
"""The exit status of input and output that failed (sysexits)."""


def run(settings: Settings, token: str) -> int:
    """Runs until it is told to end; returns the exit status."""
    set_up(settings.log.level, [token])
    key, path = load_or_make_key(settings.storage.key_file), settings.storage.path
    try:
        with hold(path):
            prepare(path)
            database = Database(path, now, _disk_failed)
            if not database.bind(key):
                raise BadSettings("the key file is not the one of this database; restore it.")
            made = world(settings, token, database, key)
            second = second_reader(Scope(settings.reading.semantic))
            return asyncio.run(_serve(replace(made, second=second), database))
    except (BadDatabase, Running) as refused:
        return refuse(str(refused))


def _disk_failed() -> NoReturn:
    """Ends at once, as if power had failed: the next start knows only what is on the disk."""
    os._exit(refuse(in_both(Phrase("stop.disk")), DISK))


async def _serve(made: World, database: Database) -> int:
    _end_when_told(asyncio.current_task())
    service = None
    try:
        service = await Service.start(made)
        with database.work() as work:
            made.desks.privacy.begin(work)
            made.desks.digest.plan_all(work)
        menus = asyncio.ensure_future(publish_menus(service.bot))
        await service.run()
        await menus
    except Stop as stop:
        return refuse(in_both(Phrase(stop.key)), stop.code)
    except asyncio.CancelledError:
        return 0
    finally:
        if service is not None:
            await service.close()
        database.close()
    return 0


def _end_when_told(task: "asyncio.Task[Any] | None") -> None:
    """The first signal ends it in order, a second one at once; nothing is lost either way."""
    loop = asyncio.get_running_loop()

    def told(number: int) -> None:
        loop.remove_signal_handler(number)
        if task is not None:
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told, number)
