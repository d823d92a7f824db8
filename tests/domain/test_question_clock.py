"""Questions and the clock: told after a while, overdue, forgotten, and shown on the board."""

from datetime import timedelta

import pytest

from bot.domain.matter import Stage
from bot.domain.question import STALE
from bot.domain.question.values import FORGOTTEN
from bot.domain.talk import Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    DAY,
    GUO,
    HOME,
    LI,
    LIN,
    MINUTE,
    NOW,
    asked,
    duties,
    keys,
    now_of,
    said,
    told,
)
from tests.fakes import FakeWork


def test_after_half_an_hour_the_office_is_told_unless_there_was_an_answer(
    work: FakeWork, desks: Desks
) -> None:
    first = asked(work, desks, Reading(asks=0.9))
    other = desks.questions.ask(work, HOME, LIN, "哪里打气？", Reading(asks=0.9), said(6))
    desks.answers.answer(work, CHEN, other.id, "南门。", Reading())
    for matter in (first, other):
        desks.questions.card_due(work, matter.id)
    assert [letter.values["number"] for letter in told(work, CHEN)] == [1]


@pytest.mark.parametrize("taken", [False, True])
def test_when_its_time_is_up_those_responsible_and_the_managers_are_told_once(
    work: FakeWork, desks: Desks, taken: bool
) -> None:
    matter = asked(work, desks)
    if taken:
        desks.questions.take(work, LI, matter.id)
    for _ in range(2):
        desks.questions.overdue(work, matter.id)
    assert keys(work, LI).count("question.overdue") == 1
    assert keys(work, CHEN) == ["question.overdue"]
    assert keys(work, GUO) == []
    assert keys(work, CHAT) == []


def test_what_is_answered_is_never_overdue(work: FakeWork, desks: Desks) -> None:
    matter = asked(work, desks)
    desks.answers.answer(work, LI, matter.id, "周三修好。", Reading())
    desks.questions.overdue(work, matter.id)
    assert keys(work, CHEN) == []
    assert now_of(work, matter).fact("overdue") == ""


def test_each_act_begins_the_half_year_anew_and_its_end_closes_the_question(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks)
    work.now += 10 * DAY
    desks.questions.take(work, LI, matter.id)
    assert duties(work, matter.id)[STALE] == NOW + 10 * DAY + FORGOTTEN
    for _ in range(2):
        desks.questions.stale(work, matter.id)
    assert now_of(work, matter).stage is Stage.CLOSED
    assert keys(work, LIN) == ["question.stale"]
    assert duties(work, matter.id) == {}


def test_the_board_is_touched_by_each_change_but_at_most_once_a_minute(
    work: FakeWork, desks: Desks
) -> None:
    asked(work, desks)
    soon = duties(work, str(CHAT))["board"]
    desks.board.due(work, CHAT)
    desks.questions.take(work, LI, now_of(work, asked(work, desks)).id)
    assert soon == NOW + timedelta(seconds=5)
    assert duties(work, str(CHAT))["board"] == NOW + MINUTE
