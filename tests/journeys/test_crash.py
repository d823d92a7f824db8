"""The real process is killed at random, again and again; nothing is lost, nothing said twice."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.town import OWNER, Town, wait_for

SEED = int(os.environ.get("CRASH_SEED", "20261124"))
UPDATES = 1_500


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


@pytest.mark.timeout(120)
def test_fifteen_kills_lose_nothing_and_say_nothing_twice(town: Town) -> None:
    _survives(town, kills=15)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_two_hundred_kills_lose_nothing_and_say_nothing_twice(town: Town) -> None:
    _survives(town, kills=200)


def _survives(town: Town, kills: int) -> None:
    dice = random.Random(SEED)
    group, users = town.opened()
    for user in users:
        town.post("start", user=user, bot=town.id)
    first = _published(town, group, "第一条通知")
    town.post("faults", kind="lost", method="sendMessage", count=-1, probability=0.1)
    town.post("faults", kind="lost", method="answerCallbackQuery", count=-1, probability=0.1)
    town.post("faults", kind="server_error", method="editMessageText", count=-1, probability=0.1)
    heard = _History(town, group, users, first)
    for kill in range(kills):
        for _ in range(UPDATES // kills + 1):
            heard.one_more(dice)
        if kill == kills // 2:
            town.post("updates", bot=town.id, update={"message": {"message_id": "poison"}})
        if kill == kills // 3:
            town.post("send", user=OWNER, bot=town.id, text="/announce 第二条通知")
        if kill == 2 * kills // 3 and town.button(OWNER, "现在发"):
            town.tap(OWNER, "现在发")
        town.bot.lives(dice.uniform(0.6, 1.3))
        town.bot.kill()
        town.start_bot()
    _checked(town, group, heard)


class _History:
    """What people did, and what must have come of it."""

    def __init__(self, town: Town, group: int, users: list[int], notice: int) -> None:
        self.town, self.group, self.users, self.notice = town, group, users, notice
        self.noted: set[int] = set()
        self.language: dict[int, str] = {}
        self.sent = 0

    def one_more(self, dice: random.Random) -> None:
        """One update more: a tap, a command, or plain talk; now and then delivered twice."""
        user, kind = dice.choice(self.users), dice.random()
        self.sent += 1
        if kind < 0.3:
            self.town.post("tap", user=user, chat=self.group, message=self.notice, position=[0, 0])
            self.noted.add(user)
        elif kind < 0.45:
            chosen = dice.choice(("zh-Hans", "zh-Hant", "en"))
            self.town.post("send", user=user, bot=self.town.id, text=f"/lang {chosen}")
            self.language[user] = chosen
        else:
            self.town.post("send", user=user, chat=self.group, text=f"第 {self.sent} 句话")
        if kind > 0.98:
            self.town.post("duplicate", bot=self.town.id, count=1)


def _published(town: Town, group: int, text: str) -> int:
    town.post("send", user=OWNER, bot=town.id, text=f"/announce {text}")
    town.tap_until_gone(OWNER, "现在发")
    return int(
        wait_for(
            lambda: next((m["id"] for m in town.messages(OWNER, group) if text in m["text"]), None)
        )
    )


def _checked(town: Town, group: int, heard: _History) -> None:
    town.http.delete("/sandbox/faults")
    town.settled()
    with closing(sqlite3.connect(town.database)) as database:
        wait_for(lambda: _count(database, "arrivals WHERE state = 'pending'") == 0, 60)
        wait_for(lambda: _count(database, "letters WHERE state IN ('pending','sending')") == 0, 90)
        acknowledged = _count(database, "acknowledgements")
        quarantined = _count(database, "arrivals WHERE state = 'quarantined'")
        done = _count(database, "arrivals WHERE state = 'done'")
        spoken = dict(database.execute("SELECT member, lang FROM people WHERE lang IS NOT NULL"))
        uncertain = _count(database, "posts WHERE state = 'uncertain' OR reposted")
    assert acknowledged == len(heard.noted), f"seed {SEED}"
    assert {user: spoken.get(user) for user in heard.language} == heard.language, f"seed {SEED}"
    assert quarantined == 1
    assert done >= heard.sent
    seen = [m["text"] for m in town.messages(OWNER, group)]
    for text in ("第一条通知", "第二条通知"):
        assert sum(text in one for one in seen) <= 1 + uncertain, f"seed {SEED}"
    town.bot.kill()
    _verified(town)


def _count(database: sqlite3.Connection, what: str) -> int:
    return int(database.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608 - our own words


def _verified(town: Town) -> None:
    """The chain is whole, and the token stands in nothing that was said."""
    checked = subprocess.run(
        [sys.executable, "-m", "bot", "verify", "--config", "config.toml"],
        cwd=town.folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert checked.returncode == 0, checked.stderr
    town.bot.said()
    town.sandbox.said()
