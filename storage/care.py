"""Looking after the database: migrate, back up, restore, verify."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import NullPool, create_engine

from bot.domain.basics import CommunityId, MemberId, pseudonyms
from storage.audit import SqlAudit
from storage.codec import moment
from storage.database import Database
from storage.lock import hold
from storage.schema import HEAD, BadDatabase, bring_up, current, require, stamped

Progress = Callable[[int, int], None]
Eraser = Callable[[Database, MemberId], None]
STEP = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a database found."""

    path: Path
    version: str
    rows: int

    def __str__(self) -> str:
        return f"{self.path}: version {self.version}, {self.rows} audit rows, everything is whole."


def migrate(path: Path, on_progress: Progress) -> str:
    """Brings an existing database to this version. Raises `BadDatabase`."""
    before = require(path)
    with hold(path):
        bring_up(path)
    on_progress(1, 1)
    if before == HEAD:
        return f"{path}: version {HEAD} already, nothing to do."
    return f"{path}: version {before} → {HEAD}."


def backup(path: Path, to: Path, on_progress: Progress) -> str:
    """A copy that is consistent even while the bot runs, checked. Raises `BadDatabase`."""
    current(path)
    if to.exists():
        raise BadDatabase(f"{to} exists already; name another file.")
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise BadDatabase(f"{to} cannot be written ({error.strerror}).") from None
    _copied(path, to, on_progress)
    return f"written: {verify(to, _silent)}"


def whole(source: Path) -> None:
    """Sees that a backup can be restored, before anything is touched. Raises `BadDatabase`."""
    try:
        _checked(source, _silent)
    except BadDatabase as refused:
        why = str(refused).partition(";")[0]
        raise BadDatabase(f"{why}; name a file that linsheng backup has written.") from None


def restore(source: Path, path: Path, key: bytes, erase: Eraser, on_progress: Progress) -> str:
    """Puts a backup in place of the database; whoever was erased since is erased again.

    Everything is done on a copy first, so that a restore that fails changes nothing. The
    replaced file is kept beside it. Raises `BadDatabase`, `Running`.
    """
    with hold(path):
        known = _erasures(path) if path.exists() else []
        fresh = path.with_name(f"{path.name}.restoring")
        _drop(fresh)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _copied(source, fresh, on_progress)
            bring_up(fresh)
            again = _erase_again(fresh, key, known, erase)
            aside = _put_aside(path)
            os.replace(fresh, path)
        finally:
            _drop(fresh)
    kept = f"; the file before it is {aside}" if aside else ""
    return f"{path}: restored, {again} erased again{kept}."


def verify(path: Path, on_progress: Progress) -> Checked:
    """Integrity, foreign keys, version and audit chain. Raises `BadDatabase`."""
    current(path)
    return _checked(path, on_progress)


def _checked(path: Path, on_progress: Progress) -> Checked:
    version = require(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        on_progress(1, 3)
        if found != "ok":
            raise BadDatabase(f"{path} is damaged; restore a backup: linsheng restore FILE")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise BadDatabase(f"{path} has rows without their parents; restore a backup.")
        on_progress(2, 3)
        rows = int(connection.execute("SELECT count(*) FROM audit").fetchone()[0])
    _verify_chain(path)
    on_progress(3, 3)
    return Checked(path, version, rows)


def _verify_chain(path: Path) -> None:
    """Reads and never writes, so that what is looked at stays as it is."""
    where = f"{path.absolute().as_uri()}?mode=ro"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(where, uri=True), poolclass=NullPool
    )
    with engine.connect() as connection:
        broken = SqlAudit(connection).broken_at()
    if broken is not None:
        raise BadDatabase(f"{path}: the audit chain breaks at row {broken}; somebody changed it.")


def _copied(path: Path, to: Path, on_progress: Progress) -> None:
    """A whole copy, or none. Raises `BadDatabase`."""
    try:
        _copy(path, to, on_progress)
    except sqlite3.Error as error:
        _drop(to)
        raise BadDatabase(f"{to} cannot be written ({error}).") from None


def _drop(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _copy(path: Path, to: Path, on_progress: Progress) -> None:
    def step(_status: int, left: int, total: int) -> None:
        on_progress(total - left, total)

    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target, pages=STEP, progress=step)


def _put_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.replaced-{stamped()}")
    for ending in ("", "-wal", "-shm"):
        if Path(f"{path}{ending}").exists():
            os.replace(f"{path}{ending}", f"{aside}{ending}")
    return aside


def _erasures(path: Path) -> list[tuple[str, str, str]]:
    """Who was erased, by code; a damaged file cannot say, and that is no reason to stop."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("SELECT code, at, receipt FROM erasures").fetchall()
    except sqlite3.DatabaseError:
        return []


def _erase_again(path: Path, key: bytes, known: list[tuple[str, str, str]], erase: Eraser) -> int:
    database, pseudonym = Database(path, _now), pseudonyms(key)
    try:
        if not database.bind(key):
            raise BadDatabase(
                "the key file is not the one of this backup; put the right one back."
            )
        with database.work() as work:
            for code, at, receipt in known:
                work.people.note_erasure(code, moment(at), receipt)
            codes = set(work.people.erasures())
            everyone = work.people.everyone()
        gone = [m for m in everyone if pseudonym(CommunityId(""), m) in codes]
        for member in gone:
            erase(database, member)
        database.checkpoint()
        return len(gone)
    finally:
        database.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _silent(done: int, total: int) -> None:
    """Nobody looks on."""
