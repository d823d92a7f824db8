"""Sends each digest once a week; late after a long silence, but once, and of the right week."""

from datetime import timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain import acts
from bot.domain.basics import CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Community
from bot.domain.digest.facts import FactsWork, Week, facts_of
from bot.domain.digest.plan import plan, plan_next
from bot.domain.digest.values import MANAGERS, RESIDENTS, week_at
from bot.domain.digest.words import for_managers, for_residents
from bot.domain.due import Due
from bot.domain.letter import (
    Card,
    Ledger,
    Own,
    Phrase,
    Plan,
    Priority,
    Value,
    Verdict,
    plan_own,
)
from bot.domain.pen import Pen
from bot.domain.people import OFFICE
from bot.domain.question.routing import managers, role_of

LATE = timedelta(hours=1)


class DigestWork(FactsWork, Protocol):
    """The stores that digests need."""


class DigestDesk:
    """Two digests a week for each community, in its own time zone."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._pen = Pen(new_id, pseudonym)

    def plan_all(self, work: DigestWork) -> None:
        """At start: every community has its digests before it."""
        for community in work.communities.all():
            plan(work, community)

    def residents_due(self, work: DigestWork, object: str) -> None:
        """Friday 18:30: one message in each group, if there is anything to tell."""
        community, week = self._of(work, object)
        if community is None:
            return
        card = self._residents(work, community, week)
        waits = False
        if card is not None:
            waits = self._post(work, community, card, object)
        if not waits:
            plan_next(work, RESIDENTS, community)

    def managers_due(self, work: DigestWork, object: str) -> None:
        """Friday 17:00: privately, to everybody in charge who can be reached."""
        community, week = self._of(work, object)
        if community is None:
            return
        card = self._managers(work, community, week)
        for member in managers(work, community.id):
            self._pen.card(work, member, card)
        plan_next(work, MANAGERS, community)

    def ask(self, work: DigestWork, member: MemberId) -> Card:
        """/digest: this week so far, or the last one told. Raises `Refusal`."""
        community = self._own(work, member)
        if role_of(work, community.id, member) in OFFICE:
            now = week_at(MANAGERS, work.now, community.zone)
            return self._managers(work, community, now)
        for moment in (work.now, work.now - timedelta(days=7)):
            week = week_at(RESIDENTS, moment, community.zone)
            if (card := self._residents(work, community, week)) is not None:
                return card
        return Card("digest.nothing")

    def week(self, work: DigestWork, community: Community, week: str) -> tuple[Card | None, Card]:
        """Both digests of a week, for a file. Raises `ValueError`."""
        return self._residents(work, community, week), self._managers(work, community, week)

    def _residents(self, work: DigestWork, community: Community, week: str) -> Card | None:
        facts = facts_of(work, RESIDENTS, community.id, community.zone, week)
        lines = for_residents(facts)
        return _card("digest.residents", work, community, facts, lines) if lines else None

    def _managers(self, work: DigestWork, community: Community, week: str) -> Card:
        facts = facts_of(work, MANAGERS, community.id, community.zone, week)
        return _card("digest.managers", work, community, facts, for_managers(facts))

    def _post(self, work: DigestWork, community: Community, card: Card, object: str) -> bool:
        """Into every group that can bear it; true where the quiet hours make it wait."""
        now = acts.local(work, community)
        plans: dict[int, Plan] = {}
        groups = acts.active(work, community.id)
        for group in groups:
            spent = work.noise.spent(group.chat, now.date())
            plans[group.chat] = plan_own(Own.DIGEST, 1, spent, now, community.quiet)
        waits = [p.at for p in plans.values() if p.at is not None]
        if waits:
            work.dues.put(Due(RESIDENTS, object, max(waits)))
            return True
        for group in groups:
            if plans[group.chat].verdict is not Verdict.GO:
                continue
            self._pen.post(
                work,
                group.chat,
                card,
                priority=Priority.DIGEST,
                ledger=Ledger.OWN,
                topic=group.notice_topic,
            )
            work.noise.book(group.chat, now.date(), Ledger.OWN, Priority.DIGEST, Own.DIGEST)
        return False

    def _of(self, work: DigestWork, object: str) -> tuple[Community | None, str]:
        id, _, week = object.partition(":")
        return work.communities.get(CommunityId(id)), week

    def _own(self, work: DigestWork, member: MemberId) -> Community:
        own = [grant.community for grant in work.people.grants(member)]
        own += [membership.community for membership in work.people.memberships(member)]
        everyone = work.communities.all()
        own += [everyone[0].id] if len(everyone) == 1 else []
        for id in own:
            found = work.communities.get(id)
            if found is not None:
                return found
        raise Refusal("audit.nothing")


def _card(
    key: str, work: DigestWork, community: Community, week: Week, lines: tuple[Phrase, ...]
) -> Card:
    late = work.now > week.end + LATE
    values: dict[str, Value] = {
        "name": community.name,
        "begin": week.begin,
        "end": week.end,
        "late": Phrase("digest.is_late" if late else "digest.on_time"),
        "lines": lines,
    }
    return Card(key, (), MappingProxyType(values))
