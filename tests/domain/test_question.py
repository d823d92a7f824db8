"""Questions: noted, routed, taken, passed on, dismissed, edited, withdrawn."""

from datetime import timedelta

import pytest

from bot.domain.basics import MemberId, Refusal
from bot.domain.label import Finding
from bot.domain.letter import Kind
from bot.domain.matter import Stage
from bot.domain.people import Grant, Membership, Person, Role
from bot.domain.question import CARD, OVERDUE, STALE
from bot.domain.question.values import FORGOTTEN, PATIENCE, WORDS
from bot.domain.talk import Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    DAY,
    DOOR,
    GUO,
    HOME,
    LI,
    LIN,
    MINUTE,
    NOW,
    TO_PROPERTY,
    WANG,
    acts,
    asked,
    duties,
    heard,
    keys,
    now_of,
    said,
    told,
)
from tests.fakes import FakeWork


def test_a_question_is_noted_at_once_and_waits_half_an_hour_for_a_neighbour(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks, Reading(asks=0.9))
    assert (matter.stage, matter.number, matter.owner) == (Stage.OPEN, 1, LIN)
    assert keys(work, CHAT, Kind.REACT) == ["✍"]
    assert duties(work, matter.id) == {
        STALE: NOW + FORGOTTEN,
        OVERDUE: NOW + DAY,
        CARD: NOW + PATIENCE,
    }
    assert [keys(work, member) for member in (CHEN, LI, GUO)] == [[], [], []]


def test_a_question_to_an_office_is_shown_to_it_at_once(work: FakeWork, desks: Desks) -> None:
    matter = asked(work, desks)
    assert (matter.office, keys(work, LI), keys(work, CHEN)) == ("property", ["question.card"], [])
    assert CARD not in duties(work, matter.id)
    assert acts(work) == ["question_card"]


def test_what_was_asked_outright_is_shown_at_once_and_is_a_question(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks, Reading(), explicit=True)
    assert keys(work, CHEN) == ["question.card"]
    with pytest.raises(Refusal, match=r"question\.was_asked"):
        desks.questions.dismiss(work, CHEN, matter.id)


@pytest.mark.parametrize(
    ("reading", "within"),
    [
        (Reading(hazard=True), 5 * MINUTE),
        (Reading(urgent=True, addressed=True), 30 * MINUTE),
        (Reading(urgent=True), DAY),
        (Reading(addressed=True), DAY),
    ],
)
def test_danger_and_hurry_run_on_the_wall_clock(
    work: FakeWork, desks: Desks, reading: Reading, within: timedelta
) -> None:
    matter = asked(work, desks, reading)
    assert duties(work, matter.id)[OVERDUE] == NOW + within


def test_of_danger_the_managers_hear_too_with_its_signs_but_without_numbers(
    work: FakeWork, desks: Desks
) -> None:
    reading = Reading(hazard=True, office="property", evidence=("煤气味", "13912345678"))
    desks.questions.ask(work, HOME, LIN, "楼道有煤气味，13912345678", reading, said())
    assert keys(work, LI) == keys(work, CHEN) == ["question.card_hazard"]
    shown = told(work, LI)[0].values
    assert (shown["text"], shown["signs"]) == ("楼道有煤气味，【电话】", "煤气味、【电话】")


def test_the_same_message_is_one_question(work: FakeWork, desks: Desks) -> None:
    assert asked(work, desks).id == asked(work, desks).id
    assert len(keys(work, LI)) == 1


@pytest.mark.parametrize("text", ["", "  \n", "问" * (WORDS + 1)])
def test_nothing_and_too_much_is_no_question(work: FakeWork, desks: Desks, text: str) -> None:
    with pytest.raises(Refusal, match=r"ask\.length"):
        desks.questions.ask(work, HOME, LIN, text, TO_PROPERTY, said())
    assert desks.questions.ask(work, HOME, LIN, "问" * WORDS, TO_PROPERTY, said()).number == 1


def test_what_the_second_reader_found_is_said_nowhere_in_the_group(
    work: FakeWork, desks: Desks
) -> None:
    desks.questions.ask(work, HOME, LIN, DOOR, TO_PROPERTY, said(), quiet=True)
    assert keys(work, CHAT, Kind.REACT) == []


def test_the_card_names_the_building_the_asker_told_us(work: FakeWork, desks: Desks) -> None:
    work.people.put_membership(Membership(HOME, LIN, "2"))
    assert asked(work, desks).fact("building") == "2"


@pytest.mark.parametrize(
    ("gone", "office", "told_of_it"),
    [((), "property", LI), ((LI,), "grid", GUO), ((LI, GUO), "manager", CHEN)],
)
def test_a_question_goes_to_whoever_can_be_reached(
    work: FakeWork, desks: Desks, gone: tuple[MemberId, ...], office: str, told_of_it: MemberId
) -> None:
    for member in gone:
        work.people.put_person(Person(member, reachable=False))
    assert asked(work, desks).office == office
    assert keys(work, told_of_it) == ["question.card"]


def test_a_role_that_is_over_gets_no_card_and_may_do_nothing(work: FakeWork, desks: Desks) -> None:
    work.people.grant(Grant(HOME, LI, Role.PROPERTY, False, NOW - DAY, NOW))
    work.people.grant(Grant(HOME, WANG, Role.MANAGER, False, NOW - DAY, NOW))
    matter = asked(work, desks)
    assert keys(work, LI) == []
    with pytest.raises(Refusal, match=r"question\.unknown"):
        desks.questions.take(work, WANG, matter.id)


def test_the_first_to_take_it_has_it(work: FakeWork, desks: Desks) -> None:
    matter = asked(work, desks)
    assert desks.questions.take(work, LI, matter.id).key == "question.card_taken"
    assert desks.questions.take(work, LI, matter.id).key == "question.card_taken"
    assert (now_of(work, matter).stage, now_of(work, matter).keeper) == (Stage.TAKEN, LI)
    assert keys(work, CHAT, Kind.REACT) == ["✍", "👀", "👀"]
    with pytest.raises(Refusal, match=r"question\.taken_already"):
        desks.questions.take(work, CHEN, matter.id)


def test_whoever_else_has_the_card_sees_that_it_is_taken(work: FakeWork, desks: Desks) -> None:
    work.people.grant(Grant(HOME, WANG, Role.PROPERTY, False, NOW))
    work.people.put_person(Person(WANG, reachable=True))
    matter = asked(work, desks)
    desks.questions.take(work, LI, matter.id)
    assert keys(work, WANG, Kind.EDIT) == ["question.card_taken"]
    assert keys(work, LI, Kind.EDIT) == []


@pytest.mark.parametrize("member", [GUO, LIN])
def test_what_is_not_ones_business_is_as_good_as_missing(
    work: FakeWork, desks: Desks, member: MemberId
) -> None:
    matter = asked(work, desks)
    for act in (desks.questions.take, desks.questions.show, desks.questions.dismiss):
        with pytest.raises(Refusal, match=r"question\.unknown"):
            act(work, member, matter.id)
    with pytest.raises(Refusal, match=r"question\.unknown"):
        desks.questions.take(work, LI, "nothing")


@pytest.mark.parametrize(("dismissed", "truth"), [(False, True), (True, False)])
def test_what_staff_do_with_it_says_whether_it_was_a_question(
    work: FakeWork, desks: Desks, dismissed: bool, truth: bool
) -> None:
    heard(work, 5, TO_PROPERTY)
    matter = asked(work, desks)
    act = desks.questions.dismiss if dismissed else desks.questions.take
    act(work, LI, matter.id)
    (label,) = work.labels.since(HOME, "")
    assert (label.finding, label.truth, label.judge) == (Finding.QUESTION, truth, "property")
    assert not label.audited


def test_a_dismissed_question_stays_on_record_and_nothing_is_due(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks, Reading(asks=0.9))
    assert desks.questions.dismiss(work, CHEN, matter.id).key == "question.card_closed"
    found = now_of(work, matter)
    assert (found.stage, found.closed_at, found.fact("verdict")) == (Stage.CLOSED, NOW, "none")
    assert duties(work, matter.id) == {}
    assert keys(work, CHAT, Kind.REACT) == ["✍", ""]
    assert acts(work) == ["not_a_question"]
    with pytest.raises(Refusal, match=r"question\.closed"):
        desks.questions.dismiss(work, CHEN, matter.id)


def test_passed_on_it_is_the_other_offices_and_nobodys_in_person(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks)
    desks.questions.take(work, LI, matter.id)
    desks.questions.assign(work, CHEN, matter.id, "grid", "找13912345678")
    found = now_of(work, matter)
    assert (found.office, found.keeper, found.stage) == ("grid", None, Stage.OPEN)
    assert (keys(work, GUO), keys(work, LI, Kind.EDIT)) == (["question.card"], ["question.passed"])
    assert work.audit.entries(HOME, NOW)[-1].why == "找【电话】"
    with pytest.raises(Refusal, match=r"question\.unknown"):
        desks.questions.take(work, LI, matter.id)


@pytest.mark.parametrize(
    ("role", "key"),
    [("committee", "question.nobody_there"), ("monitor", "question.no_such_office")],
)
def test_it_is_passed_on_to_an_office_that_is_there(
    work: FakeWork, desks: Desks, role: str, key: str
) -> None:
    matter = asked(work, desks)
    with pytest.raises(Refusal) as refused:
        desks.questions.assign(work, LI, matter.id, role)
    assert refused.value.key == key
    assert now_of(work, matter).office == "property"


def test_only_the_asker_takes_it_back_and_its_words_go_at_once(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks, Reading(hazard=True, evidence=("煤气",), office="property"))
    with pytest.raises(Refusal, match=r"question\.unknown"):
        desks.questions.withdraw(work, CHEN, matter.id)
    desks.questions.withdraw(work, LIN, matter.id)
    found = now_of(work, matter)
    assert (found.text, found.fact("signs"), found.stage) == ("", "", Stage.WITHDRAWN)
    assert keys(work, LI, Kind.EDIT) == ["question.card_withdrawn"]
    assert duties(work, matter.id) == {}
    with pytest.raises(Refusal, match=r"question\.closed"):
        desks.questions.withdraw(work, LIN, matter.id)


def test_an_edited_question_is_shown_as_edited(work: FakeWork, desks: Desks) -> None:
    matter = asked(work, desks)
    for text in (" ", DOOR):
        desks.questions.reread(work, now_of(work, matter), text)
    assert keys(work, LI, Kind.EDIT) == []
    desks.questions.reread(work, now_of(work, matter), "3号楼门禁坏了 13912345678")
    assert now_of(work, matter).text == "3号楼门禁坏了 【电话】"
    (edit,) = told(work, LI, Kind.EDIT)
    assert getattr(edit.values["edited"], "key", "") == "question.edited"


def test_an_answered_question_keeps_the_words_that_were_answered(
    work: FakeWork, desks: Desks
) -> None:
    matter = asked(work, desks)
    desks.answers.answer(work, LI, matter.id, "周三修好。", Reading())
    desks.questions.reread(work, now_of(work, matter), "别的事")
    assert now_of(work, matter).text == DOOR
