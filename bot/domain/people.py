"""Who people are to the bot, which roles they hold, and what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import ChatId, CommunityId, Denied, Lang, MemberId


class Sender(StrEnum):
    """Which kind of sender an update comes from."""

    RESIDENT = "resident"
    BOT = "bot"
    ANONYMOUS_ADMIN = "anonymous_admin"
    LINKED_CHANNEL = "linked_channel"
    CHANNEL = "channel"
    NOBODY = "nobody"


class Role(StrEnum):
    """The offices of a community, in the order in which they are shown."""

    OWNER = "owner"
    SECRETARY = "secretary"
    MANAGER = "manager"
    GRID = "grid"
    PROPERTY = "property"
    COMMITTEE = "committee"
    MONITOR = "monitor"


class Status(StrEnum):
    """A person's standing in one chat, in Telegram's words."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


ADMINS = frozenset({Status.CREATOR, Status.ADMINISTRATOR})
PRESENT = ADMINS | {Status.MEMBER, Status.RESTRICTED}


class Act(StrEnum):
    """What can be done; each names who may do it in `MAY`."""

    SETUP = "setup"
    PUBLISH = "publish"
    PUBLISH_URGENT = "publish_urgent"
    RECALL = "recall"
    PROGRESS = "progress"
    POLL = "poll"
    CONSULT = "consult"
    VERDICT = "verdict"
    ACKNOWLEDGE = "acknowledge"
    GRANT = "grant"
    CONFIGURE = "configure"
    SEE_AUDIT = "see_audit"
    EXPORT = "export"
    SPOT_CHECK = "spot_check"


class Need(StrEnum):
    """How fresh our knowledge of somebody's standing must be before an act is decided."""

    NONE = "none"
    MEMBER = "member"
    FRESH = "fresh"


MAX_AGE: Mapping[Need, timedelta] = MappingProxyType(
    {Need.MEMBER: timedelta(minutes=10), Need.FRESH: timedelta(seconds=10)}
)
FRESH_ACTS = frozenset(
    {
        Act.SETUP,
        Act.PUBLISH,
        Act.PUBLISH_URGENT,
        Act.RECALL,
        Act.POLL,
        Act.CONSULT,
        Act.VERDICT,
        Act.GRANT,
        Act.CONFIGURE,
        Act.EXPORT,
        Act.SPOT_CHECK,
    }
)

OFFICE = frozenset({Role.OWNER, Role.SECRETARY, Role.MANAGER})
MAY: Mapping[Act, frozenset[Role]] = MappingProxyType(
    {
        Act.PUBLISH: OFFICE | {Role.PROPERTY, Role.COMMITTEE},
        Act.PUBLISH_URGENT: OFFICE | {Role.PROPERTY},
        Act.RECALL: OFFICE | {Role.PROPERTY, Role.COMMITTEE},
        Act.PROGRESS: OFFICE | {Role.PROPERTY, Role.COMMITTEE, Role.GRID},
        Act.POLL: OFFICE | {Role.COMMITTEE},
        Act.CONSULT: OFFICE,
        Act.VERDICT: OFFICE | {Role.GRID},
        Act.GRANT: frozenset({Role.OWNER}),
        Act.CONFIGURE: OFFICE - {Role.SECRETARY},
        Act.SEE_AUDIT: frozenset({Role.OWNER, Role.MONITOR}),
        Act.EXPORT: frozenset({Role.OWNER, Role.MONITOR}),
        Act.SPOT_CHECK: OFFICE | {Role.MONITOR},
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What Telegram said of a person in one chat, and when; no status means it did not say."""

    status: Status | None
    at: datetime


Standing = Mapping[ChatId, Seen]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody holds; `by_admin` means it rests on being a group administrator."""

    community: CommunityId
    member: MemberId
    role: Role
    by_admin: bool
    granted_at: datetime
    expires_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.expires_at is None or now < self.expires_at


def authorize(
    act: Act,
    grants: tuple[Grant, ...],
    chats: tuple[ChatId, ...],
    standing: Standing,
    now: datetime,
) -> Grant:
    """The grant under which a member may do an act in all these chats.

    `grants` are the member's own, read inside the work; a missing or too old standing denies.
    Raises `Denied`.
    """
    able = [
        grant for grant in grants if grant.role in MAY.get(act, frozenset()) and grant.holds(now)
    ]
    if not able:
        raise Denied(act, "denied.role")
    if not chats or any(_age(standing, chat, now) > _limit(act) for chat in chats):
        raise Denied(act, "denied.unsure")
    for grant in able:
        wanted = ADMINS if grant.by_admin else PRESENT
        if all(standing[chat].status in wanted for chat in chats):
            return grant
    raise Denied(act, "denied.standing")


def require_member(chat: ChatId, standing: Standing, now: datetime) -> None:
    """Only somebody who is in the chat now may go on. Raises `Denied`."""
    if _age(standing, chat, now) > MAX_AGE[Need.MEMBER]:
        raise Denied(Act.ACKNOWLEDGE, "denied.unsure")
    if standing[chat].status not in PRESENT:
        raise Denied(Act.ACKNOWLEDGE, "denied.member")


def _limit(act: Act) -> timedelta:
    return MAX_AGE[Need.FRESH if act in FRESH_ACTS else Need.MEMBER]


def _age(standing: Standing, chat: ChatId, now: datetime) -> timedelta:
    seen = standing.get(chat)
    return timedelta.max if seen is None or seen.status is None else abs(now - seen.at)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who used the bot: how to reach them and how they like to be spoken to."""

    id: MemberId
    lang: Lang | None = None
    elder: bool = False
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """What a person told one community: their building, and whether they may be analysed."""

    community: CommunityId
    member: MemberId
    building: str = ""
    opted_out: bool = False


class People(Protocol):
    """Where people, memberships and roles are kept."""

    def person(self, member: MemberId) -> Person: ...
    def put_person(self, person: Person) -> None: ...
    def membership(self, community: CommunityId, member: MemberId) -> Membership: ...
    def put_membership(self, membership: Membership) -> None: ...
    def memberships(self, member: MemberId) -> tuple[Membership, ...]: ...
    def opted_out(self, community: CommunityId) -> int: ...
    def unread(self, community: CommunityId) -> frozenset[MemberId]: ...
    def grants(self, member: MemberId) -> tuple[Grant, ...]: ...
    def grants_in(self, community: CommunityId) -> tuple[Grant, ...]: ...
    def grant(self, grant: Grant) -> None: ...
    def revoke(self, community: CommunityId, member: MemberId, role: Role) -> bool: ...
    def forget(self, member: MemberId) -> None: ...
    def note_erasure(self, code: str, at: datetime, receipt: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an update and what is known of them at this moment."""

    id: MemberId
    sender: Sender = Sender.RESIDENT
    lang: Lang = "zh-Hans"
    standing: Standing = field(default_factory=lambda: MappingProxyType({}))
