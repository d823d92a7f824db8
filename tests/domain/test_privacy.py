"""Opting out, seeing one's own, being forgotten, and sweeping."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.basics import ChatId, CommunityId, MemberId, Refusal
from bot.domain.community import Community, Form
from bot.domain.consult.values import Reason, Stance
from bot.domain.hearing import author_code
from bot.domain.label import Finding, Label, Sample
from bot.domain.learning import Draw, Shown
from bot.domain.letter import Kind, Letter
from bot.domain.matter import MatterKind, Stage
from bot.domain.people import Grant, Membership, Person, Role
from bot.domain.privacy import NOWHERE, PURGE, PURGED_AT
from bot.domain.second import Awaited
from bot.domain.talk import Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    CODE,
    DAY,
    HOME,
    HOUR,
    LI,
    LIN,
    NOW,
    WANG,
    acts,
    duties,
    heard,
    now_of,
    said,
    told,
)
from tests.fakes import FakeWork
from tests.storage.made import matter

OTHER, WEEK = CommunityId("other"), "2026-W48"
LAST_MONTH = NOW - 20 * DAY - timedelta(days=10)


def lived(work: FakeWork, desks: Desks, member: MemberId, message: int) -> None:
    """Somebody has done everything there is to do."""
    number = work.matters.next_number(HOME)
    work.people.put_person(Person(member, "en", elder=True, reachable=True))
    work.people.put_membership(Membership(HOME, member, "2"))
    work.forms.put(Form(member, "probe", "one", {"secret": "words"}))
    consult = matter(f"c{message}", number, MatterKind.CONSULT, text="关门")
    work.matters.put(replace(consult, owner=None, message=None), "", NOW)
    help = matter(f"h{message}", number + 1, MatterKind.HELP, text="帮我搬东西", message=None)
    work.matters.put(replace(help, owner=member), "", NOW)
    asked = desks.questions.ask(
        work, HOME, member, f"门禁坏了{message}", Reading(asks=0.9), said(message)
    )
    work.matters.put(replace(now_of(work, asked), keeper=None), "", NOW)
    code = CODE(HOME, member)
    work.consultations.take(f"c{message}", code, Stance.OBJECT, "R", "now")
    work.consultations.put_reason(Reason(f"c{message}", member, "太吵"))
    work.announcements.acknowledge(f"c{message}", code, "2")
    work.letters.put(Letter(f"private{member}", ChatId(member), "some.text"))
    work.waits.put(Awaited(CHAT, message, member, "听说北门要关？"))
    spoken(work, member, message)


def spoken(work: FakeWork, member: MemberId, message: int) -> None:
    """What they said was read, drawn, shown to Li, judged and lent."""
    heard(work, message, Reading(asks=0.9), author_code(CODE, HOME, member, NOW))
    work.labels.put(
        Label(HOME, WEEK, Finding.QUESTION, True, True, "manager", chat=CHAT, message=message)
    )
    work.labels.keep(Sample(HOME, WEEK, Finding.QUESTION, True, "门禁坏了", CHAT, message))
    work.draws.offer((Draw(HOME, WEEK, Finding.QUESTION, True, CHAT, message, 0.1),), 9)
    drawn = next(one for one in work.draws.of(HOME, WEEK) if one.message == message)
    copy = Letter(f"copy{message}", ChatId(LI), kind=Kind.COPY)
    work.letters.put(copy)
    work.draws.put(replace(drawn, state=Shown.SHOWN, letter=copy.id))


def test_whoever_is_forgotten_is_nowhere_any_more_and_nobody_else_is_touched(
    work: FakeWork, desks: Desks
) -> None:
    lived(work, desks, LIN, 5)
    lived(work, desks, WANG, 6)
    other = desks.privacy.export(work, WANG)
    desks.privacy.forget(work, LIN)
    kept = repr(work.shelves)
    assert str(LIN) not in kept
    codes = CODE(HOME, LIN), author_code(CODE, HOME, LIN, NOW)
    assert [code for code in codes if code in kept] == []
    assert work.people.person(LIN) == Person(LIN)
    assert work.letters.state_of(f"private{LIN}") is None
    assert desks.privacy.export(work, WANG) == other
    assert work.letters.state_of(f"private{WANG}") is not None


def test_totals_stay_under_codes_that_are_nobodys(work: FakeWork, desks: Desks) -> None:
    lived(work, desks, LIN, 5)
    desks.privacy.forget(work, LIN)
    assert work.consultations.tally("c5")[Stance.OBJECT] == 1
    assert work.consultations.reasons("c5") == ()
    assert work.announcements.acknowledged("c5") == {"": 1}
    assert [one.message for one in work.labels.since(HOME, "")] == [None]
    assert work.labels.samples(HOME) == ()
    assert work.draws.of(HOME, WEEK) == ()
    assert work.talk.last(CHAT, 9) == ()
    assert work.waits.oldest() is None


def test_a_plea_for_help_loses_its_words_and_a_question_its_asker(
    work: FakeWork, desks: Desks
) -> None:
    lived(work, desks, LIN, 5)
    desks.privacy.forget(work, LIN)
    found = {one.kind: (one.text, one.owner) for one in work.matters.of_community(HOME)}
    assert found[MatterKind.HELP] == ("", None)
    assert found[MatterKind.QUESTION] == ("门禁坏了5", None)


def test_a_copy_that_somebody_is_looking_at_is_taken_back(work: FakeWork, desks: Desks) -> None:
    lived(work, desks, LIN, 5)
    desks.privacy.forget(work, LIN)
    assert [gone.refers for gone in told(work, LI, Kind.DELETE)] == ["copy5"]


def test_what_was_read_under_last_months_code_goes_too(work: FakeWork, desks: Desks) -> None:
    for message, at in ((5, NOW), (6, LAST_MONTH)):
        heard(work, message, Reading(), author_code(CODE, HOME, LIN, at), NOW - at)
    desks.privacy.forget(work, LIN)
    assert work.talk.last(CHAT, 9) == ()


def test_what_they_had_taken_on_is_open_again(work: FakeWork, desks: Desks) -> None:
    asked = desks.questions.ask(
        work, HOME, LIN, "门禁坏了", Reading(addressed=True, office="property"), said()
    )
    desks.questions.take(work, LI, asked.id)
    desks.privacy.forget(work, LI)
    found = now_of(work, asked)
    assert (found.stage, found.keeper, found.owner) == (Stage.OPEN, None, LIN)
    assert work.people.grants(LI) == ()


def test_the_erasure_is_remembered_by_a_keyed_code_and_noted_without_a_name(
    work: FakeWork, desks: Desks
) -> None:
    receipt = desks.privacy.forget(work, LIN)
    assert work.people.erasures() == [CODE(NOWHERE, LIN)]
    (entry,) = work.audit.entries(HOME, NOW)
    assert (entry.act, entry.actor, entry.object) == ("forget", "", receipt)


@pytest.mark.parametrize("owners", [1, 2])
def test_the_last_owner_cannot_go(work: FakeWork, desks: Desks, owners: int) -> None:
    if owners == 2:
        work.people.grant(Grant(HOME, LI, Role.OWNER, False, NOW))
        desks.privacy.forget(work, CHEN)
        assert work.people.grants(CHEN) == ()
        return
    for asks in (desks.privacy.ask_forget, desks.privacy.forget):
        with pytest.raises(Refusal, match=r"last_owner"):
            asks(work, CHEN)
    assert len(work.people.grants(CHEN)) == 1
    assert work.people.erasures() == []


def test_opting_out_holds_at_once_and_takes_along_what_was_read(
    work: FakeWork, desks: Desks
) -> None:
    lived(work, desks, LIN, 5)
    lived(work, desks, WANG, 6)
    desks.privacy.opt(work, LIN, CHAT, out=True)
    assert work.people.membership(HOME, LIN) == Membership(HOME, LIN, "2", opted_out=True)
    assert [one.message for one in work.talk.last(CHAT, 9)] == [6]
    assert [one.message for one in work.labels.samples(HOME)] == [6]
    first = work.waits.first()
    assert first is not None
    assert first.awaited.member == WANG
    assert work.consultations.stance_of("c5", CODE(HOME, LIN)) is Stance.OBJECT
    desks.privacy.opt(work, LIN, CHAT, out=False)
    assert work.people.unread(HOME) == frozenset()


def test_in_private_one_opts_out_wherever_one_belongs(work: FakeWork, desks: Desks) -> None:
    work.communities.put(Community(OTHER, "秋月园", "en", "UTC", NOW))
    desks.privacy.opt(work, WANG, None, out=True)
    assert [work.people.unread(home) for home in (HOME, OTHER)] == [{WANG}, {WANG}]
    work.people.put_membership(Membership(OTHER, LIN, "1"))
    desks.privacy.opt(work, LIN, None, out=True)
    assert [LIN in work.people.unread(home) for home in (HOME, OTHER)] == [False, True]


def test_one_sees_ones_own_and_only_that(work: FakeWork, desks: Desks) -> None:
    lived(work, desks, LIN, 5)
    lived(work, desks, WANG, 6)
    mine = json.loads(desks.privacy.export(work, LIN))
    assert (mine["telegram_id"], mine["language"], mine["large_letters"]) == (LIN, "en", True)
    assert sorted(one["text"] for one in mine["matters"]) == ["帮我搬东西", "门禁坏了5"]
    assert (mine["stances"], mine["acknowledgements"], mine["samples"]) == (1, 1, 1)
    nobody = json.loads(desks.privacy.export(work, MemberId(99)))
    assert (nobody["matters"], nobody["stances"], nobody["samples"]) == ([], 0, 0)


def test_one_sees_which_office_looked_at_ones_question(work: FakeWork, desks: Desks) -> None:
    asked = desks.questions.ask(work, HOME, LIN, "门禁坏了", Reading(asks=0.9), said())
    desks.questions.show(work, CHEN, asked.id)
    lines = desks.privacy.summary(work, LIN).values["lines"]
    assert isinstance(lines, tuple)
    looked = [line.values["role"] for line in lines if line.key == "mydata.looked"]
    assert [getattr(role, "key", "") for role in looked] == ["role.owner"]
    assert acts(work) == ["question_view"]


def test_what_is_old_is_swept_every_hour(work: FakeWork, desks: Desks) -> None:
    heard(work, 5, Reading(), ago=36 * DAY)
    desks.privacy.begin(work)
    assert work.talk.last(CHAT, 9) == ()
    assert work.health.get(PURGED_AT) == NOW.isoformat()
    assert duties(work, "all") == {PURGE: NOW + HOUR}
