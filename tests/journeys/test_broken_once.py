"""Every step of a journey breaks once, just after its first write; the journey ends the same."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.sandbox import play
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
WRITES = ("INSERT", "UPDATE", "DELETE")
DONE_VALUES = 5
"""Values of the statement that marks an update done; the waiting texts have others."""


class Breaker:
    """Raises after the first write that follows an update's being marked done, once an update."""

    def __init__(self, played: Played) -> None:
        self.broken: set[int] = set()
        self._current: int | None = None
        for name, what in (
            ("begin", self._began),
            ("after_cursor_execute", self._executed),
        ):
            event.listen(played.database.engine, name, what)

    def _began(self, _: object) -> None:
        self._current = None

    def _executed(self, _: Any, __: Any, statement: str, asked: Any, *___: Any) -> None:
        if not statement.startswith(WRITES):
            return
        done = statement.startswith("UPDATE arrivals") and "attempts" not in statement
        if done and self._current is None and len(asked) == DONE_VALUES:
            self._current = int(asked[3])
        elif self._current is not None and self._current not in self.broken:
            self.broken.add(self._current)
            raise ZeroDivisionError


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
