"""Everything the fakes keep: one dict or list for each table, and the ties between them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from bot.domain.announce import Post
from bot.domain.audit import Entry
from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.community import Community, Form, Group, Invitation
from bot.domain.consult.values import Reason, Stance
from bot.domain.due import Due
from bot.domain.label import Finding, Label, Sample
from bot.domain.learning import Draw
from bot.domain.letter import Ledger, Letter, Own, Priority, State
from bot.domain.matter import Matter, Passage
from bot.domain.people import Grant, Membership, Person, Role
from bot.domain.second import Awaited, Found
from bot.domain.talk import Heard
from bot.domain.touch import Shown


class Conflict(Exception):
    """A row that would stand beside its equal, or belong to something that is not there."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One update, or one text that waits for the second reader."""

    raw: str | None
    state: str
    received_at: datetime
    attempts: int = 0
    awaited: Awaited | None = None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """One letter; `letter` is gone once it is emptied, `chat` may have become another."""

    seq: int
    letter: Letter | None
    chat: ChatId
    about: str
    state: State
    created_at: datetime
    not_before: datetime | None = None
    attempts: int = 0
    message: int | None = None
    poll: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty, and what became of it."""

    due: Due
    done_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """The stance somebody took."""

    stance: Stance
    receipt: str
    at: str


@dataclass(frozen=True, slots=True)
class Booked:
    """One line in a noise ledger."""

    chat: ChatId
    day: str
    ledger: Ledger
    priority: Priority
    own: Own | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages a stratum had, and the highest lot that is still drawn."""

    seen: int
    bar: float


Side = tuple[CommunityId, str, Finding, bool]
"""A community, a week, a finding, and whether the reader flagged it."""


@dataclass
class Shelves:
    """One field a table; what hangs on a community or a matter goes with it."""

    arrivals: dict[int, Arrived] = field(default_factory=dict)
    letters: dict[str, Posted] = field(default_factory=dict)
    dues: dict[tuple[str, str], Duty] = field(default_factory=dict)
    communities: dict[CommunityId, Community] = field(default_factory=dict)
    groups: dict[ChatId, Group] = field(default_factory=dict)
    aliases: dict[ChatId, ChatId] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    forms: dict[MemberId, Form] = field(default_factory=dict)
    people: dict[MemberId, Person] = field(default_factory=dict)
    memberships: dict[tuple[CommunityId, MemberId], Membership] = field(default_factory=dict)
    grants: dict[tuple[CommunityId, MemberId, Role], Grant] = field(default_factory=dict)
    erasures: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    history: list[tuple[str, Passage]] = field(default_factory=list)
    posts: dict[tuple[str, ChatId], Post] = field(default_factory=dict)
    acknowledgements: dict[tuple[str, str], str] = field(default_factory=dict)
    stances: dict[tuple[str, str], Taken] = field(default_factory=dict)
    reasons: dict[tuple[str, MemberId], Reason] = field(default_factory=dict)
    readings: dict[tuple[ChatId, int], Heard] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    draws: dict[int, Draw] = field(default_factory=dict)
    strata: dict[Side, Counted] = field(default_factory=dict)
    gates: dict[tuple[CommunityId, Finding], tuple[bool, str]] = field(default_factory=dict)
    boards: dict[ChatId, Shown] = field(default_factory=dict)
    audit: dict[int, tuple[Entry, str]] = field(default_factory=dict)
    noise: list[Booked] = field(default_factory=list)
    health: dict[str, str] = field(default_factory=dict)

    def copied(self) -> "Shelves":
        """The same values on shelves of their own; values are frozen, so they may be shared."""
        return Shelves(*(getattr(self, one.name).copy() for one in fields(self)))

    def restore(self, before: "Shelves") -> None:
        """Everything is as it was."""
        for one in fields(self):
            setattr(self, one.name, getattr(before, one.name))

    def require_community(self, id: CommunityId | None) -> None:
        """Raises `Conflict` where a row would belong to a community that is not there."""
        if id is not None and id not in self.communities:
            raise Conflict(f"no community {id!r}")

    def require_matter(self, id: str) -> None:
        """Raises `Conflict` where a row would belong to a matter that is not there."""
        if id not in self.matters:
            raise Conflict(f"no matter {id!r}")

    def drop_community(self, id: CommunityId) -> None:
        """A community with all that hangs on it."""
        del self.communities[id]
        for matter in [one for one in self.matters.values() if one.community == id]:
            self.drop_matter(matter.id)
        self.groups = {chat: one for chat, one in self.groups.items() if one.community != id}
        self.invitations = {
            code: one for code, one in self.invitations.items() if one.community != id
        }
        self.memberships = {key: one for key, one in self.memberships.items() if key[0] != id}
        self.grants = {key: one for key, one in self.grants.items() if key[0] != id}
        self.labels = [one for one in self.labels if one.community != id]
        self.samples = [one for one in self.samples if one.community != id]
        self.draws = {seq: one for seq, one in self.draws.items() if one.community != id}
        self.strata = {side: one for side, one in self.strata.items() if side[0] != id}
        self.gates = {key: one for key, one in self.gates.items() if key[0] != id}

    def drop_matter(self, id: str) -> None:
        """A matter with all that hangs on it."""
        self.matters.pop(id, None)
        self.history = [one for one in self.history if one[0] != id]
        self.posts = {key: one for key, one in self.posts.items() if key[0] != id}
        self.acknowledgements = {
            key: one for key, one in self.acknowledgements.items() if key[0] != id
        }
        self.stances = {key: one for key, one in self.stances.items() if key[0] != id}
        self.reasons = {key: one for key, one in self.reasons.items() if key[0] != id}


def fresh_number(used: Iterable[int]) -> int:
    """One more than the highest."""
    return max(used, default=0) + 1


def in_utc(at: datetime) -> datetime:
    """A moment as it is read back."""
    return at.astimezone(UTC)


def maybe_utc(at: datetime | None) -> datetime | None:
    """A moment as it is read back, where there is one."""
    return None if at is None else at.astimezone(UTC)
