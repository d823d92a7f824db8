"""The roof: the command line, and the wiring of everything below it. Nobody imports it."""

import argparse
import asyncio
import json
import os
import secrets
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bot.domain.basics import pseudonyms
from bot.settings import BadSettings, Settings, load, load_or_make_key

if TYPE_CHECKING:
    from bot.domain.basics import MemberId
    from bot.domain.doctor import Finding
    from bot.sandbox.api import Api
    from handlers.desks import Desks
    from handlers.service import World
    from handlers.stage import Stage
    from storage.database import Database

REFUSED = 2
WEEK = timedelta(weeks=1)
DEMO_TOKEN = "1000001:" + "demo" * 9
CONFIG = Path("config.toml")
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    asked = parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except BadSettings as refused:
        return _refuse(str(refused))
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The commands and their options, each with an example."""
    whole = argparse.ArgumentParser(
        prog="linsheng", description="邻声: a chat-group bot for a residential community."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (run_it, does, example, options) in COMMANDS.items():
        one = commands.add_parser(
            name, help=does, description=f"{does}.", epilog=f"example: linsheng {example}"
        )
        one.add_argument("--config", type=Path, help="the settings file (config.toml)")
        for flag, how in options.items():
            one.add_argument(flag, **how)
        one.set_defaults(run=run_it)
    return whole


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 520:
        raise ValueError(text)
    return count


def run(asked: argparse.Namespace) -> int:
    """The bot on Telegram, or the demo where there is no token."""
    settings = _settings(asked)
    if settings.telegram.token is None:
        return _demo(settings, settings.demo.port)
    return _on_telegram(settings, settings.telegram.token.get_secret_value())


def _settings(asked: argparse.Namespace) -> Settings:
    if asked.config not in (None, CONFIG) and not asked.config.exists():
        raise BadSettings(f"{asked.config} does not exist; name a settings file, or none.")
    return load(asked.config or CONFIG, os.environ)


def _on_telegram(settings: Settings, token: str) -> int:
    from handlers.logs import set_up
    from storage.database import Database
    from storage.lock import Running, hold
    from storage.schema import BadDatabase, prepare

    set_up(settings.log.level, [token])
    key, path = load_or_make_key(settings.storage.key_file), settings.storage.path
    try:
        with hold(path):
            prepare(path)
            database = Database(path, now)
            if not database.bind(key):
                raise BadSettings("the key file is not the one of this database; restore it.")
            world = _world(settings, token, database, key)
            return asyncio.run(_serve(world, database))
    except (BadDatabase, Running) as refused:
        return _refuse(str(refused))


async def _serve(world: "World", database: "Database") -> int:
    from bot.domain.letter import Phrase
    from handlers.intake import Stop
    from handlers.say.texts import in_both
    from handlers.service import Service
    from handlers.start import publish_menus

    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _cancel, task)
    service = None
    try:
        service = await Service.start(world)
        with database.work() as work:
            world.desks.privacy.begin(work)
        await publish_menus(service.bot)
        await service.run()
    except Stop as stop:
        return _refuse(in_both(Phrase(stop.key)), stop.code)
    except asyncio.CancelledError:
        return 0
    finally:
        if service is not None:
            await service.close()
        database.close()
    return 0


def _cancel(task: "asyncio.Task[Any] | None") -> None:
    if task is not None:
        task.cancel()


def _desks(settings: Settings, key: bytes) -> "Desks":
    from handlers.desks import Choices, desks_of

    community = settings.community
    chosen = Choices(
        settings.owner.id, community.timezone, settings.storage.retention_days, community.k
    )
    return desks_of(new_id, pseudonyms(key), chosen)


def _world(settings: Settings, token: str, store: "Database", key: bytes) -> "World":
    """The bot as it is put together, for Telegram and for the demo alike."""
    from handlers import ROLL
    from handlers.feature import Home
    from handlers.service import World

    return World(
        token=token,
        base_url=settings.telegram.api_base_url,
        store=store,
        desks=_desks(settings, key),
        features=ROLL,
        key=key,
        pseudonym=pseudonyms(key),
        clock=now,
        new_id=new_id,
        home=Home(settings.community.language, settings.community.timezone),
    )


def now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


def new_id() -> str:
    """Ten random letters and digits."""
    return secrets.token_hex(5)


def _refuse(line: str, code: int = REFUSED) -> int:
    print(f"linsheng: {line}", file=sys.stderr)
    return code


def sandbox(asked: argparse.Namespace) -> int:
    """The stand-in for Telegram, until it is stopped."""
    from bot.sandbox.api import Api
    from bot.sandbox.clock import WorldClock
    from bot.sandbox.serve import PortTaken, serve
    from bot.sandbox.world import World as Telegram
    from handlers.logs import set_up

    set_up(_settings(asked).log.level, [])
    telegram = Telegram(WorldClock.running(), seed=secrets.randbits(32))

    def ready(address: str) -> None:
        print(
            f"The sandbox listens on {address} (page: {address}/, control: {address}/sandbox/docs)"
        )

    try:
        asyncio.run(serve(Api(telegram, paced=True), asked.port, ready))
    except PortTaken as refused:
        return _refuse(str(refused))
    return 0


def demo(asked: argparse.Namespace) -> int:
    """A small community to try the bot on, in the browser or headless."""
    settings = _settings(asked)
    if asked.headless:
        return _headless(settings, asked)
    return _demo(settings, settings.demo.port if asked.port is None else asked.port)


def doctor(asked: argparse.Namespace) -> int:
    """Looks at everything that may be wrong; exit status 1 where something is."""
    from bot.domain.doctor import Level
    from handlers.say.texts import in_both

    settings = _settings(asked)
    found = asyncio.run(_examine(settings))
    marks = {Level.OK: "ok", Level.WARN: "look", Level.BAD: "BAD"}
    for one in found:
        print(f"{marks[one.level]:5} {in_both(one.said())}")
    return int(any(one.level is Level.BAD for one in found))


async def _examine(settings: Settings) -> "list[Finding]":
    from telegram import Bot

    from handlers.doctor import examine
    from storage.database import Database
    from storage.schema import prepare

    prepare(settings.storage.path)
    database = Database(settings.storage.path, now)
    token = settings.telegram.token
    if token is None:
        return await examine(None, database, now())
    bot = Bot(token.get_secret_value(), base_url=f"{settings.telegram.api_base_url}/bot")
    async with bot:
        return await examine(bot, database, now())


def _demo(settings: Settings, port: int) -> int:
    """The demo in the browser, until it is stopped."""
    from bot.sandbox.serve import PortTaken

    try:
        with TemporaryDirectory(prefix="linsheng-demo-") as folder:
            asyncio.run(_show(settings, Path(folder), port))
    except PortTaken as refused:
        return _refuse(str(refused))
    return 0


async def _show(settings: Settings, folder: Path, port: int) -> None:
    from bot.sandbox.demo import restarting
    from bot.sandbox.serve import listening, served

    listening(port).close()
    print("Playing a week of a small community ...", file=sys.stderr)
    stage, api = await _played(settings, folder, 1, 7)
    api.world.clock.run(1.0)
    async with served(api, port, restarting(stage.restart)) as address:
        print(f"The page is at {address}/  (Ctrl+C ends it)", flush=True)
        await stage.live()


async def _played(settings: Settings, folder: Path, weeks: int, seed: int) -> "tuple[Stage, Api]":
    """World and bot on one clock, after so many weeks of play that end now."""
    from bot.sandbox.api import Api
    from bot.sandbox.clock import WorldClock
    from bot.sandbox.inprocess import SandboxRequest
    from bot.sandbox.week import OWNER, play
    from bot.sandbox.world import World as Telegram
    from handlers.stage import Stage
    from storage.database import Database
    from storage.schema import prepare

    telegram = Telegram(WorldClock(now() - weeks * WEEK), seed)
    api, key, path = Api(telegram), secrets.token_bytes(32), folder / "demo.db"
    prepare(path)
    owner = settings.owner.model_copy(update={"id": OWNER})
    settings = settings.model_copy(update={"owner": owner})

    def made() -> "World":
        world = _world(settings, DEMO_TOKEN, Database(path, telegram.now), key)
        return replace(world, clock=telegram.now, request=SandboxRequest(api))

    stage = Stage(made, telegram.advance)
    await stage.start()
    await play(telegram, api.bot(DEMO_TOKEN), stage.pump, stage.next_due, weeks, seed)
    return stage, api


def _headless(settings: Settings, asked: argparse.Namespace) -> int:
    """Plays weeks without a page and prints, or writes, the scorecard."""
    from bot.sandbox.demo import scorecard

    async def whole(folder: Path) -> dict[str, Any]:
        stage, api = await _played(settings, folder, asked.weeks, asked.seed)
        card = scorecard(api.world) | stage.counts()
        await stage.close()
        return card

    with TemporaryDirectory(prefix="linsheng-demo-") as folder:
        card = asyncio.run(whole(Path(folder)))
    text = json.dumps(card, ensure_ascii=False, indent=1)
    print(text)
    if asked.report is not None:
        asked.report.mkdir(parents=True, exist_ok=True)
        (asked.report / "scorecard.json").write_text(text + "\n", encoding="utf-8")
    return 0


def migrate(asked: argparse.Namespace) -> int:
    """Brings the database to this version."""
    from storage import care

    path = _settings(asked).storage.path
    return _cared(lambda: care.migrate(path, _progress("migrating")))


def backup(asked: argparse.Namespace) -> int:
    """Writes a checked copy of the database, also while the bot runs."""
    from storage import care

    kept = _settings(asked).storage
    to = asked.to or kept.backup_dir / f"linsheng-{now():%Y%m%d-%H%M%S}.db"
    return _cared(lambda: care.backup(kept.path, to, _progress("copying")))


def restore(asked: argparse.Namespace) -> int:
    """Puts a backup in the place of the database, and erases again who was erased."""
    from storage import care

    settings = _settings(asked)
    kept = settings.storage
    key = load_or_make_key(kept.key_file)
    desk = _desks(settings, key).privacy

    def erase(database: "Database", member: "MemberId") -> None:
        with database.work() as work:
            desk.erase(work, member)

    show = _progress("restoring")
    return _cared(lambda: care.restore(asked.source, kept.path, key, erase, show))


def verify(asked: argparse.Namespace) -> int:
    """Checks the database and its hash chain."""
    from storage import care

    path = _settings(asked).storage.path
    return _cared(lambda: care.verify(path, _progress("checking")))


def _cared(work: Callable[[], object]) -> int:
    from storage.lock import Running
    from storage.schema import BadDatabase

    try:
        print(work())
    except (BadDatabase, Running) as refused:
        return _refuse(str(refused))
    return 0


def _progress(doing: str) -> Callable[[int, int], None]:
    """Shows how far something is, where somebody looks at a terminal."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            share = 100 * done // max(total, 1)
            print(f"\r{doing} {share:3d} %", end="" if done < total else "\n", file=sys.stderr)

    return show


COMMANDS: Mapping[str, tuple[Command, str, str, Mapping[str, Any]]] = {
    "run": (run, "the bot: on Telegram with a token, else the demo", "run", {}),
    "demo": (
        demo,
        "a small community to try the bot on",
        "demo --port 8765",
        {
            "--port": {"type": _port, "help": "where the page is served (8765)"},
            "--headless": {"action": "store_true", "help": "play weeks without a page"},
            "--weeks": {"type": _count, "default": 1, "help": "how many weeks to play (1)"},
            "--seed": {"type": int, "default": 7, "help": "the same seed plays the same (7)"},
            "--report": {"type": Path, "help": "a folder for the scorecard"},
        },
    ),
    "sandbox": (
        sandbox,
        "a stand-in for Telegram, over HTTP",
        "sandbox --port 8081",
        {"--port": {"type": _port, "default": 8081, "help": "where it listens (8081)"}},
    ),
    "doctor": (doctor, "what is wrong, and what to do about it", "doctor", {}),
    "migrate": (migrate, "bring the database to this version", "migrate", {}),
    "backup": (
        backup,
        "a checked copy of the database, also while the bot runs",
        "backup copy.db",
        {"to": {"type": Path, "nargs": "?", "help": "the file to write (backup_dir/DATE.db)"}},
    ),
    "restore": (
        restore,
        "put a backup in the database's place",
        "restore copy.db",
        {"source": {"type": Path, "help": "the backup"}},
    ),
    "verify": (verify, "check the database and its hash chain", "verify", {}),
}

if __name__ == "__main__":
    sys.exit(main())
