"""A text waits ten minutes at most and only while it may be read; a restart goes on with it."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.analysis.semantic import Nobody, Second
from bot.domain.basics import ChatId, MemberId
from bot.domain.second import Awaited, Found, Health, Scope
from bot.domain.second.values import KEPT, MOST, SWEEP
from bot.domain.talk import Reading
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from storage.database import Database
from tests.played import Played
from tests.semantic import fake
from tests.semantic.killed import WORDS
from tests.semantic.town import CHEN, MISSED, Silent, holds, opened, rows


async def waiting(folder: Path) -> tuple[Played, Silent, Chat, User, int]:
    """A text that waits, and the task that would take it up is cut off."""
    silent = Silent()
    played = Played(folder, owner=CHEN, second=silent)
    group, lin = await opened(played)
    message = play.write(played.telegram, lin, group, MISSED)
    settling = asyncio.ensure_future(played.settle())
    await silent.began.wait()
    settling.cancel()
    await asyncio.wait({settling})
    assert [state for state, _ in rows(played.path)] == ["second"]
    assert holds(played.path, MISSED)
    played.second = None
    return played, silent, group, lin, message.id


async def test_no_text_waits_ten_minutes_not_even_in_the_write_ahead_log(tmp_path: Path) -> None:
    played, *_ = await waiting(tmp_path)
    await played.restart()
    await played.later(minutes=8)
    assert [state for state, _ in rows(played.path)] == ["second"]
    await played.later(minutes=1)
    played.database.checkpoint()
    assert rows(played.path) == [("done", None)]
    assert not holds(played.path, MISSED)


async def test_after_a_long_stop_a_text_is_emptied_before_it_is_read(tmp_path: Path) -> None:
    played, silent, *_ = await waiting(tmp_path)
    played.second = silent
    played.telegram.advance(KEPT.total_seconds())
    silent.asked.clear()
    await played.restart()
    await played.settle()
    played.database.checkpoint()
    assert silent.asked == []
    assert not holds(played.path, MISSED)


@pytest.mark.parametrize("how", ["optout", "edited", "removed", "changed scope"])
async def test_a_text_goes_at_once_when_it_may_not_be_read_any_more(
    tmp_path: Path, how: str
) -> None:
    played, _, group, lin, message = await waiting(tmp_path)
    await played.restart()
    match how:
        case "optout":
            await played.says(lin, "/optout", group)
        case "edited":
            play.edit(played.telegram, lin, group, message, "早上好")
        case "removed":
            play.leave(played.telegram, group, played.bot.id, CHEN)
        case "changed scope":
            played.second = Nobody(Health.OFF)
            await played.restart()
    await played.settle()
    played.database.checkpoint()
    assert not holds(played.path, MISSED)
    assert all(raw is None for _, raw in rows(played.path))


async def test_what_another_version_left_is_let_go(tmp_path: Path) -> None:
    played, silent, *_ = await waiting(tmp_path)
    with closing(sqlite3.connect(played.path)) as database:
        database.execute(
            "UPDATE arrivals SET raw = replace(raw, '\"role\"', '\"rank\"') WHERE update_id < 0"
        )
        database.commit()
    played.second = silent
    silent.asked.clear()
    await played.restart()
    await played.settle()
    assert rows(played.path) == [("done", None)]
    assert silent.asked == []


async def test_no_more_than_so_many_texts_wait(tmp_path: Path) -> None:
    played, *_ = await waiting(tmp_path)
    with played.database.work() as work:
        one = Awaited(ChatId(-100), 1, MemberId(7), "话")
        kept = [work.waits.put(one) for _ in range(MOST + 5)]
    assert kept.count(True) == MOST - 1
    assert kept[-1] is False


async def test_a_second_reading_that_cannot_be_used_is_let_go(tmp_path: Path) -> None:
    played, *_ = await waiting(tmp_path)
    with played.database.work() as work:
        wait = work.waits.first()
        assert wait is not None
        found = Found(Reading(asks=0.9), ())
        blank = replace(wait.awaited, text=" ")
        assert work.waits.answered(wait.id, blank, found)
        assert not work.waits.answered(wait.id, blank, found)
    played.second = Nobody(Health.OFF)
    await played.restart()
    await played.settle()
    assert rows(played.path) == [("done", None)]


async def test_the_sweep_is_a_duty_of_its_own(tmp_path: Path) -> None:
    played, *_ = await waiting(tmp_path)
    with played.database.work() as work:
        assert work.dues.waits(SWEEP, "all")
        oldest = work.waits.oldest()
    assert oldest is not None
    assert played.telegram.now() - oldest < timedelta(seconds=5)


@pytest.mark.timeout(120)
def test_a_bot_killed_while_a_text_waits_goes_on_with_it_and_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.semantic.killed", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "hangs\n"), done.stderr
    path = tmp_path / "played.db"
    assert [state for state, _ in rows(path)] == ["second"]
    asyncio.run(_goes_on(path))
    assert rows(path) == [("done", None)]


async def _goes_on(path: Path) -> None:
    played = Played(path.parent, owner=CHEN, second=Nobody(Health.OFF))
    sees = Second(Scope.ALL, (*fake.COMMAND, "patient"), seconds=20.0)
    played.second = sees
    await played.start()
    await played.settle()
    with Database(path, played.telegram.now).work() as work:
        community = work.communities.all()[0]
        first = work.matters.numbered(community.id, 1)
        assert work.matters.numbered(community.id, 2) is None
    assert first is not None
    assert first.text == WORDS
    await played.service.close()
    played.database.close()
