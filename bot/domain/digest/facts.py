"""What happened in one week of a community; counted from matters and their history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.basics import CommunityId
from bot.domain.consult.values import ConsultWork
from bot.domain.digest.values import span_of
from bot.domain.matter import Matter, MatterKind, Passage, Stage
from bot.domain.talk import Talk


class FactsWork(ConsultWork, Protocol):
    """The stores from which a week is counted."""

    @property
    def talk(self) -> Talk: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the week: when it was asked and first answered, and how it ended."""

    matter: Matter
    first: datetime | None
    solved: bool

    @property
    def in_time(self) -> bool:
        due = self.matter.due_at
        return self.first is not None and (due is None or self.first <= due)

    @property
    def hours(self) -> float | None:
        if self.first is None:
            return None
        return (self.first - self.matter.created_at).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the digests tell."""

    name: str
    begin: datetime
    end: datetime
    questions: tuple[Answered, ...]
    solved: tuple[Matter, ...]
    waiting: tuple[Matter, ...]
    rumours: tuple[Matter, ...]
    polls: tuple[Matter, ...]
    consults: tuple[Matter, ...]
    promises: tuple[Matter, ...]
    coming: tuple[Matter, ...]
    decided: tuple[Matter, ...] = ()
    messages: int = 0
    opted_out: int = 0
    own: int = 0
    acts: int = 0


def facts_of(work: FactsWork, kind: str, community: CommunityId, zone: str, week: str) -> Week:
    """Counts one week. Raises `ValueError` where there is no such week."""
    begin, end = span_of(kind, week, zone)
    kinds = _by_kind(work, community, begin, end)
    questions = tuple(
        _answered(m, work.matters.history(m.id), end)
        for m in kinds[MatterKind.QUESTION]
        if m.created_at >= begin and m.stage not in (Stage.WITHDRAWN, Stage.CLOSED)
    )
    groups = work.communities.groups(community)
    spent = [work.noise.spent(group.chat, end.date()) for group in groups]
    heard = [work.talk.counts(group.chat, begin, end) for group in groups]
    every = kinds[MatterKind.QUESTION]
    return Week(
        name=week,
        begin=begin,
        end=end,
        questions=questions,
        solved=tuple(m for m in every if m.stage is Stage.SOLVED and _within(m, begin, end)),
        waiting=tuple(m for m in every if m.stage in (Stage.OPEN, Stage.TAKEN)),
        rumours=kinds[MatterKind.RUMOUR],
        polls=kinds[MatterKind.POLL],
        consults=kinds[MatterKind.CONSULT],
        promises=kinds[MatterKind.PROMISE],
        coming=tuple(m for m in kinds[MatterKind.NOTICE] if m.stage is Stage.SCHEDULED),
        decided=_news(work, kinds, begin, end),
        messages=sum(count for count, _ in heard),
        opted_out=work.people.opted_out(community),
        own=sum(one.own_week for one in spent),
        acts=work.noise.acts(tuple(g.chat for g in groups), begin.date(), end.date()),
    )


def _by_kind(
    work: FactsWork, community: CommunityId, begin: datetime, end: datetime
) -> dict[MatterKind, tuple[Matter, ...]]:
    """What was open at some time of the week."""
    return {
        kind: tuple(m for m in work.matters.of_kind(community, kind, begin) if m.created_at < end)
        for kind in MatterKind
    }


def _answered(matter: Matter, history: tuple[Passage, ...], end: datetime) -> Answered:
    answers = (Stage.ANSWERED, Stage.SOLVED)
    first = next((p.at for p in history if p.stage in answers and p.at < end), None)
    return Answered(matter, first, matter.stage is Stage.SOLVED)


def _news(
    work: FactsWork,
    kinds: dict[MatterKind, tuple[Matter, ...]],
    begin: datetime,
    end: datetime,
) -> tuple[Matter, ...]:
    votes = (*kinds[MatterKind.POLL], *kinds[MatterKind.CONSULT])
    return tuple(matter for matter in votes if _decided(work, matter, begin, end))


def _decided(work: FactsWork, matter: Matter, begin: datetime, end: datetime) -> bool:
    """Whether its result was told in this week; it is news only once."""
    told = Stage.COUNTED if matter.kind is MatterKind.POLL else Stage.DECIDED
    return any(p.stage is told and begin <= p.at < end for p in work.matters.history(matter.id))


def _within(matter: Matter, begin: datetime, end: datetime) -> bool:
    return matter.closed_at is not None and begin <= matter.closed_at < end
