"""Sweeping the shelves, and counting how the store is doing."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.basics import Clock
from bot.domain.doctor import Vitals
from bot.domain.label import week_of
from bot.domain.letter import State
from bot.domain.matter import Matter, MatterKind
from bot.domain.privacy import PURGED_AT, Limits
from tests.fakes.arrivals import QUARANTINED, FakeArrivals
from tests.fakes.audit import FakeAudit
from tests.fakes.boards import FakeNoise
from tests.fakes.communities import FakeForms, FakeInvitations
from tests.fakes.dues import ATTEMPTS, FakeDues
from tests.fakes.labels import FakeLabels
from tests.fakes.learning import FakeDraws
from tests.fakes.letters import FakeLetters
from tests.fakes.people import FakePeople
from tests.fakes.shelves import Shelves
from tests.fakes.talk import FakeTalk


class FakeRetention:
    """Fulfils `Retention`."""

    def __init__(self, shelves: Shelves, clock: Clock) -> None:
        self._shelves, self._clock = shelves, clock

    def sweep(self, limits: Limits) -> None:
        now, shelves = self._clock(), self._shelves
        FakeArrivals(shelves, self._clock).purge()
        FakeLetters(shelves, self._clock).purge()
        FakeForms(shelves, self._clock).purge()
        FakeInvitations(shelves).purge(now)
        FakeDues(shelves).purge(now)
        FakePeople(shelves).expire(now)
        FakeAudit(shelves).purge(now - limits.audit)
        FakeNoise(shelves).purge((now - limits.noise).date())
        self._closed(now - limits.help)
        self._judged(limits, now)
        FakeTalk(shelves).purge(now - limits.readings)
        self._unopened(now - limits.unopened)

    def _closed(self, before: datetime) -> None:
        """Words and people of what was closed long ago."""
        shelves = self._shelves
        for id, matter in list(shelves.matters.items()):
            if matter.closed_at is not None and matter.closed_at < before:
                shelves.matters[id] = _emptied(matter)
                shelves.reasons = {k: one for k, one in shelves.reasons.items() if k[0] != id}

    def _judged(self, limits: Limits, now: datetime) -> None:
        words, whole = week_of(now - limits.samples, "UTC"), week_of(now - limits.labels, "UTC")
        FakeLabels(self._shelves).purge(now - limits.readings, words, whole)
        FakeDraws(self._shelves).purge(week_of(now - limits.draws, "UTC"), whole)

    def _unopened(self, before: datetime) -> None:
        """Communities that somebody began to open and never did."""
        opened = {group.community for group in self._shelves.groups.values()}
        for community in list(self._shelves.communities.values()):
            if community.created_at < before and community.id not in opened:
                self._shelves.drop_community(community.id)


class FakeVitals:
    """Fulfils `VitalSigns`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def take(self, now: datetime) -> Vitals:
        def clock() -> datetime:
            return now

        purged = self._shelves.health.get(PURGED_AT)
        duties = self._shelves.dues.values()
        return Vitals(
            quarantined=FakeArrivals(self._shelves, clock).count(QUARANTINED),
            uncertain=FakeLetters(self._shelves, clock).count(State.UNCERTAIN),
            stuck=tuple(one.due.kind for one in duties if one.attempts >= ATTEMPTS),
            purged_at=datetime.fromisoformat(purged) if purged else None,
            broken_at=FakeAudit(self._shelves).broken_at(),
        )


def _emptied(matter: Matter) -> Matter:
    """Without evidence; and without words and people, where it is no notice."""
    facts = {name: value for name, value in matter.facts.items() if name != "signs"}
    kept = replace(matter, facts=MappingProxyType(facts))
    if matter.kind is MatterKind.NOTICE:
        return kept
    return replace(kept, text="", owner=None, keeper=None)
