"""A community, its groups, the invitations into it, and forms somebody is in the middle of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import ChatId, CommunityId, Lang, MemberId
from bot.domain.letter import Quiet
from bot.domain.people import Role

NIGHT = Quiet()


@dataclass(frozen=True, slots=True)
class Community:
    """One residential community: what its managers chose in the chat.

    `samples` is 〔用于改进识别〕, off until somebody switches it on; `audits` is the weekly
    spot check.
    """

    id: CommunityId
    name: str
    lang: Lang
    zone: str
    created_at: datetime
    quiet: Quiet = NIGHT
    buildings: tuple[str, ...] = ()
    samples: bool = False
    audits: bool = True


class GroupState(StrEnum):
    """How far the bot's life in a group has come."""

    GUEST = "guest"
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Group:
    """One group chat; `told` remembers what its managers were told once."""

    chat: ChatId
    community: CommunityId | None
    title: str = ""
    state: GroupState = GroupState.GUEST
    forum: bool = False
    notice_topic: int | None = None
    board_topic: int | None = None
    hears_all: bool = False
    can_pin: bool = False
    told: frozenset[str] = frozenset()
    since: datetime | None = None
    members: int | None = None
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that opens a door once: a role, or (without a community) the right to set one up."""

    code: str
    community: CommunityId | None
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """A form a person is filling in; it can be resumed for 24 hours."""

    member: MemberId
    kind: str
    step: str
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None


class Communities(Protocol):
    """Where communities and their groups are kept."""

    def get(self, id: CommunityId) -> Community | None: ...
    def all(self) -> tuple[Community, ...]: ...
    def put(self, community: Community) -> None: ...
    def group(self, chat: ChatId) -> Group | None: ...
    def put_group(self, group: Group) -> None: ...
    def drop_group(self, chat: ChatId) -> None: ...
    def groups(self, community: CommunityId) -> tuple[Group, ...]: ...
    def migrate(self, old: ChatId, new: ChatId) -> bool: ...
    def erase(self, id: CommunityId) -> None: ...


class Invitations(Protocol):
    """Where invitations wait; only a hash of each code is kept."""

    def put(self, invitation: Invitation) -> None: ...
    def take(self, code: str, now: datetime) -> Invitation | None: ...


class Forms(Protocol):
    """Where half-filled forms are kept, one a person."""

    def get(self, member: MemberId) -> Form | None: ...
    def put(self, form: Form) -> None: ...
    def drop(self, member: MemberId) -> None: ...
