"""Brings a file from Telegram and has it read, before any work is opened."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from telegram import Bot, Document, Update

from bot.domain.basics import MemberId
from bot.domain.importing import BadExport, Importer
from bot.domain.letter import Kind, private
from handlers.errors import ANSWERS
from handlers.feature import Tools
from handlers.store import Store

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LIMIT = 20
"""Megabytes a bot may download; Telegram's own limit."""
SOON, OFTEN = 2.0, 3.0
"""Seconds until somebody who waits is told how far it has come, and between two such words."""


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

    def __init__(
        self,
        bot: Bot,
        store: Store,
        importer: Importer | None,
        tools: Tools,
        on_letters: Callable[[], None],
    ) -> None:
        self._bot, self._store, self._importer = bot, store, importer
        self._tools, self._on_letters = tools, on_letters

    async def __call__(self, update: Update) -> object:
        """What the update's file holds, or why it cannot be read."""
        message, user = update.message, update.effective_user
        document = message.document if message is not None else None
        if document is None or user is None:
            return None
        with self._store.work() as work:
            unread = self._tools.desks.imports.unread(work, MemberId(user.id))
        if unread is None:
            return None
        if self._importer is None or not (document.file_name or "").lower().endswith(".json"):
            return Unfetched("import.no_json")
        if (document.file_size or 0) > LIMIT * MEGABYTE:
            return TooLarge()
        return await self._fetched(MemberId(user.id), document, self._importer, unread)

    async def _fetched(
        self, member: MemberId, document: Document, importer: Importer, unread: frozenset[int]
    ) -> object:
        with tempfile.TemporaryDirectory(prefix="linsheng-import-") as folder:
            path = Path(folder) / "result.json"
            try:
                file = await self._bot.get_file(document.file_id, read_timeout=60)
                await file.download_to_drive(path, read_timeout=120)
                bar = _Bar(path.stat().st_size)
                reading = asyncio.to_thread(importer.read, path, bar.to, unread)
                return await self._watched(member, asyncio.ensure_future(reading), bar)
            except BadExport as error:
                return Unfetched(error.key)
            except (*ANSWERS, OSError) as error:
                log.warning("a file could not be fetched (%s)", type(error).__name__)
                return Unfetched("import.unreachable")

    async def _watched(
        self, member: MemberId, reading: "asyncio.Future[object]", bar: "_Bar"
    ) -> object:
        """Whoever waits for more than two seconds sees how far it has come."""
        first = ""
        while not (await asyncio.wait({reading}, timeout=OFTEN if first else SOON))[0]:
            first = self._tell(member, first, bar.percent)
        return reading.result()

    def _tell(self, member: MemberId, first: str, percent: int) -> str:
        letter = private(self._tools.new_id(), member, "import.reading", percent=percent)
        if first:
            letter = replace(letter, kind=Kind.EDIT, refers=first)
        with self._store.work() as work:
            work.letters.put(letter)
        self._on_letters()
        return first or letter.id


class _Bar:
    """How much of a file has been read, told by another thread."""

    def __init__(self, whole: int) -> None:
        self._whole, self._done = max(1, whole), 0

    def to(self, done: int) -> None:
        self._done = done

    @property
    def percent(self) -> int:
        return min(99, self._done * 100 // self._whole)
