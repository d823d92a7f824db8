"""Looking after the bot from the command line: doctor, migrate, backup, restore, verify."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from telegram import Bot

from bot.analysis.semantic import second_reader
from bot.domain.basics import MemberId
from bot.domain.doctor import Finding, Level
from bot.domain.second import Asked, Health, Scope, SecondReader
from bot.domain.talk import Message
from bot.roof.wiring import desks, now, refuse
from bot.settings import Settings, load_or_make_key
from handlers.doctor import examine
from handlers.logs import set_up
from handlers.say.texts import in_both
from storage import care
from storage.database import Database
from storage.lock import Running
from storage.schema import BadDatabase, current

MARKS = {Level.OK: "ok", Level.WARN: "look", Level.BAD: "BAD"}


def doctor(settings: Settings) -> int:
    """Looks at everything; exit status 1 where something is wrong, 2 without a database."""
    token = settings.telegram.token
    set_up(settings.log.level, [] if token is None else [token.get_secret_value()])
    database, trouble = _opened(settings)
    found = asyncio.run(_examined(settings, database))
    for one in found:
        print(f"{MARKS[one.level]:5} {in_both(one.said())}")
    if database is None:
        return refuse(trouble)
    database.close()
    return int(any(one.level is Level.BAD for one in found))


def _opened(settings: Settings) -> tuple[Database | None, str]:
    """The database, or why it cannot be looked into; nothing is made or changed here."""
    try:
        current(settings.storage.path)
    except BadDatabase as refused:
        return None, str(refused)
    return Database(settings.storage.path, now), ""


async def _examined(settings: Settings, database: Database | None) -> list[Finding]:
    token = settings.telegram.token
    second = await tried(second_reader(Scope(settings.reading.semantic)))
    if token is None:
        return await examine(None, database, now(), second=second)
    address = settings.telegram.api_base_url
    bot = Bot(token.get_secret_value(), base_url=f"{address}/bot")
    return await examine(bot, database, now(), address, second)


async def tried(reader: SecondReader) -> Health:
    """How the second reader is doing, after it was asked something."""
    asked = Asked(Message("几点供暖？"), (("", "暖气啥时候来"),))
    found = await reader.ask(asked)
    await reader.close()
    silent = found is None and reader.health is Health.ON
    return Health.GAVE_UP if silent else reader.health


def migrate(settings: Settings) -> int:
    """Brings the database to this version."""
    return _cared(lambda: care.migrate(settings.storage.path, _progress("migrating")))


def backup(settings: Settings, to: Path | None) -> int:
    """Writes a checked copy of the database, also while the bot runs."""
    kept = settings.storage
    file = to or kept.backup_dir / f"linsheng-{now():%Y%m%d-%H%M%S}.db"
    return _cared(lambda: care.backup(kept.path, file, _progress("copying")))


def restore(settings: Settings, source: Path) -> int:
    """Puts a backup in the place of the database, and erases again who was erased."""

    def restored() -> str:
        care.whole(source)
        key = load_or_make_key(settings.storage.key_file)
        privacy = desks(settings, key).privacy

        def erase(database: Database, member: MemberId) -> None:
            with database.work() as work:
                privacy.erase(work, member)

        path, show = settings.storage.path, _progress("restoring")
        return care.restore(source, path, key, erase, show)

    return _cared(restored)


def verify(settings: Settings) -> int:
    """Checks the database and its hash chain."""
    return _cared(lambda: care.verify(settings.storage.path, _progress("checking")))


def _cared(work: Callable[[], object]) -> int:
    try:
        print(work())
    except (BadDatabase, Running) as refused:
        return refuse(str(refused))
    return 0


def _progress(doing: str) -> Callable[[int, int], None]:
    """Shows how far something is, where somebody looks at a terminal."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "" if done < total else "\n"
            print(f"\r{doing} {100 * done // max(total, 1):3d} %", end=end, file=sys.stderr)

    return show
