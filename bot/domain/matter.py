"""What every matter shares: a number, a kind, a stage, an owner, a date and its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import CommunityId, MemberId


class MatterKind(StrEnum):
    """What sort of thing is being looked after."""

    NOTICE = "notice"
    HELP = "help"


class Stage(StrEnum):
    """Where a matter is; a kind uses those that make sense for it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing the community looks after; `facts` holds what its kind needs besides."""

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


class Matters(Protocol):
    """Where matters and their append-only history are kept."""

    def get(self, id: str) -> Matter | None: ...
    def next_number(self, community: CommunityId) -> int: ...
    def put(self, matter: Matter, actor: str, at: datetime) -> None: ...
    def drop(self, id: str) -> None: ...
    def of_owner(self, member: MemberId) -> tuple[Matter, ...]: ...
    def open_in(
        self, community: CommunityId, kind: MatterKind, stage: Stage
    ) -> tuple[Matter, ...]: ...
