"""Puts the bot together: desks, store, clock and ids; for Telegram and for the demo alike."""

import random
import secrets
import sys
from datetime import UTC, datetime

from bot.analysis import likely_answer, reader_named
from bot.analysis.normal import simplified
from bot.analysis.tables import BadTable
from bot.analysis.version import version_named
from bot.domain.basics import pseudonyms
from bot.domain.talk import Likely, Reader, unlikely
from bot.roof.child import ChildImporter
from bot.settings import BadSettings, Settings
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
        plain=simplified,
        reader=version_named(settings.reading.reader),
        likely=_likely(settings),
        dice=random.SystemRandom().random,
    )
    return desks_of(new_id, pseudonyms(key), chosen)


def world(settings: Settings, token: str, store: Database, key: bytes) -> World:
    """Everything that the service is given by the door."""
    reader = reader_of(settings)
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
        importer=ChildImporter(settings.reading.reader),
    )


def _likely(settings: Settings) -> Likely:
    """Whoever reads by rules alone, or not at all, can tell no answer."""
    if settings.reading.reader != "plain":
        return unlikely
    try:
        return likely_answer()
    except BadTable as bad:
        raise BadSettings(f"{bad}.") from bad


def reader_of(settings: Settings) -> Reader | None:
    """The reader that was chosen. Raises `BadSettings` where a table is not as it should be."""
    try:
        return reader_named(settings.reading.reader)
    except BadTable as bad:
        raise BadSettings(f"{bad}.") from bad


def refuse(line: str, code: int = REFUSED) -> int:
    """Says in one plain line why not; returns the exit status."""
    print(f"linsheng: {line}", file=sys.stderr)
    return code
