"""A text that waits for the second reader, what is asked about it, and what was found."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.basics import ChatId, MemberId
from bot.domain.doctor import Health
from bot.domain.talk import Heard, Message, Reading, TextKind

MAY_ASK, MAY_CLAIM = 0.15, 0.25
"""Scores from which a text is worth a second look: from a doubt up to a sure finding."""
KEPT = timedelta(minutes=10)
"""No text waits longer than this, whatever happens."""
EMPTIED = KEPT - timedelta(seconds=90)
"""Sweeping begins a little sooner, so that the write-ahead log is rid of it in time too."""
LONGEST, MOST = 1_000, 200
"""Characters that are handed over of a text, and texts that may wait at one time."""
SWEEP = "second.sweep"


class Scope(StrEnum):
    """Which texts are read a second time."""

    ALL = "all"
    QUESTIONS = "questions"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A text that waits; `open` says that it may still become a matter."""

    chat: ChatId
    message: int
    member: MemberId
    text: str
    forwarded: bool = False
    role: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One message, words to compare it with, and what was heard before it."""

    message: Message
    others: tuple[tuple[str, str], ...] = ()
    before: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What it found: a reading, and for each matter it was compared with, how alike they are."""

    reading: Reading
    alike: tuple[tuple[str, float], ...] = ()


class SecondReader(Protocol):
    """Reads in a process of its own. An answer may fail to come; then it is None."""

    @property
    def scope(self) -> Scope: ...
    @property
    def health(self) -> Health: ...
    def ask(self, asked: Asked) -> Awaitable[Found | None]: ...
    def close(self) -> Awaitable[None]: ...


class Waits(Protocol):
    """Where texts wait for the second reader, ten minutes at most."""

    def put(self, awaited: Awaited) -> bool: ...
    def drop(self, chat: ChatId, message: int) -> None: ...
    def drop_chats(self, chats: Sequence[ChatId]) -> None: ...
    def forget(self, member: MemberId) -> None: ...
    def expire(self, before: datetime) -> None: ...
    def oldest(self) -> datetime | None: ...


def wanted(scope: Scope, reading: Reading) -> bool:
    """Whether a text is read again: all talk, or only what asks or claims, be it doubtfully."""
    if scope is Scope.OFF or reading.kind not in (TextKind.TALK, TextKind.FORWARD):
        return False
    return scope is Scope.ALL or reading.asks >= MAY_ASK or reading.claim >= MAY_CLAIM
