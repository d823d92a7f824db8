"""What the labels say: figures for those in charge, what falls silent, the weekly offer."""

from datetime import datetime, timedelta

from bot.domain import acts
from bot.domain.basics import CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.doctor import Finding as Vital
from bot.domain.doctor import Level, finding
from bot.domain.label import Finding, Label, week_of
from bot.domain.learning import cards
from bot.domain.learning.draw import chosen
from bot.domain.learning.measure import FEW, Measure, measure
from bot.domain.learning.values import DRAWN, Draw, LearningWork, Shown
from bot.domain.letter import Card, Phrase, phrase
from bot.domain.pen import Pen
from bot.domain.people import MAY, Act, Role, Standing
from bot.domain.question.routing import managers, reachable

WINDOW = timedelta(weeks=26)


class LearningDesk:
    """Measures the reader where it works, and silences a finding that does more harm than good.

    A hazard is never silenced by itself: one that is missed may cost a life. An answer has only
    a precision, so no J, and is not silenced either.
    """

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, reader: str = "") -> None:
        self._pen = Pen(new_id, pseudonym)
        self._reader = reader

    def week(self, work: LearningWork, community: CommunityId) -> str:
        """The newest week that is over: the one that is being checked."""
        return self._week(work, community, work.now - timedelta(days=7))

    def waiting(self, work: LearningWork, community: CommunityId) -> tuple[Draw, ...]:
        """What nobody judged yet of the week that is being checked."""
        drawn = chosen(work.draws.of(community, self.week(work, community)))
        return tuple(draw for draw in drawn if draw.state is Shown.WAITING)

    def offer(self, work: LearningWork, object: str) -> None:
        """With Friday's digest: one offer, to everybody who may judge; none where there is little.

        The week before is closed: what was not judged is not asked for again.
        """
        id, _, week = object.partition(":")
        community = work.communities.get(CommunityId(id))
        if community is None:
            return
        self.look(work, community.id)
        work.draws.drop_before(community.id, week)
        count = len(self.waiting(work, community.id))
        if not community.audits or week != self.week(work, community.id) or count < FEW:
            return
        monitors = reachable(work, community.id, Role.MONITOR)
        for member in dict.fromkeys((*managers(work, community.id), *monitors)):
            self._pen.card(work, member, cards.offer(community, count))

    def measures(self, work: LearningWork, community: CommunityId) -> tuple[Measure, ...]:
        """What the audited labels of half a year say of the reader as it is now."""
        return tuple(self._measure(work, community, each) for each in DRAWN)

    def _measure(self, work: LearningWork, community: CommunityId, each: Finding) -> Measure:
        begin = self._week(work, community, work.now - WINDOW)
        begin = max(begin, work.gates.fresh(community, each))
        labels = [m for m in work.labels.since(community, begin) if m.reader == self._reader]
        return measure(each, labels, work.draws.strata(community, begin))

    def look(self, work: LearningWork, community: CommunityId) -> None:
        """Silences what must fall silent, and says once why."""
        off = work.gates.off(community)
        for one in self.measures(work, community):
            if one.finding not in off and one.fails:
                fresh = work.gates.fresh(community, one.finding)
                work.gates.put(community, one.finding, off=True, fresh=fresh)
                self._pen.note(work, community, None, "finding_off", f"finding:{one.finding}")
                card = cards.fell_silent(community, one)
                for member in managers(work, community):
                    self._pen.card(work, member, card)

    def switch(
        self,
        work: LearningWork,
        member: MemberId,
        community: CommunityId,
        name: str,
        on: bool,
        standing: Standing,
    ) -> Card:
        """〔再打开〕, or 〔关掉〕 by hand; opened again it is measured anew. Raises `Denied`."""
        if name not in {str(each) for each in DRAWN}:
            raise Refusal("refuse.old_button")
        acts.require(work, member, Act.CONFIGURE, community, (), standing)
        each = Finding(name)
        fresh = work.gates.fresh(community, each)
        if on:
            fresh = self._week(work, community, work.now)
        work.gates.put(community, each, off=not on, fresh=fresh)
        act = "finding_on" if on else "finding_off"
        self._pen.note(work, community, member, act, f"finding:{each}")
        return self.figures(work, member, community)

    def figures(
        self, work: LearningWork, member: MemberId, community: CommunityId | None = None
    ) -> Card:
        """How well each finding does, for those in charge and the monitor. Raises `Refusal`."""
        own = self._own(work, member)
        here = community or next((id for id in own if self.waiting(work, id)), own[0])
        if here not in own:
            raise Refusal("denied.role")
        grants = [g for g in work.people.grants(member) if g.community == here]
        return cards.figures(
            acts.community_of(work, here),
            self.measures(work, here),
            self._tapped(work, here),
            work.gates.off(here),
            len(self.waiting(work, here)),
            any(g.role in MAY[Act.CONFIGURE] and g.holds(work.now) for g in grants),
            tuple(acts.community_of(work, id) for id in own if id != here),
        )

    def vitals(self, work: LearningWork, community: CommunityId) -> tuple[Vital, ...]:
        """For /doctor: what is measured, and what is switched off."""
        off = work.gates.off(community)
        found = []
        for one in self.measures(work, community):
            name = Phrase(f"finding.{one.finding}")
            share = cards.figure(one)
            working = one.finding not in off
            found.append(finding(working, "finding", Level.WARN, finding=name, j=share))
        return tuple(found)

    def _tapped(self, work: LearningWork, community: CommunityId) -> tuple[Phrase, ...]:
        """What people tapped on cards; not a share of anything, as they choose what they tap."""
        begin = self._week(work, community, work.now - WINDOW)
        labels = work.labels.since(community, begin)
        return tuple(
            phrase("learn.tapped", finding=Phrase(f"finding.{each}"), right=right, count=count)
            for each in Finding
            for right, count in [_taps(labels, each)]
            if count
        )

    def _own(self, work: LearningWork, member: MemberId) -> list[CommunityId]:
        may = MAY[Act.SPOT_CHECK]
        grants = [g for g in work.people.grants(member) if g.role in may and g.holds(work.now)]
        if not grants:
            raise Refusal("denied.role")
        return list(dict.fromkeys(g.community for g in grants))

    def _week(self, work: LearningWork, community: CommunityId, at: datetime) -> str:
        return week_of(at, acts.community_of(work, community).zone)


def _taps(labels: tuple[Label, ...], each: Finding) -> tuple[int, int]:
    """Of the flagged ones that somebody tapped: how many were right, and how many there are."""
    tapped = [m for m in labels if m.finding is each and m.flagged and not m.audited]
    return sum(bool(m.truth) for m in tapped), len(tapped)
