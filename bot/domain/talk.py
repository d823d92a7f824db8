"""What was said, what a reading found in it, and whose eyes it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.basics import ChatId

ASKS, CLAIMS = 0.5, 0.5
"""Scores from which a finding counts."""
REMEMBERED = 20


class Mood(StrEnum):
    """What a writer feels about what they write of; unknown is no mood of its own."""

    NEGATIVE = "-"
    NEUTRAL = "0"
    POSITIVE = "+"
    UNKNOWN = "?"


class TextKind(StrEnum):
    """What sort of text it is."""

    TALK = "talk"
    FORWARD = "forward"
    ADVERTISEMENT = "advertisement"
    CHAIN = "chain"
    NOTICE = "notice"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Message:
    """What is read: the words, and what is known of how they came.

    `author` is a code, the same for the same speaker; `number` is its own in the chat, 0 where it
    has none, and `reply_to` that of another message.
    """

    text: str
    forwarded: bool = False
    role: str = ""
    at: datetime | None = None
    author: str = ""
    reply_to: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Alone:
    """What the words say by themselves, before what was said around them; each from 0 to 1."""

    negative: float = 0.0
    positive: float = 0.0
    asks: float = 0.0
    claim: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text; `evidence` is only for the eyes of a card.

    `asks` and `claim` are scores from 0 to 1, `office` is the role addressed or concerned,
    `cues` the letters W (belonging), H (help), T (thanks), L (alienation), X (hostility),
    `names` whom the words name of those who can be judged, `targets` whom it judges, with -1 or
    +1, `personal` the kinds of personal data it holds.
    """

    kind: TextKind = TextKind.TALK
    mood: Mood = Mood.NEUTRAL
    score: float = 0.0
    asks: float = 0.0
    claim: float = 0.0
    high_risk: bool = False
    complaint: bool = False
    hazard: bool = False
    urgent: bool = False
    addressed: bool = False
    canned: bool = False
    clueless: bool = False
    office: str = ""
    cues: str = ""
    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    targets: tuple[tuple[str, int], ...] = ()
    personal: tuple[str, ...] = ()
    alone: Alone = Alone()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as it is remembered: who (by code), when, what was found and by which reader."""

    message: int
    at: datetime
    author: str
    role: str
    reply_to: int | None
    reading: Reading
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """The messages of one chat that are read next, in their order, and what was heard before."""

    messages: tuple[Message, ...]
    before: tuple[Heard, ...] = ()


class Reader(Protocol):
    """Reads one message; `later` is for a second reader, who may find nothing more.

    `ahead` names what is read next, for a reader that is faster over many at once; it forgets what
    it was told before. Nothing rests on it: what comes otherwise is read when it comes.
    """

    def read(self, message: Message, before: Sequence[Heard]) -> Reading: ...
    def later(self, message: Message) -> Reading | None: ...
    def ahead(self, coming: Sequence[Coming]) -> None: ...


def remembered(message: Message, at: datetime, reading: Reading, reader: str = "") -> Heard:
    """What is kept of a message that was read."""
    author, role, reply_to = message.author, message.role, message.reply_to
    return Heard(message.number, at, author, role, reply_to, reading, reader)


class Likely(Protocol):
    """How likely a message answers a question asked before it, from 0 to 1."""

    def __call__(
        self, asked: Heard, words: str, between: Sequence[Heard], said: Heard, text: str
    ) -> float: ...


def unlikely(asked: Heard, words: str, between: Sequence[Heard], said: Heard, text: str) -> float:
    """Where nobody can tell, nothing is a likely answer."""
    return 0.0


class Flag(StrEnum):
    """Whose eyes a message needs."""

    QUESTION = "question"
    HAZARD = "hazard"
    RUMOUR = "rumour"


class Talk(Protocol):
    """Where readings are kept for 35 days."""

    def put(self, chat: ChatId, heard: Heard) -> None: ...
    def get(self, chat: ChatId, message: int) -> Heard | None: ...
    def last(self, chat: ChatId, count: int) -> tuple[Heard, ...]: ...
    def counts(self, chat: ChatId, since: datetime, until: datetime) -> tuple[int, int]: ...
    def forget(self, author: str) -> None: ...


def flags_for(reading: Reading) -> frozenset[Flag]:
    """What must be looked after; a hazard comes before everything."""
    if reading.hazard:
        return frozenset({Flag.HAZARD})
    flags = set()
    if reading.asks >= ASKS:
        flags.add(Flag.QUESTION)
    if checkable(reading.kind, reading.claim):
        flags.add(Flag.RUMOUR)
    return frozenset(flags)


def checkable(kind: TextKind, claim: float) -> bool:
    """Whether a claim needs checking; a notice may be about one, but its office answers."""
    return claim >= CLAIMS and kind is not TextKind.NOTICE
