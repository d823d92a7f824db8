"""Opens a database file only if it is ours, whole, and of a version we understand."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

HEAD = "0005"
KNOWN = ("0001", "0002", HEAD)
MAGIC = b"SQLite format 3\x00"


class BadDatabase(Exception):
    """The file cannot be used; one plain line says why and what to do."""


def prepare(path: Path) -> None:
    """Makes a new database, or sees that this one can be worked with. Raises `BadDatabase`."""
    if not path.exists():
        _create(path)
        return
    current(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise BadDatabase(f"{path} or its folder cannot be written to; mend the rights.")


def current(path: Path) -> None:
    """Only a database of this very version passes. Raises `BadDatabase`."""
    version = require(path)
    if version != HEAD:
        raise BadDatabase(
            f"{path} comes from an older Linsheng ({version}); bring it here: linsheng migrate"
        )


def bring_up(path: Path) -> None:
    """Brings an older database to this version; the old one is kept beside it."""
    version = require(path)
    if version == HEAD:
        return
    aside = path.with_name(f"{path.name}.before-{version}")
    try:
        if not aside.exists():
            _copy(path, aside)
        upgrade(path)
    except (OSError, DBAPIError) as error:
        raise BadDatabase(f"{path} could not be migrated ({_why(error)}).") from None


def require(path: Path) -> str:
    """The version of an existing database. Raises `BadDatabase` where it is not ours."""
    if not path.exists():
        raise BadDatabase(f"{path} does not exist; start the bot once, or set storage.path.")
    return version_of(path)


def version_of(path: Path) -> str:
    """The version of a database file, which is left untouched. Raises `BadDatabase`."""
    _look(path)
    try:
        found = _versions(path)
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise BadDatabase(f"{path} is a database, but not Linsheng's; {_REMEDY}") from None
        raise BadDatabase(f"{path} cannot be opened ({error}); {_REMEDY}") from None
    except sqlite3.DatabaseError:
        raise BadDatabase(f"{path} is damaged; restore a backup: linsheng restore FILE") from None
    if len(found) != 1:
        raise BadDatabase(f"{path} is a database, but not Linsheng's; {_REMEDY}")
    if found[0] not in KNOWN:
        raise BadDatabase(
            f"{path} comes from a newer Linsheng ({found[0]}); install that one, or {_REMEDY}"
        )
    return found[0]


_REMEDY = "set storage.path, or restore a backup: linsheng restore FILE"


def upgrade(path: Path) -> None:
    """Runs the migrations that are missing."""
    from storage.database import open_engine

    engine = open_engine(path)
    try:
        migrate(engine)
    finally:
        engine.dispose()


def migrate(engine: Engine, to: str = "head") -> None:
    """Brings the database of an engine to a version, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def _create(path: Path) -> None:
    """A new file nobody else can read, whole or not there at all."""
    aside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        upgrade(aside)
        _settle(aside)
        os.link(aside, path)
        aside.unlink()
    except (OSError, DBAPIError, sqlite3.Error) as error:
        raise BadDatabase(f"{path} cannot be made ({_why(error)}); {_REMEDY}") from None


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(getattr(error, "orig", error))


def _settle(path: Path) -> None:
    """Everything in the one file: no write-ahead log beside it."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _look(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise BadDatabase(f"{path} cannot be read ({error.strerror}); {_REMEDY}") from None
    if head != MAGIC:
        raise BadDatabase(f"{path} is no database, or it was cut off; {_REMEDY}")


def _versions(path: Path) -> list[str]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        size = connection.execute("PRAGMA page_count").fetchone()[0]
        page = connection.execute("PRAGMA page_size").fetchone()[0]
        if path.stat().st_size < page or (size > 1 and path.stat().st_size < page * 2):
            raise sqlite3.DatabaseError("cut off")
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        connection.execute("SELECT count(*) FROM arrivals").fetchone()
        return [str(row[0]) for row in rows]
    finally:
        connection.close()


def _copy(path: Path, aside: Path) -> None:
    shutil.copy2(path, aside)
    wal = Path(f"{path}-wal")
    if wal.exists():
        shutil.copy2(wal, Path(f"{aside}-wal"))


def stamped() -> str:
    """A moment for file names."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
