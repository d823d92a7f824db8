"""Stances, reasons, concerns, and what consultations need of the stores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.announce.values import Announcements
from bot.domain.basics import ChatId, MemberId, Refusal
from bot.domain.matter import Matter, MatterKind
from bot.domain.people import Role
from bot.domain.question.values import QuestionWork
from bot.domain.similar import likeness

FORM, REASON_FORM = "consult", "reason"
CLOSE, REVIEW, PROMISE = "consult.close", "consult.review", "promise.due"
TITLE, MATERIALS, COSTS, REASON, OUTCOME, ANSWER = 120, 1500, 300, 200, 1500, 600
LONGEST = timedelta(days=90)
SPANS = (3, 7, 14)
ALIKE = 0.4
"""Reasons this alike are one concern."""
OFFICIALS = frozenset({Role.OWNER, Role.SECRETARY, Role.MANAGER, Role.GRID, Role.PROPERTY})
"""Roles that answer for the facts and take no stance themselves."""


class Stance(StrEnum):
    """Where somebody stands; `house.md` decision 7."""

    AGREE = "agree"
    STAND_ASIDE = "stand_aside"
    OBJECT = "object"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody objects; `confirmed` is their word on a manager's wording of it."""

    matter: str
    member: MemberId
    text: str
    concern: int | None = None
    confirmed: bool | None = None


class Consultations(Protocol):
    """Where stances and reasons are kept."""

    def take(self, matter: str, code: str, stance: Stance, receipt: str, at: str) -> None: ...
    def stance_of(self, matter: str, code: str) -> Stance | None: ...
    def tally(self, matter: str) -> Mapping[Stance, int]: ...
    def taken_by(self, code: str) -> int: ...
    def put_reason(self, reason: Reason) -> None: ...
    def drop_reason(self, matter: str, member: MemberId) -> None: ...
    def reasons(self, matter: str) -> tuple[Reason, ...]: ...
    def drop_reasons(self, matter: str) -> None: ...
    def forget(self, member: MemberId) -> None: ...
    def loosen(self, code: str, loose: Callable[[], str]) -> None: ...


class ConsultWork(QuestionWork, Protocol):
    """The stores that consultations need."""

    @property
    def announcements(self) -> Announcements: ...
    @property
    def consultations(self) -> Consultations: ...


@dataclass(frozen=True, slots=True)
class Concern:
    """Reasons that say the same."""

    reasons: tuple[Reason, ...]

    @property
    def size(self) -> int:
        return len(self.reasons)


def concerns_of(reasons: Sequence[Reason]) -> tuple[Concern, ...]:
    """Reasons put together by likeness, the most shared first; ties keep their order."""
    groups: list[list[Reason]] = []
    for reason in reasons:
        alike = [g for g in groups if max(likeness(reason.text, r.text) for r in g) >= ALIKE]
        if alike:
            alike[0].append(reason)
        else:
            groups.append([reason])
    ordered = sorted(groups, key=len, reverse=True)
    return tuple(Concern(tuple(group)) for group in ordered)


def bounded(text: str, limit: int) -> str:
    """Words of at least one and at most `limit` characters. Raises `Refusal`."""
    words = text.strip()
    if not words or len(words) > limit:
        raise Refusal("consult.length", limit=limit, length=len(words))
    return words


def chats_of(matter: Matter) -> tuple[ChatId, ...]:
    return tuple(ChatId(int(chat)) for chat in matter.fact("chats").split(",") if chat)


def is_consult(matter: Matter | None) -> bool:
    return matter is not None and matter.kind is MatterKind.CONSULT
