"""A group that is set up, second readers to play with, and a look at what waits."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.second import Asked, Found, Health, Scope
from bot.sandbox.actors import Chat, User
from tests.played import Played
from tests.semantic import fake

CHEN, LIN = 5001, 5002
MISSED = f"暖气片摸着凉，{fake.ASKS}，烦"


class Silent:
    """A second reader that has not answered yet; its texts wait."""

    scope, health = Scope.ALL, Health.ON

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.began = asyncio.Event()
        self.gate = asyncio.Event()

    async def ask(self, asked: Asked) -> Found | None:
        self.asked.append(asked.message.text)
        self.began.set()
        await self.gate.wait()
        return None

    async def close(self) -> None:
        self.gate.set()


def rows(path: Path) -> list[tuple[str, str | None]]:
    """Our own rows among the arrivals: state and text."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(
            "SELECT state, raw FROM arrivals WHERE update_id < 0 ORDER BY update_id DESC"
        ).fetchall()


def holds(path: Path, words: str) -> bool:
    """Whether the words stand in the database or its write-ahead log, as they are or escaped."""
    escaped = words.encode("unicode_escape")
    files = [path, path.with_name(f"{path.name}-wal")]
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    return words.encode() in raw or escaped in raw


async def opened(played: Played) -> tuple[Chat, User]:
    """The group and its resident; the manager is `CHEN`."""
    await played.start()
    chen, lin = played.person("陈雪", id=CHEN), played.person("林悦", id=LIN)
    group = played.group("春晖里1群", chen, lin)
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    for words in ("下一步", "下一步"):
        await played.taps(chen, words)
    await played.says(chen, "1-4")
    for words in ("以后再说", "贴出并开始"):
        await played.taps(chen, words)
    await played.starts(lin)
    await played.later(seconds=70)
    return group, lin
