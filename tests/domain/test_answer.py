"""Answers: by the office, by a neighbour, likely ones, and what the asker says to them."""

import pytest

from bot.domain.basics import Refusal
from bot.domain.label import Finding
from bot.domain.letter import Kind, Ledger
from bot.domain.matter import Matter, Stage
from bot.domain.people import Person
from bot.domain.question import CARD, OVERDUE, SETTLE, STALE
from bot.domain.question.likely import LikelyDesk
from bot.domain.question.values import PATIENCE, REOPENS, SILENCE
from bot.domain.talk import Heard, Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    HOME,
    HOUR,
    LIN,
    MINUTE,
    NOW,
    WANG,
    duties,
    heard,
    keys,
    now_of,
    said,
    told,
)
from tests.fakes import FakeWork

ASKS = Reading(asks=0.9)
FIXED = "周三 18 点前修好，找 13912345678。"


def asked(work: FakeWork, desks: Desks, message: int = 5) -> Matter:
    """Lin's question to nobody in particular."""
    return desks.questions.ask(work, HOME, LIN, "哪里能打气？", ASKS, said(message, 3))


def answered(work: FakeWork, desks: Desks) -> Matter:
    """The same, with the office's answer."""
    matter = asked(work, desks)
    desks.answers.answer(work, CHEN, matter.id, FIXED, Reading())
    return now_of(work, matter)


def neighbour(
    work: FakeWork, desks: Desks, matter: Matter, reading: Reading, text: str = "南门有"
) -> None:
    """Wang replies in the group."""
    desks.answers.heard(work, now_of(work, matter), WANG, "", text, 9, reading)


def test_an_answer_is_a_silent_reply_to_the_askers_own_message(
    work: FakeWork, desks: Desks
) -> None:
    matter = answered(work, desks)
    (reply,) = told(work, CHAT)
    assert (reply.key, reply.target, reply.topic, reply.silent) == ("question.reply", 5, 3, True)
    assert (reply.ledger, reply.values["text"]) == (Ledger.REPLY, FIXED)
    assert work.noise.spent(CHAT, NOW.date()).acts_today == 0
    assert keys(work, CHAT, Kind.REACT) == ["✍", "👌"]
    assert (matter.stage, matter.keeper, matter.fact("by")) == (Stage.ANSWERED, CHEN, "owner")


def test_once_answered_only_its_silence_is_waited_for(work: FakeWork, desks: Desks) -> None:
    matter = answered(work, desks)
    assert set(duties(work, matter.id)) == {SETTLE, STALE}
    assert duties(work, matter.id)[SETTLE] == NOW + SILENCE


@pytest.mark.parametrize("reachable", [True, False])
def test_the_asker_is_asked_privately_where_they_can_be(
    work: FakeWork, desks: Desks, reachable: bool
) -> None:
    work.people.put_person(Person(LIN, reachable=reachable))
    answered(work, desks)
    assert keys(work, LIN) == (["question.answered"] if reachable else [])


@pytest.mark.parametrize("text", ["", "  ", "答" * 1001])
def test_nothing_and_too_much_is_no_answer(work: FakeWork, desks: Desks, text: str) -> None:
    matter = asked(work, desks)
    with pytest.raises(Refusal, match=r"question\.answer_length"):
        desks.answers.answer(work, CHEN, matter.id, text, Reading())


def test_received_is_no_answer_whoever_says_it(work: FakeWork, desks: Desks) -> None:
    matter = asked(work, desks)
    with pytest.raises(Refusal, match=r"question\.canned"):
        desks.answers.answer(work, CHEN, matter.id, "收到", Reading(canned=True))
    neighbour(work, desks, matter, Reading(canned=True))
    assert now_of(work, matter).stage is Stage.OPEN
    assert keys(work, CHAT) == []


def test_a_question_is_answered_once_by_the_office(work: FakeWork, desks: Desks) -> None:
    matter = answered(work, desks)
    for again in (desks.answers.begin, desks.questions.take, desks.questions.ask_office):
        with pytest.raises(Refusal, match=r"question\.closed"):
            again(work, CHEN, matter.id)
    with pytest.raises(Refusal, match=r"question\.closed"):
        desks.answers.answer(work, CHEN, matter.id, "还有", Reading())
    assert len(keys(work, CHAT)) == 1


def test_the_words_can_be_typed_into_a_form_that_is_gone_afterwards(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks)
    desks.answers.begin(work, CHEN, matter.id)
    with pytest.raises(Refusal, match=r"question\.canned"):
        desks.answers.typed(work, CHEN, "收到", Reading(canned=True))
    desks.answers.typed(work, CHEN, FIXED, Reading())
    assert now_of(work, matter).fact("answer") == FIXED
    with pytest.raises(Refusal, match=r"form\.gone"):
        desks.answers.typed(work, CHEN, FIXED, Reading())


def test_a_neighbours_reply_answers_and_nobody_of_the_office_is_troubled(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks)
    neighbour(work, desks, matter, Reading())
    found = now_of(work, matter)
    assert (found.stage, found.fact("by"), found.fact("reply")) == (
        Stage.ANSWERED,
        "neighbour",
        "9",
    )
    assert CARD not in duties(work, matter.id)
    assert keys(work, CHEN) == []


@pytest.mark.parametrize("reading", [Reading(clueless=True), Reading(asks=0.5)])
def test_same_here_and_a_question_back_are_no_answers(
    work: FakeWork, desks: Desks, reading: Reading
) -> None:
    matter = asked(work, desks)
    neighbour(work, desks, matter, reading)
    assert now_of(work, matter).stage is Stage.OPEN


def test_the_askers_thanks_solve_what_is_answered_and_nothing_else(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks)
    thanks = Reading(cues="T")
    desks.answers.heard(work, matter, LIN, "", "谢谢", 9, thanks)
    assert now_of(work, matter).stage is Stage.OPEN
    neighbour(work, desks, matter, Reading())
    desks.answers.heard(work, now_of(work, matter), LIN, "", "好吧", 10, Reading())
    assert now_of(work, matter).stage is Stage.ANSWERED
    desks.answers.heard(work, now_of(work, matter), LIN, "", "谢谢", 11, thanks)
    assert (now_of(work, matter).stage, now_of(work, matter).closed_at) == (Stage.SOLVED, NOW)


@pytest.mark.parametrize("words", ["撤回", " 撤回。", "/withdraw"])
def test_the_asker_takes_a_question_back_by_a_reply(
    work: FakeWork, desks: Desks, words: str
) -> None:
    matter = asked(work, desks)
    desks.answers.heard(work, matter, WANG, "", words, 9, Reading(clueless=True))
    assert now_of(work, matter).stage is Stage.OPEN
    desks.answers.heard(work, matter, LIN, "", words, 9, Reading())
    assert now_of(work, matter).stage is Stage.WITHDRAWN


def test_only_the_asker_says_whether_it_is_solved(work: FakeWork, desks: Desks) -> None:
    matter = answered(work, desks)
    for says in (desks.answers.solved, desks.answers.unsolved):
        with pytest.raises(Refusal, match=r"question\.unknown"):
            says(work, WANG, matter.id)
    desks.answers.solved(work, LIN, matter.id)
    assert now_of(work, matter).stage is Stage.SOLVED


def test_unsolved_it_is_open_again_with_its_first_clock_and_those_in_charge_hear_of_it(
    work: FakeWork, desks: Desks
) -> None:
    matter = answered(work, desks)
    due = matter.due_at
    work.now += HOUR
    desks.answers.unsolved(work, LIN, matter.id)
    found = now_of(work, matter)
    assert (found.stage, found.closed_at, found.fact("reopened")) == (Stage.OPEN, None, "1")
    assert duties(work, matter.id)[OVERDUE] == due
    assert SETTLE not in duties(work, matter.id)
    assert keys(work, CHEN) == ["question.reopened"]
    assert desks.answers.unsolved(work, LIN, matter.id).key == "question.open_again"
    assert keys(work, CHEN) == ["question.reopened"]


def test_a_week_after_its_end_it_is_too_late(work: FakeWork, desks: Desks) -> None:
    matter = answered(work, desks)
    desks.answers.solved(work, LIN, matter.id)
    work.now += REOPENS + MINUTE
    with pytest.raises(Refusal, match=r"question\.too_late"):
        desks.answers.unsolved(work, LIN, matter.id)
    work.now -= MINUTE
    desks.answers.unsolved(work, LIN, matter.id)
    assert now_of(work, matter).stage is Stage.OPEN


def test_three_days_of_silence_close_it_as_answered_never_as_solved(
    work: FakeWork, desks: Desks
) -> None:
    matter = answered(work, desks)
    work.now += SILENCE
    desks.answers.settle(work, matter.id)
    found = now_of(work, matter)
    assert (found.stage, found.closed_at) == (Stage.ANSWERED, NOW + SILENCE)
    assert duties(work, matter.id) == {}


@pytest.mark.parametrize("solved", [True, False])
def test_the_askers_word_says_whether_the_reply_was_an_answer(
    work: FakeWork, desks: Desks, solved: bool
) -> None:
    matter = asked(work, desks)
    heard(work, 9, Reading(), "wang")
    neighbour(work, desks, matter, Reading())
    (desks.answers.solved if solved else desks.answers.unsolved)(work, LIN, matter.id)
    (label,) = work.labels.since(HOME, "")
    assert (label.finding, label.truth, label.judge) == (Finding.ANSWER, solved, "asker")
    assert work.labels.samples(HOME) == ()


def spared(
    work: FakeWork,
    desks: Desks,
    reading: Reading = Reading(),  # noqa: B008 - a frozen value
    author: str = "wang",
    likely: float = 0.5,
    before: tuple[Heard, ...] | None = None,
) -> bool:
    """Whether the office is spared a card after something was said that nobody marked."""
    matter = asked(work, desks)
    if before is None:
        before = (heard(work, 5, ASKS),)
    said_now = Heard(9, work.now, author, "", None, reading)
    desk = LikelyDesk(lambda *_: likely)
    desk.heard(work, CHAT, said_now, "南门有", before)
    assert now_of(work, matter).stage is Stage.OPEN
    return CARD not in duties(work, matter.id)


def test_a_likely_answer_spares_the_office_a_card_and_answers_nothing(
    work: FakeWork, desks: Desks
) -> None:
    assert spared(work, desks)
    assert keys(work, CHAT, Kind.REACT) == ["✍"]


def test_an_unlikely_answer_spares_nobody(work: FakeWork, desks: Desks) -> None:
    assert not spared(work, desks, likely=0.49)


def test_nobody_answers_themselves(work: FakeWork, desks: Desks) -> None:
    assert not spared(work, desks, author="lin")


@pytest.mark.parametrize(
    "reading", [Reading(canned=True), Reading(clueless=True), Reading(asks=0.5)]
)
def test_what_says_nothing_is_no_likely_answer(
    work: FakeWork, desks: Desks, reading: Reading
) -> None:
    assert not spared(work, desks, reading)


def test_only_the_newest_question_is_looked_at(work: FakeWork, desks: Desks) -> None:
    before = (heard(work, 5, ASKS), heard(work, 6, ASKS))
    assert not spared(work, desks, before=before)


def test_after_half_an_hour_it_is_too_late_for_a_likely_answer(
    work: FakeWork, desks: Desks
) -> None:
    assert not spared(work, desks, before=(heard(work, 5, ASKS, ago=PATIENCE),))


def test_what_was_answered_is_left_alone_by_likely_answers(work: FakeWork, desks: Desks) -> None:
    matter = answered(work, desks)
    before = (heard(work, 5, ASKS),)
    LikelyDesk(lambda *_: 1.0).heard(
        work, CHAT, Heard(9, NOW, "wang", "", None, Reading()), "南门有", before
    )
    assert set(duties(work, matter.id)) == {SETTLE, STALE}
