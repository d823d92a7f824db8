"""The token of every test: should its secret ever be printed or kept, the suite fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

SECRET: Final = "AAGcanaryNeverPrintNeverKeepMe_0123"
CANARY: Final = f"7201968034:{SECRET}"
KEPT: Final = (".db", ".db-wal", ".log", ".jsonl", ".txt", ".html")

_heard_in: list[str] = []


def hear(text: str, where: str) -> str:
    """Listens to what a test's child process printed, and hands it back."""
    if SECRET in text:
        _heard_in.append(where)
    return text


def heard() -> tuple[str, ...]:
    """Where the secret was heard so far."""
    return tuple(dict.fromkeys(_heard_in))


def kept_under(folder: Path) -> Iterator[Path]:
    """The files below a folder that hold the secret; settings files may."""
    for path in folder.rglob("*"):
        if path.name.endswith(KEPT) and path.is_file() and SECRET.encode() in path.read_bytes():
            yield path
