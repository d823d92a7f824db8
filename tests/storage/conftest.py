"""Both memories under one name: SQL on a real file, and dicts."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.community import Community, Group, GroupState
from handlers.store import FullWork, Store
from storage.database import Database
from storage.schema import prepare
from tests.fakes import Conflict, FakeStore, StoppedClock
from tests.storage.made import CHAT, HOME, NOW

CONFLICTS = (Conflict, IntegrityError, sqlite3.IntegrityError)
"""What each memory says to a row that may not stand there."""


@dataclass(frozen=True, slots=True)
class Memory:
    """One store and the clock it looks at."""

    store: Store
    clock: StoppedClock

    def work(self, repeatable: bool = False) -> AbstractContextManager[FullWork]:
        """One transaction."""
        return self.store.work(repeatable)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as a first start leaves it."""
    path = tmp_path_factory.mktemp("empty") / "a.db"
    prepare(path)
    return path


@pytest.fixture(params=["sql", "dicts"])
def memory(request: pytest.FixtureRequest, empty_file: Path, tmp_path: Path) -> Iterator[Memory]:
    """Each of the two in turn, with one community and its group."""
    clock = StoppedClock(NOW)
    path = tmp_path / "contract.db"
    shutil.copy(empty_file, path)
    store: Store = Database(path, clock) if request.param == "sql" else FakeStore(clock)
    with store.work(repeatable=True) as work:
        work.communities.put(Community(HOME, "春晖里", "zh-Hans", "Asia/Shanghai", NOW))
        work.communities.put_group(Group(CHAT, HOME, "一号群", GroupState.ACTIVE, since=NOW))
    yield Memory(store, clock)
    store.close()


@pytest.fixture
def work(memory: Memory) -> Iterator[FullWork]:
    """One open transaction, for what needs no second one."""
    with memory.work(repeatable=True) as work:
        yield work
