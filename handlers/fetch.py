"""Brings a file from Telegram and has it read, before any work is opened."""

import asyncio
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot, Update

from bot.domain.basics import MemberId
from bot.domain.importing import BadExport, Importer
from bot.domain.people import MAY, Act
from handlers.errors import ANSWERS
from handlers.store import Store

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LIMIT = 20
"""Megabytes a bot may download; Telegram's own limit."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The file is larger than a bot may download."""

    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Unfetched:
    """The file could not be read; `key` names the text that says why."""

    key: str


class Fetcher:
    """Downloads exports of those in charge; nobody else's file is looked at."""

    def __init__(self, bot: Bot, store: Store, importer: Importer | None) -> None:
        self._bot, self._store, self._importer = bot, store, importer

    async def __call__(self, update: Update) -> object:
        """What the update's file holds, or why it cannot be read."""
        message, user = update.message, update.effective_user
        document = message.document if message is not None else None
        if document is None or user is None or not self._may(MemberId(user.id)):
            return None
        if self._importer is None or not (document.file_name or "").lower().endswith(".json"):
            return Unfetched("import.no_json")
        if (document.file_size or 0) > LIMIT * MEGABYTE:
            return TooLarge()
        with tempfile.TemporaryDirectory(prefix="linsheng-import-") as folder:
            path = Path(folder) / "result.json"
            try:
                file = await self._bot.get_file(document.file_id, read_timeout=60)
                await file.download_to_drive(path, read_timeout=120)
                return await asyncio.to_thread(self._importer.read, path)
            except BadExport as error:
                return Unfetched(error.key)
            except (*ANSWERS, OSError) as error:
                log.warning("a file could not be fetched (%s)", type(error).__name__)
                return Unfetched("import.unreachable")

    def _may(self, member: MemberId) -> bool:
        with self._store.work() as work:
            grants = work.people.grants(member)
            return any(g.role in MAY[Act.CONFIGURE] and g.holds(work.now) for g in grants)
