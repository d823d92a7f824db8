"""One process for one database: a lock file beside it, let go of by the system itself."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.schema import BadDatabase


class Running(Exception):
    """Another process works with this database."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Holds the database for this process. Raises `Running`, `BadDatabase`."""
    name = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BadDatabase(
            f"{path.parent} cannot be written to ({error.strerror}); set storage.path."
        ) from None
    try:
        _take(descriptor, name)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, name: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = name.read_text(encoding="ascii", errors="replace").strip() or "unknown"
        raise Running(f"another Linsheng works with this database (process {holder}).") from None
