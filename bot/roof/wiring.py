"""Puts the bot together: desks, store, clock and ids; for Telegram and for the demo alike."""

import random
import secrets
import sys
from datetime import UTC, datetime

from bot.analysis import ExportReader, PlainReader, reader_named
from bot.analysis.version import version_named
from bot.domain.basics import pseudonyms
from bot.settings import Settings
from handlers import ROLL
from handlers.desks import Choices, Desks, desks_of
from handlers.feature import Home
from handlers.service import World
from storage.database import Database

REFUSED = 2


def now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


def new_id() -> str:
    """Ten random letters and digits."""
    return secrets.token_hex(5)


def desks(settings: Settings, key: bytes) -> Desks:
    """All desks, as whoever runs the bot chose."""
    community = settings.community
    chosen = Choices(
        settings.owner.id,
        community.timezone,
        settings.storage.retention_days,
        community.k,
        version_named(settings.reading.reader),
        random.SystemRandom().random,
    )
    return desks_of(new_id, pseudonyms(key), chosen)


def world(settings: Settings, token: str, store: Database, key: bytes) -> World:
    """Everything that the service is given by the door."""
    reader = reader_named(settings.reading.reader)
    return World(
        token=token,
        base_url=settings.telegram.api_base_url,
        store=store,
        desks=desks(settings, key),
        features=ROLL,
        key=key,
        pseudonym=pseudonyms(key),
        clock=now,
        new_id=new_id,
        home=Home(settings.community.language, settings.community.timezone),
        reader=reader,
        importer=ExportReader(reader or PlainReader()),
    )


def refuse(line: str, code: int = REFUSED) -> int:
    """Says in one plain line why not; returns the exit status."""
    print(f"linsheng: {line}", file=sys.stderr)
    return code
