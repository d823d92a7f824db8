"""The weekly spot check: what chance draws, who may look, what is learned from it."""

from dataclasses import replace
from random import Random

import pytest

from bot.domain.basics import Denied, MemberId, Refusal
from bot.domain.community import Community
from bot.domain.label import Finding, keep
from bot.domain.learning import Draw, Shown, heeded
from bot.domain.learning.draw import EACH, HALF, chosen
from bot.domain.learning.spot import Copied
from bot.domain.learning.values import KEPT
from bot.domain.letter import Kind, Outcome
from bot.domain.people import Grant, Person, Role
from bot.domain.talk import Flag, Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    DAY,
    GUO,
    HOME,
    LI,
    LIN,
    NOW,
    acts,
    heard,
    keys,
    said,
    seen,
    told,
)
from tests.fakes import FakeWork

WEEK, NEXT = "2026-W48", 7 * DAY
ASKS = Reading(asks=0.9)


def community(work: FakeWork) -> Community:
    """Home, which is there."""
    found = work.communities.get(HOME)
    assert found is not None
    return found


def drawn(work: FakeWork, count: int, reading: Reading = ASKS) -> None:
    """So many neighbours' messages are read, and chance draws among them."""
    dice = Random(1).random
    for message in range(100, 100 + count):
        heard(work, message, reading, f"author{message}")
        heeded(work, HOME, said(message), reading, dice)


def test_each_message_counts_once_for_each_finding_and_side(work: FakeWork) -> None:
    drawn(work, 5)
    strata = {(s.finding, s.flagged): s.seen for s in work.draws.strata(HOME, WEEK)}
    assert strata == {(Finding.QUESTION, True): 5, (Finding.CLAIM, False): 5}


def test_no_more_than_thirty_ids_are_kept_of_each_side(work: FakeWork) -> None:
    drawn(work, KEPT + 40)
    kept = [d for d in work.draws.of(HOME, WEEK) if d.finding is Finding.QUESTION]
    assert len(kept) == KEPT
    assert {s.seen for s in work.draws.strata(HOME, WEEK)} == {KEPT + 40}


def test_danger_is_never_drawn_and_neither_is_anything_where_it_is_switched_off(
    work: FakeWork,
) -> None:
    dice = Random(1).random
    assert heeded(work, HOME, said(), Reading(hazard=True), dice) == {Flag.HAZARD}
    work.communities.put(replace(community(work), audits=False))
    assert heeded(work, HOME, said(), ASKS, dice) == {Flag.QUESTION}
    assert work.draws.strata(HOME, "") == ()


def test_the_draw_goes_on_for_what_is_switched_off(work: FakeWork) -> None:
    work.gates.put(HOME, Finding.QUESTION, off=True, fresh="")
    assert heeded(work, HOME, said(), ASKS, Random(1).random) == frozenset()
    assert len(work.draws.of(HOME, WEEK)) == 2


def lots(finding: Finding, flagged: bool, count: int) -> list[Draw]:
    """So many draws of one side."""
    return [
        Draw(HOME, WEEK, finding, flagged, CHAT, n, n / 100 + flagged / 1000) for n in range(count)
    ]


@pytest.mark.parametrize(
    ("asks", "claims", "shown_asks", "shown_claims"),
    [(30, 30, HALF, HALF), (30, 3, EACH - 3, 3), (4, 30, 4, EACH - 4), (0, 0, 0, 0)],
)
def test_twenty_of_each_side_are_shown_and_claims_take_half_unless_there_is_room(
    asks: int, claims: int, shown_asks: int, shown_claims: int
) -> None:
    every = lots(Finding.QUESTION, True, asks) + lots(Finding.CLAIM, True, claims)
    shown = chosen(every)
    counts = [sum(d.finding is f for d in shown) for f in (Finding.QUESTION, Finding.CLAIM)]
    assert counts == [shown_asks, shown_claims]
    assert [d.lot for d in shown] == sorted(d.lot for d in shown)


def test_what_is_lost_is_not_shown(work: FakeWork) -> None:
    first, *others = lots(Finding.QUESTION, False, 3)
    assert chosen([replace(first, state=Shown.LOST), *others]) == tuple(others)


def begun(work: FakeWork, desks: Desks, member: MemberId = CHEN) -> Draw:
    """A week later somebody begins; what is shown to them first."""
    work.now = NOW + NEXT
    desks.learning.spot.begin(work, member, HOME, seen(now=work.now))
    (shown,) = [d for d in work.draws.of(HOME, WEEK) if d.state is Shown.SHOWN]
    return shown


def test_a_copy_is_shown_silently_and_in_private_and_looking_is_noted(
    work: FakeWork, desks: Desks
) -> None:
    drawn(work, 12)
    shown = begun(work, desks)
    (copy,) = told(work, CHEN, Kind.COPY)
    assert (copy.source, copy.target, copy.silent) == (CHAT, shown.message, True)
    assert (shown.letter, acts(work)[-1]) == (copy.id, "spot_check_view")
    assert keys(work, CHAT) == []


@pytest.mark.parametrize("member", [LI, GUO, LIN])
def test_who_is_neither_in_charge_nor_the_monitor_sees_nothing(
    work: FakeWork, desks: Desks, member: MemberId
) -> None:
    drawn(work, 12)
    with pytest.raises(Denied):
        begun(work, desks, member)
    assert told(work, member, Kind.COPY) == []


def test_a_verdict_is_a_label_of_the_week_and_side_it_was_drawn_in(
    work: FakeWork, desks: Desks
) -> None:
    drawn(work, 12)
    shown = begun(work, desks)
    heard(work, shown.message, Reading(claim=0.9), "later")
    copy = Copied(7, "门禁坏了 13912345678")
    desks.learning.spot.judge(work, CHEN, str(shown.id), "y", copy, seen(now=work.now))
    (label,) = work.labels.since(HOME, "")
    assert (label.week, label.flagged, label.truth) == (WEEK, shown.flagged, True)
    assert (label.audited, label.judge, label.message) == (True, "owner", shown.message)
    assert work.labels.samples(HOME) == ()
    states = [d.state for d in work.draws.of(HOME, WEEK)]
    assert (states.count(Shown.JUDGED), states.count(Shown.SHOWN)) == (1, 1)
    assert [gone.target for gone in told(work, CHEN, Kind.DELETE)] == [7]


@pytest.mark.parametrize(("verdict", "lent"), [("y", 1), ("n", 1), ("u", 0)])
def test_words_are_lent_only_where_that_is_switched_on_masked_and_where_they_are_sure(
    work: FakeWork, desks: Desks, verdict: str, lent: int
) -> None:
    work.communities.put(replace(community(work), samples=True))
    drawn(work, 12)
    shown = begun(work, desks)
    copy = Copied(7, "门禁坏了 13912345678")
    desks.learning.spot.judge(work, CHEN, str(shown.id), verdict, copy, seen(now=work.now))
    assert [one.text for one in work.labels.samples(HOME)] == ["门禁坏了 【电话】"] * lent


def test_an_old_button_and_somebody_elses_do_nothing(work: FakeWork, desks: Desks) -> None:
    drawn(work, 12)
    work.people.grant(Grant(HOME, LIN, Role.MONITOR, False, NOW))
    shown = begun(work, desks)
    judge = desks.learning.spot.judge
    for member, id, verdict in ((LIN, str(shown.id), "y"), (CHEN, "99999", "y"), (CHEN, "x", "y")):
        with pytest.raises(Refusal, match=r"old_button"):
            judge(work, member, id, verdict, Copied(), seen(now=work.now))
    with pytest.raises(Refusal, match=r"old_button"):
        judge(work, CHEN, str(shown.id), "maybe", Copied(), seen(now=work.now))
    assert work.labels.since(HOME, "") == ()


def test_what_cannot_be_copied_is_lost_and_another_takes_its_place(
    work: FakeWork, desks: Desks
) -> None:
    drawn(work, 12)
    shown = begun(work, desks)
    for outcome in (Outcome.SENT, Outcome.UNCERTAIN, Outcome.GONE, Outcome.GONE):
        desks.learning.spot.copied(work, str(shown.id), shown.letter, outcome)
    found = work.draws.get(shown.id)
    assert found is not None
    assert found.state is Shown.LOST
    assert len(told(work, CHEN, Kind.COPY)) == 2


def test_a_copy_that_nobody_judged_is_taken_back_and_waits_again(
    work: FakeWork, desks: Desks
) -> None:
    drawn(work, 12)
    shown = begun(work, desks)
    desks.learning.spot.expire(work, shown.letter)
    assert work.draws.get(shown.id) == replace(shown, state=Shown.WAITING, letter="")
    assert [gone.refers for gone in told(work, CHEN, Kind.DELETE)] == [shown.letter]


@pytest.mark.parametrize(("count", "offers"), [(4, 0), (5, 1)])
def test_the_offer_goes_to_those_who_may_judge_where_there_is_enough(
    work: FakeWork, desks: Desks, count: int, offers: int
) -> None:
    work.people.grant(Grant(HOME, LIN, Role.MONITOR, False, NOW))
    work.people.put_person(Person(LIN, reachable=True))
    drawn(work, count)
    work.now = NOW + NEXT
    desks.learning.gauge.offer(work, f"{HOME}:{WEEK}")
    assert [len(told(work, member)) for member in (CHEN, LIN, LI)] == [offers, offers, 0]


def test_what_was_not_judged_is_not_asked_for_again_a_week_later(
    work: FakeWork, desks: Desks
) -> None:
    drawn(work, 12)
    work.now = NOW + 2 * NEXT
    desks.learning.gauge.offer(work, f"{HOME}:2026-W49")
    assert work.draws.of(HOME, WEEK) == ()
    assert work.draws.strata(HOME, WEEK) != ()
    assert told(work, CHEN) == []


@pytest.mark.parametrize(("right", "off"), [(False, True), (True, False)])
def test_a_finding_that_does_harm_falls_silent_and_those_in_charge_hear_why_once(
    work: FakeWork, desks: Desks, right: bool, off: bool
) -> None:
    drawn(work, 12)
    drawn_other = Random(2).random
    for message in range(300, 330):
        heard(work, message, Reading(), f"author{message}")
        heeded(work, HOME, said(message), Reading(), drawn_other)
    for draw in work.draws.of(HOME, WEEK):
        found = work.talk.get(CHAT, draw.message)
        assert found is not None
        if draw.finding is Finding.QUESTION:
            truth = draw.flagged is right
            keep(work, HOME, CHAT, found, draw.finding, truth, "manager", WEEK, draw.flagged)
    for _ in range(2):
        desks.learning.gauge.look(work, HOME)
    assert work.gates.off(HOME) == ({Finding.QUESTION} if off else frozenset())
    assert (len(told(work, CHEN)), acts(work).count("finding_off")) == (int(off), int(off))


def test_opened_again_by_hand_it_is_measured_anew(work: FakeWork, desks: Desks) -> None:
    work.gates.put(HOME, Finding.QUESTION, off=True, fresh="")
    gauge = desks.learning.gauge
    with pytest.raises(Denied):
        gauge.switch(work, LI, HOME, "question", True, seen())
    with pytest.raises(Refusal, match=r"old_button"):
        gauge.switch(work, CHEN, HOME, "hazard", False, seen())
    gauge.switch(work, CHEN, HOME, "question", True, seen())
    assert work.gates.off(HOME) == frozenset()
    assert work.gates.fresh(HOME, Finding.QUESTION) == WEEK
    assert acts(work) == ["finding_on"]
