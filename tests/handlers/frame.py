"""The frame with features of the tests' own, over a real database and a played Telegram."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from bot.domain.basics import ChatId, pseudonyms
from bot.domain.groups import GroupsDesk
from bot.domain.letter import Kind, Letter
from bot.domain.talk import Reader
from handlers import passing
from handlers.desks import Choices, desks_of
from handlers.feature import Feature
from handlers.say.buttons import Seals
from handlers.service import Service, World
from storage.database import Database
from tests.canary import CANARY
from tests.kept import empty_file
from tests.telegram import Played

KEY = b"k" * 32
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SEALS = Seals(KEY)


class Groups:
    """What the frame itself asks of the groups desk, noted."""

    def __init__(self) -> None:
        self.moved: list[tuple[int, int]] = []
        self.gone: list[int] = []

    def migrated(self, work: object, old: ChatId, new: ChatId) -> None:
        self.moved.append((old, new))

    def lost(self, work: object, chat: ChatId) -> None:
        self.gone.append(chat)


class Time:
    """A clock that moves only while the bot sleeps, or when it is told to."""

    def __init__(self) -> None:
        self.now = START
        self.meanwhile: Callable[[], object] = lambda: None
        """What happens while the bot sleeps."""

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.meanwhile()
        await asyncio.sleep(0)


class Frame:
    """One bot, its file and its Telegram; `restart` drops everything but the file."""

    def __init__(self, folder: Path, *features: Feature) -> None:
        self.path, self.features = folder / "frame.db", (passing.FEATURE, *features)
        self.telegram, self.time, self.groups = Played(), Time(), Groups()
        self._ids = (f"id{n:06}" for n in itertools.count())
        desks = desks_of(lambda: next(self._ids), pseudonyms(KEY), Choices())
        self.desks = replace(desks, groups=cast(GroupsDesk, self.groups))
        self.reader: Reader | None = None
        self.path.write_bytes(empty_file())
        self.database = self._open()
        self.service: Service

    def _open(self) -> Database:
        return Database(self.path, self.time)

    async def start(self) -> "Frame":
        world = World(
            CANARY,
            "http://telegram.invalid",
            self.database,
            self.desks,
            self.features,
            KEY,
            pseudonyms(KEY),
            self.time,
            lambda: next(self._ids),
            sleep=self.time.sleep,
            request=self.telegram,
            reader=self.reader,
        )
        self.service = await Service.start(world)
        return self

    async def restart(self) -> None:
        self.database.close()
        self.database = self._open()
        await self.start()

    async def takes(self, *updates: object) -> None:
        """Telegram has these; the bot handles them and says what it has to say."""
        self.telegram.updates.append(list(updates))
        await self.service.settle()

    def writes(self, *letters: Letter) -> None:
        with self.database.work() as work:
            for letter in letters:
                work.letters.put(letter)


def note(id: str, chat: int, key: str = "denied.member", **more: object) -> Letter:
    """A letter of the tests."""
    return Letter(id, ChatId(chat), key, **more)  # type: ignore[arg-type]  # any field of a letter


def edit(id: str, chat: int, refers: str) -> Letter:
    return Letter(id, ChatId(chat), "denied.role", kind=Kind.EDIT, refers=refers)


def numbers() -> Iterator[int]:
    return itertools.count(1)
