"""The roof: the command line, and the wiring of everything below it. Nobody imports it."""

import argparse
import asyncio
import hmac
import os
import secrets
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.basics import pseudonyms
from bot.settings import BadSettings, Settings, load, load_or_make_key

if TYPE_CHECKING:
    from handlers.desks import Desks
    from handlers.service import World
    from storage.database import Database

REFUSED = 2
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
            _same_key(database, key)
            world = _world(settings, token, settings.telegram.api_base_url, database, key)
            return asyncio.run(_serve(world, database))
    except (BadDatabase, Running) as refused:
        return _refuse(str(refused))


def _same_key(database: "Database", key: bytes) -> None:
    """Pseudonyms made with another key would count everybody twice."""
    mark = hmac.digest(key, b"fingerprint", "sha256").hex()[:16]
    with database.work() as work:
        known = work.health.get("key")
        work.health.put("key", known or mark)
    if known not in (None, mark):
        raise BadSettings("the key file is not the one this database was made with; restore it.")


async def _serve(world: "World", database: "Database") -> int:
    from handlers.intake import Stop
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
        return _refuse(_said(stop.key), stop.code)
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


def _said(key: str) -> str:
    from handlers.say.texts import render

    return f"{render('zh-Hans', 'UTC', key, {}, True)} / {render('en', 'UTC', key, {}, True)}"


def _world(
    settings: Settings, token: str, base_url: str, database: "Database", key: bytes
) -> "World":
    """The bot as it is put together, for Telegram and for the demo alike."""
    from handlers import ROLL
    from handlers.feature import Home
    from handlers.service import World

    home = Home(settings.community.language, settings.community.timezone)
    return World(
        token=token,
        base_url=base_url,
        store=database,
        desks=_desks(settings, key),
        features=ROLL,
        key=key,
        pseudonym=pseudonyms(key),
        clock=now,
        new_id=new_id,
        home=home,
    )


def _desks(settings: Settings, key: bytes) -> "Desks":
    """All desks, over one source of ids and one of pseudonyms."""
    from bot.domain.announce import AcknowledgeDesk, DraftDesk, HelpDesk, PublishDesk
    from bot.domain.audit import AuditDesk
    from bot.domain.configure import ConfigureDesk
    from bot.domain.groups import GroupsDesk
    from bot.domain.privacy import PrivacyDesk
    from bot.domain.roles import RolesDesk
    from bot.domain.setup import SetupDesk
    from bot.domain.welcome import WelcomeDesk
    from handlers.desks import Desks

    code = pseudonyms(key)
    return Desks(
        acknowledge=AcknowledgeDesk(new_id, code, settings.community.k),
        audit=AuditDesk(code),
        configure=ConfigureDesk(new_id, code),
        draft=DraftDesk(new_id, code),
        groups=GroupsDesk(new_id, code),
        help=HelpDesk(new_id, code),
        privacy=PrivacyDesk(
            new_id, code, settings.storage.retention_days, settings.community.k
        ),
        publish=PublishDesk(new_id, code),
        roles=RolesDesk(new_id, code),
        setup=SetupDesk(
            new_id, code, settings.owner.id, settings.community.timezone
        ),
        welcome=WelcomeDesk(new_id, code),
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
    from bot.sandbox.clock import WorldClock
    from bot.sandbox.serve import PortTaken, serve
    from bot.sandbox.world import World
    from handlers.logs import set_up

    set_up(_settings(asked).log.level, [])
    try:
        serve(World(WorldClock.running(), seed=secrets.randbits(32)), port=asked.port)
    except PortTaken as refused:
        return _refuse(str(refused))
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

    kept = _settings(asked).storage
    key = load_or_make_key(kept.key_file)
    return _cared(lambda: care.restore(asked.source, kept.path, key, _progress("restoring")))


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
