"""The noise rules, as properties: whatever a day brings, no group hears more than it should."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.letter import (
    ACTS_A_DAY,
    BUNDLES_A_WEEK,
    OWN_A_DAY,
    OWN_A_WEEK,
    Own,
    Plan,
    Priority,
    Quiet,
    Spent,
    Verdict,
    plan_act,
    plan_own,
)

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=ZONE)
moments = st.integers(0, 7 * 24 * 60 - 1).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
kinds = st.sampled_from(Own)


@given(times, times, moments)
def test_quiet_hours_end_at_a_moment_that_is_not_quiet(
    start: time, end: time, now: datetime
) -> None:
    if start == end:
        return
    over = Quiet(start, end).over(now)
    assert over > now
    assert over - now <= timedelta(days=1)
    assert not Quiet(start, end).covers(over.timetz().replace(tzinfo=None))


@given(moments, st.integers(0, 9), st.booleans())
def test_what_saves_lives_goes_at_any_hour(now: datetime, acts: int, confirmed: bool) -> None:
    spent = Spent(acts_today=acts)
    assert plan_act(Priority.LIFE, spent, now, Quiet(), confirmed) == Plan(Verdict.GO)


@given(moments)
def test_what_is_urgent_goes_at_any_hour_and_rings_only_by_day(now: datetime) -> None:
    plan = plan_act(Priority.URGENT, Spent(acts_today=99), now, Quiet())
    asleep = Quiet().covers(now.timetz().replace(tzinfo=None))
    assert plan.verdict is (Verdict.SILENT if asleep else Verdict.GO)


@given(moments, st.integers(0, 9))
def test_the_fourth_act_of_a_day_asks_first(now: datetime, acts: int) -> None:
    plan = plan_act(Priority.VOTE, Spent(acts_today=acts), now, Quiet())
    assert (plan.verdict is Verdict.ASK) == (acts >= ACTS_A_DAY)
    assert plan_act(Priority.VOTE, Spent(acts_today=acts), now, Quiet(), True) != Plan(Verdict.ASK)


@given(st.lists(st.tuples(moments, kinds, st.integers(0, 5)), max_size=60))
def test_a_week_never_holds_more_of_our_own_than_it_may(
    wishes: list[tuple[datetime, Own, int]],
) -> None:
    said: list[tuple[datetime, Own]] = []
    for now, kind, items in sorted(wishes, key=lambda wish: wish[0]):
        today = [one for one in said if one[0].date() == now.date()]
        spent = Spent(
            own_today=len(today),
            own_week=len(said),
            bundles_week=sum(one[1] is Own.BUNDLE for one in said),
            digest_week=any(one[1] is Own.DIGEST for one in said),
        )
        if plan_own(kind, items, spent, now, Quiet()).verdict is Verdict.GO:
            assert kind is not Own.BUNDLE or items >= 2
            said.append((now, kind))
    assert len(said) <= OWN_A_WEEK
    assert sum(kind is Own.BUNDLE for _, kind in said) <= BUNDLES_A_WEEK
    assert sum(kind is Own.DIGEST for _, kind in said) <= 1
    days = [now.date() for now, _ in said]
    assert all(days.count(day) <= OWN_A_DAY for day in days)


@given(st.lists(st.tuples(kinds, st.integers(2, 5)), max_size=20))
def test_fridays_digest_always_finds_its_place(wishes: list[tuple[Own, int]]) -> None:
    said: list[Own] = []
    for day, (kind, items) in enumerate(wishes[:4]):
        if kind is Own.DIGEST:
            continue
        now = MONDAY + timedelta(days=day, hours=12)
        spent = Spent(own_week=len(said), bundles_week=said.count(Own.BUNDLE))
        if plan_own(kind, items, spent, now, Quiet()).verdict is Verdict.GO:
            said.append(kind)
    friday = MONDAY + timedelta(days=4, hours=18, minutes=30)
    spent = Spent(own_week=len(said), bundles_week=said.count(Own.BUNDLE))
    assert plan_own(Own.DIGEST, 1, spent, friday, Quiet()) == Plan(Verdict.GO)


@pytest.mark.parametrize(("at", "verdict"), [(3, Verdict.WAIT), (12, Verdict.GO)])
def test_the_digest_is_not_posted_at_night(at: int, verdict: Verdict) -> None:
    now = MONDAY + timedelta(hours=at)
    assert plan_own(Own.DIGEST, 1, Spent(), now, Quiet()).verdict is verdict


def test_time_zones_do_not_matter_to_the_length_of_a_night() -> None:
    night = MONDAY.astimezone(UTC).astimezone(ZONE)
    assert Quiet().over(night) - night == timedelta(hours=7, minutes=30)
