"""What every matter shares: a number, a kind, a stage, an owner, a date and its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import ChatId, CommunityId, MemberId


class MatterKind(StrEnum):
    """What sort of thing is being looked after."""

    NOTICE = "notice"
    HELP = "help"
    QUESTION = "question"
    RUMOUR = "rumour"
    POLL = "poll"
    CONSULT = "consult"
    PROMISE = "promise"


class Stage(StrEnum):
    """Where a matter is; a kind uses those that make sense for it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    SOLVED = "solved"
    CHECKING = "checking"
    JUDGED = "judged"
    COUNTED = "counted"
    DECIDED = "decided"
    OVERDUE = "overdue"
    KEPT = "kept"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing the community looks after; `facts` holds what its kind needs besides.

    `owner` is the person whose it is (author, asker), `office` the role that is responsible,
    `keeper` whoever took it on; `chat` and `message` say where it was said.
    """

    id: str
    number: int
    community: CommunityId
    kind: MatterKind
    stage: Stage
    owner: MemberId | None
    text: str
    created_at: datetime
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    due_at: datetime | None = None
    closed_at: datetime | None = None
    office: str = ""
    keeper: MemberId | None = None
    chat: ChatId | None = None
    message: int | None = None

    def fact(self, name: str) -> str:
        return self.facts.get(name, "")

    def with_facts(self, **facts: str) -> "Matter":
        return replace(self, facts=MappingProxyType({**self.facts, **facts}))


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of a matter's history: the stage it came to, and when."""

    stage: Stage
    at: datetime


LONGEST_NUMBER = 8


def number_of(words: str, marks: str) -> int | None:
    """The number of a matter as somebody typed it, with or without its mark; else none."""
    digits = words.strip().lstrip(marks)
    plain = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER
    return int(digits) if plain else None


WORDS = frozenset(
    {
        "affected",
        "answer",
        "costs",
        "materials",
        "options",
        "outcome",
        "source",
        "topic",
        "wording",
        "words",
    }
)
"""Facts that are texts somebody wrote."""
ENDED = frozenset({Stage.PUBLISHED, Stage.WITHDRAWN, Stage.CLOSED})


def silenced(matter: Matter, now: datetime) -> Matter:
    """The same without a word in it; what was still open is closed, what was planned is off."""
    kept = {name: value for name, value in matter.facts.items() if name not in WORDS}
    planned = matter.stage in (Stage.DRAFT, Stage.SCHEDULED)
    stage = Stage.WITHDRAWN if planned else Stage.CLOSED
    return replace(
        matter,
        text="",
        facts=MappingProxyType(kept),
        stage=matter.stage if matter.stage in ENDED else stage,
        due_at=None if planned else matter.due_at,
        closed_at=matter.closed_at or now,
    )


class Matters(Protocol):
    """Where matters and their append-only history are kept."""

    def get(self, id: str) -> Matter | None: ...
    def next_number(self, community: CommunityId) -> int: ...
    def put(self, matter: Matter, actor: str, at: datetime) -> None: ...
    def drop(self, id: str) -> None: ...
    def kept_by(self, member: MemberId) -> tuple[Matter, ...]: ...
    def said_in(self, chat: ChatId) -> tuple[Matter, ...]: ...
    def of_community(self, community: CommunityId) -> tuple[Matter, ...]: ...
    def of_owner(self, member: MemberId) -> tuple[Matter, ...]: ...
    def open_in(
        self, community: CommunityId, kind: MatterKind, stage: Stage
    ) -> tuple[Matter, ...]: ...
    def numbered(self, community: CommunityId, number: int) -> Matter | None: ...
    def said_at(self, chat: ChatId, message: int) -> Matter | None: ...
    def of_kind(
        self, community: CommunityId, kind: MatterKind, since: datetime | None = None
    ) -> tuple[Matter, ...]: ...
    def history(self, id: str) -> tuple[Passage, ...]: ...
