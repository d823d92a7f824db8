"""Moments as people type them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.basics import Refusal
from bot.domain.when import moment_of

SHANGHAI = "Asia/Shanghai"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Tuesday, ten in the morning in Shanghai."""


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("18:00", "2026-11-24T18:00"),
        ("9:00", "2026-11-25T09:00"),
        ("明天 9:00", "2026-11-25T09:00"),
        ("明天9点", "2026-11-25T09:00"),
        ("今晚8点", "2026-11-24T20:00"),
        ("明天下午3点30分", "2026-11-25T15:30"),
        ("后天 7:05", "2026-11-26T07:05"),
        ("周五 18:00", "2026-11-27T18:00"),
        ("周二 9:00", "2026-12-01T09:00"),
        ("下周一 8:00", "2026-11-30T08:00"),
        ("星期天12:00", "2026-11-29T12:00"),
        ("2小时", "2026-11-24T12:00"),
        ("30m", "2026-11-24T10:30"),
        ("2h", "2026-11-24T12:00"),
        ("3d", "2026-11-27T10:00"),
        ("1w", "2026-12-01T10:00"),
        ("2026-11-30 18:00", "2026-11-30T18:00"),
        ("12月1日 8:00", "2026-12-01T08:00"),
        ("1月2日 8:00", "2027-01-02T08:00"),
        ("１８：００", "2026-11-24T18:00"),
        ("tomorrow 9:00", "2026-11-25T09:00"),
    ],
)
def test_each_way_of_saying_it_is_understood(typed: str, local: str) -> None:
    wanted = datetime.fromisoformat(f"{local}+08:00")
    assert moment_of(typed, NOW, SHANGHAI) == wanted


@pytest.mark.parametrize(
    "typed", ["", "以后", "25:00", "12:60", "13月1日 8:00", "周八 9:00", "99999d"]
)
def test_nonsense_is_refused_with_one_line(typed: str) -> None:
    with pytest.raises(Refusal, match=r"when\."):
        moment_of(typed, NOW, SHANGHAI)


def test_the_past_is_refused() -> None:
    with pytest.raises(Refusal, match=r"when\.past"):
        moment_of("2026-11-23 18:00", NOW, SHANGHAI)


def test_a_time_the_clocks_skip_is_the_first_one_after_it() -> None:
    before = datetime(2026, 3, 7, 18, 0, tzinfo=UTC)
    found = moment_of("2026-03-08 2:30", before, "America/New_York")
    assert found == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@given(st.text(max_size=40))
def test_whatever_is_typed_the_answer_is_a_moment_ahead_or_one_line(typed: str) -> None:
    try:
        found = moment_of(typed, NOW, SHANGHAI)
    except Refusal:
        return
    assert NOW < found <= NOW + timedelta(days=367)
