"""What audited labels say of the reader: the estimates, their doubt, and when a finding fails."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.basics import ChatId, CommunityId
from bot.domain.digest.values import HOURS, MANAGERS, name_of, next_at
from bot.domain.interval import wilson
from bot.domain.label import Finding, Label, week_of
from bot.domain.learning.draw import EACH, HALF, chosen
from bot.domain.learning.measure import Judged, Measure, estimate, measure
from bot.domain.learning.values import Draw, Shown, Stratum

HOME, WEEK, ZONE = CommunityId("c"), "2026-W48", "Asia/Shanghai"
GOOD = (30, 900, 0.8, 0.005)
"""A good finding: of 30 flagged 24 are right, of 900 others 4 or 5 are missed; J = .84."""


def label(flagged: bool, truth: bool | None, week: str = WEEK, audited: bool = True) -> Label:
    return Label(HOME, week, Finding.QUESTION, flagged, truth, "manager", audited=audited)


def strata(flagged: int, others: int, week: str = WEEK) -> list[Stratum]:
    question = Finding.QUESTION
    return [Stratum(week, question, True, flagged), Stratum(week, question, False, others)]


def test_each_judged_message_stands_for_as_many_as_its_stratum_held() -> None:
    labels = [label(True, n < 15) for n in range(20)] + [label(False, n < 1) for n in range(20)]
    found = measure(Finding.QUESTION, labels, strata(40, 200))
    # 15 of 20 flagged: 30 of 40 are real. 1 of 20 others: 10 of 200 were missed.
    assert found.precision.value == pytest.approx(15 / 20)
    assert (found.precision.low, found.precision.high) == wilson(15, 20)
    assert found.recall.value == pytest.approx(30 / 40)
    assert found.j.value == pytest.approx(30 / 40 + 190 / 200 - 1)
    assert found.j.low < found.j.value < found.j.high
    assert found.judged == 40


def test_only_what_chance_drew_and_only_what_people_could_tell_is_counted() -> None:
    audited = [label(True, True) for _ in range(12)] + [label(False, False) for _ in range(12)]
    doubtful = [label(True, None), label(False, None), label(True, None)]
    tapped = [label(True, False, audited=False) for _ in range(50)]
    found = measure(Finding.QUESTION, [*audited, *doubtful, *tapped], strata(40, 200))
    assert (found.precision.value, found.precision.count, found.unsure) == (1.0, 12, 3)


def test_weeks_that_nobody_checked_weigh_nothing() -> None:
    labels = [label(True, n < 6) for n in range(12)] + [label(False, n < 6) for n in range(12)]
    alone = measure(Finding.QUESTION, labels, strata(10, 10))
    beside = [*strata(10, 10), *strata(500, 9000, "2026-W49")]
    assert measure(Finding.QUESTION, labels, beside) == alone


def test_too_few_judged_give_no_figure_and_no_verdict() -> None:
    bad = [label(True, truth=False) for _ in range(9)] + [label(False, True) for _ in range(9)]
    few = measure(Finding.QUESTION, bad, strata(9, 9))
    assert few.precision.few
    assert few.j.few
    assert not few.fails
    more = [label(True, truth=False) for _ in range(10)] + [label(False, True) for _ in range(10)]
    assert measure(Finding.QUESTION, more, strata(10, 10)).fails


def test_a_finding_that_finds_nothing_at_all_fails_when_it_surely_misses() -> None:
    missed = [label(False, n < 8) for n in range(20)]
    found = measure(Finding.QUESTION, missed, strata(0, 300))
    assert (found.recall.value, found.fails) == (0.0, True)


def test_nothing_judged_is_said_plainly() -> None:
    found = measure(Finding.CLAIM, [], [])
    assert (found.judged, found.j.few, found.fails) == (0, True, False)


def played(dice: Random, case: tuple[int, int, float, float], count: int = 20) -> Measure:
    """One spot check of a reader whose real shares are known."""
    flagged, others, p, q = case
    yes = sum(dice.random() < p for _ in range(count))
    no = sum(dice.random() < q for _ in range(count))
    return estimate(Finding.QUESTION, Judged(flagged, count, yes), Judged(others, count, no))


@pytest.mark.parametrize(
    "case", [(30, 900, 0.8, 0.05), (60, 300, 0.75, 0.05), (60, 300, 0.3, 0.1), (20, 60, 0.5, 0.6)]
)
def test_nineteen_of_twenty_intervals_hold_the_truth(case: tuple[int, int, float, float]) -> None:
    dice, flagged, others, p, q = Random(1), *case
    found, missed = flagged * p, others * q
    real = found / (found + missed) - flagged * (1 - p) / (flagged * (1 - p) + others * (1 - q))
    rounds = [played(dice, case).j for _ in range(2000)]
    held = sum(j.low <= real <= j.high for j in rounds)
    assert 0.92 <= held / len(rounds) <= 0.99


def test_a_good_finding_is_hardly_ever_silenced_though_its_estimate_often_would() -> None:
    dice = Random(2)
    rounds = [played(dice, GOOD) for _ in range(4000)]
    assert sum(one.j.value < 0.5 for one in rounds) / len(rounds) > 0.05
    assert sum(one.fails for one in rounds) / len(rounds) < 0.01


def test_a_useless_finding_is_silenced_within_weeks() -> None:
    dice = Random(3)
    case = (60, 300, 0.1, 0.1)
    assert sum(played(dice, case, 60).fails for _ in range(500)) / 500 > 0.8


@given(
    st.integers(0, 50), st.integers(0, 50), st.integers(0, 500), st.integers(0, 5000), st.data()
)
def test_every_figure_lies_inside_its_interval(
    yes: int, no: int, flagged: int, others: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, yes)), data.draw(st.integers(0, no))
    found = estimate(
        Finding.CLAIM,
        Judged(max(flagged, yes), yes, hits[0]),
        Judged(max(others, no), no, hits[1]),
    )
    for one, floor in ((found.recall, 0), (found.j, -1)):
        assert floor <= one.low <= one.value <= one.high <= 1


def draws(finding: Finding, flagged: bool, count: int, dice: Random) -> list[Draw]:
    return [
        Draw(HOME, WEEK, finding, flagged, ChatId(-1), n, dice.random(), id=n)
        for n in range(count)
    ]


def test_forty_messages_are_shown_at_most_and_claims_leave_room_for_questions() -> None:
    dice = Random(5)
    whole = [
        one
        for finding in (Finding.QUESTION, Finding.CLAIM)
        for flagged in (True, False)
        for one in draws(finding, flagged, 30, dice)
    ]
    shown = chosen(whole)
    assert len(shown) == 2 * EACH
    for flagged in (True, False):
        side = [d for d in shown if d.flagged is flagged]
        assert sum(d.finding is Finding.CLAIM for d in side) == HALF
    assert list(shown) == sorted(shown, key=lambda d: d.lot)


def test_where_one_kind_is_rare_the_other_fills_the_room() -> None:
    dice = Random(6)
    questions = draws(Finding.QUESTION, True, 30, dice)
    assert len(chosen([*questions, *draws(Finding.CLAIM, True, 3, dice)])) == EACH
    claims = draws(Finding.CLAIM, True, 30, dice)
    assert len(chosen([*questions[:4], *claims])) == EACH


def test_a_lost_message_makes_room_for_the_next() -> None:
    whole = draws(Finding.QUESTION, True, 25, Random(7))
    first = chosen(whole)[0]
    rest = [d if d is not first else Draw(*list_of(first), state=Shown.LOST) for d in whole]
    assert first.message not in {d.message for d in chosen(rest)}
    assert len(chosen(rest)) == EACH


def list_of(d: Draw) -> tuple[CommunityId, str, Finding, bool, ChatId, int, float]:
    return d.community, d.week, d.finding, d.flagged, d.chat, d.message, d.lot


def test_the_week_of_labels_ends_with_the_digest_of_those_in_charge() -> None:
    monday = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    friday = next_at(MANAGERS, monday, ZONE)
    before = friday.replace(hour=HOURS[MANAGERS].hour - 1)
    assert week_of(before, ZONE) == name_of(friday.date())
    assert week_of(friday, ZONE) == name_of(friday.date().replace(day=friday.day + 3))
    assert week_of(datetime(2026, 12, 31, 3, 0, tzinfo=UTC), ZONE) == "2026-W53"
    assert week_of(datetime(2027, 1, 1, 9, 0, tzinfo=UTC), ZONE) == "2027-W01"
