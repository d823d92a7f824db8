"""One SQLite file, one connection, one transaction at a time."""

import hmac
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from bot.domain.basics import Clock, MemoryTrouble
from storage.prepared import driver_of
from storage.talk import AtHand
from storage.work import SqlWork

BUSY_MS = 5_000
LOST = frozenset({sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC})
"""After these the system may have dropped what it should have written, and says so only once."""


class Database:
    """The open file; `work()` is the only way to change anything in it."""

    def __init__(
        self, path: Path | None, clock: Clock, on_lost: Callable[[], NoReturn] | None = None
    ) -> None:
        """`on_lost` ends the process where nobody knows any more what the disk holds."""
        self.path = path
        self._clock, self._on_lost = clock, on_lost
        self.engine = open_engine(path)
        self._connection = self.engine.connect()
        self._driver = driver_of(self._connection)
        self._lasting = True
        self._at_hand: AtHand = {}

    @contextmanager
    def work(self, repeatable: bool = False) -> Iterator[SqlWork]:
        """One transaction: kept as a whole at the end, undone as a whole on any exception.

        A repeatable one does not wait for the disk. It is whole like any other, and the next
        lasting one takes it to the disk; should power fail before that, the arrival that it
        marks done is still there, and it is done again.
        """
        kept = False
        try:
            self._wait_for_disk(not repeatable)
            with self._connection.begin() as transaction:
                work = SqlWork(self._connection, self._clock(), self._at_hand)
                yield work
                if work.undone:
                    transaction.rollback()
            kept = not work.undone
        except (OperationalError, sqlite3.OperationalError) as error:
            if self._on_lost is not None and is_lost(error):
                self._on_lost()
            raise MemoryTrouble("OperationalError") from error
        finally:
            if not kept:
                self._at_hand.clear()

    def _wait_for_disk(self, lasting: bool) -> None:
        if lasting is not self._lasting:
            level = "FULL" if lasting else "NORMAL"
            self._driver.execute(f"PRAGMA synchronous={level}").close()
            self._lasting = lasting

    def bind(self, key: bytes) -> bool:
        """Notes a fingerprint of the pseudonyms' key; false where it is not the first one's."""
        mark = hmac.digest(key, b"fingerprint", "sha256").hex()[:16]
        with self.work() as work:
            known = work.health.get("key")
            if known is None:
                work.health.put("key", mark)
        return known in (None, mark)

    def checkpoint(self) -> None:
        """Empties the write-ahead log, so that erased words are in no file any more."""
        raw = self.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        except sqlite3.OperationalError as error:
            raise MemoryTrouble(type(error).__name__) from error

    def close(self) -> None:
        self._connection.close()
        self.engine.dispose()


def is_lost(error: OperationalError | sqlite3.OperationalError) -> bool:
    """Whether the disk failed to take what was written; to try again would only seem to help."""
    driver = error.orig if isinstance(error, OperationalError) else error
    return getattr(driver, "sqlite_errorcode", None) in LOST


def open_engine(path: Path | None) -> Engine:
    """An engine whose transactions begin IMMEDIATE, durable on every commit."""
    url = "sqlite://" if path is None else f"sqlite:///{path}"
    engine = create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(dbapi: sqlite3.Connection, _record: object) -> None:
    dbapi.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "wal_autocheckpoint=4000",
    ):
        dbapi.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    driver_of(connection).execute("BEGIN IMMEDIATE")
