"""Every step of a journey breaks once, just after its first write; the journey ends the same."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event

from bot.sandbox import play
from storage.tables import metadata
from tests.handlers.test_setup import OWNER, opens, rows
from tests.played import Played

TABLES = (
    "acknowledgements",
    "audit",
    "communities",
    "forms",
    "grants",
    "groups",
    "invitations",
    "letters",
    "matters",
    "memberships",
    "people",
    "posts",
)
BREAKS = """
CREATE TEMP TRIGGER breaks_{act}_{table} AFTER {act} ON main.{table} WHEN breaks()
BEGIN SELECT RAISE(ABORT, 'broken'); END
"""
SETTLED = """
CREATE TEMP TRIGGER settled AFTER UPDATE ON main.arrivals
WHEN old.state = 'pending' AND new.state = 'done' AND new.update_id >= 0
BEGIN SELECT settled(new.update_id); END
"""


class Breaker:
    """Triggers that abort the first write after an update's being marked done, once an update."""

    def __init__(self, played: Played) -> None:
        self.broken: set[int] = set()
        self._current: int | None = None
        event.listen(played.database.engine, "begin", self._began)
        driver = cast(sqlite3.Connection, played.database.engine.raw_connection().dbapi_connection)
        driver.create_function("breaks", 0, self._breaks)
        driver.create_function("settled", 1, self._settled)
        driver.execute(SETTLED)
        for table in metadata.tables:
            for act in ("INSERT", "UPDATE", "DELETE") if table != "arrivals" else ():
                driver.execute(BREAKS.format(act=act, table=table))

    def _began(self, _: object) -> None:
        self._current = None

    def _settled(self, id: int) -> None:
        self._current = id

    def _breaks(self) -> bool:
        if self._current is None or self._current in self.broken:
            return False
        self.broken.add(self._current)
        return True


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[Played, Played]]:
    """Two worlds that begin alike."""
    both = []
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
        both.append(await Played(tmp_path / name, owner=OWNER).start())
    yield both[0], both[1]
    for played in both:
        played.database.close()


async def lived(played: Played) -> dict[str, Any]:
    """What a small community goes through, and what is left of it on phones and in the file."""
    chen, lin = played.person("陈雪", id=OWNER), played.person("林悦", id=7001)
    group = played.group("春晖里1群", chen, lin)
    await opens(played, chen, group)
    await played.starts(lin)
    for text in ("/lang en", "/lang zh-Hans", "/elder", "/elder", "/help", "/privacy", "/mydata"):
        await played.says(lin, text)
    await played.taps(lin, "选我的楼")
    await played.taps(lin, "2")
    await played.says(lin, "/ask 门禁什么时候修", group)
    await played.says(chen, "/announce 明天停水")
    await played.taps(chen, "现在发")
    await played.taps(lin, "知道了", group)
    await played.taps(lin, "家里有困难", group)
    await played.taps(lin, "送水")
    await played.taps(chen, "看进度")
    await played.says(chen, "/urgent 停电")
    await played.taps(chen, "现在发")
    await played.taps(chen, "撤回")
    for text in ("/settings", "/roles", "/groups", "/doctor", "/audit", "/optout", "/optin"):
        await played.says(chen, text)
    play.demote(played.telegram, group, played.bot.id, chen.id)
    await played.later(minutes=2)
    await played.says(lin, "/forget")
    await played.taps(lin, "确认删除")
    await played.later(minutes=2)
    seen = {"chen": played.reads(chen), "lin": played.reads(lin), "here": played.reads(lin, group)}
    return seen | {table: rows(played, table) for table in TABLES}


async def test_a_journey_whose_every_step_breaks_once_ends_like_one_that_never_breaks(
    pair: tuple[Played, Played],
) -> None:
    whole, broken = pair
    expected = await lived(whole)
    breaker = Breaker(broken)
    found = await lived(broken)
    for name, value in expected.items():
        assert found[name] == value, name
    assert len(breaker.broken) > 25
    with broken.database.work() as work:
        assert work.arrivals.count("quarantined") == 0
