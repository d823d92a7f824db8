"""A community as it was once played, kept to begin from again: its file and its Telegram."""

import copy
import functools
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.api import Api
from storage.database import Database
from storage.schema import prepare
from storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Kept:
    """What a bot that was ended left behind, and the Telegram around it."""

    file: bytes
    telegram: Api
    ids: int

    def api(self) -> Api:
        """That Telegram once more, on its own."""
        return copy.deepcopy(self.telegram)


def kept(file: Path, api: Api, ids: int) -> Kept:
    """Keeps what was played; its calls were looked at where they were made."""
    api.world.calls.clear()
    return Kept(file.read_bytes(), copy.deepcopy(api), ids)


@functools.cache
def empty_file() -> bytes:
    """The file of a database in which nothing stands yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.db")
        database = Database(path, lambda: datetime.now(UTC))
        metadata.create_all(database.engine)
        database.close()
        return path.read_bytes()


@functools.cache
def first_file() -> bytes:
    """The file of a database as a first start leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "first.db")
        prepare(path)
        return path.read_bytes()
