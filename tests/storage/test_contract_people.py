"""People, their roles and their forms: the contract that SQL and dicts fulfil."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Protocol, cast

import pytest

from bot.domain.basics import MemberId
from bot.domain.community import Community, Form, Group
from bot.domain.consult.values import Reason
from bot.domain.letter import Quiet
from bot.domain.people import Membership, People, Person, Role
from handlers.store import FullWork
from tests.storage.conftest import CONFLICTS, Memory
from tests.storage.made import (
    CHEN,
    DAY,
    HOME,
    HOSTILE,
    HOUR,
    LIN,
    NOW,
    NOWHERE,
    OTHER,
    SECOND,
    SHANGHAI,
    WANG,
    grant,
    matter,
)


class Remembered(People, Protocol):
    """People as a restore sees them."""

    def erasures(self) -> list[str]: ...
    def everyone(self) -> set[MemberId]: ...


def remembered(work: FullWork) -> Remembered:
    """Both memories can tell who was erased."""
    return cast(Remembered, work.people)


def test_of_a_stranger_only_the_id_is_known(work: FullWork) -> None:
    assert work.people.person(LIN) == Person(LIN)
    assert work.people.membership(HOME, LIN) == Membership(HOME, LIN)
    assert work.people.membership(NOWHERE, LIN) == Membership(NOWHERE, LIN)
    assert work.people.memberships(LIN) == ()
    assert work.people.grants(LIN) == ()
    assert not work.people.revoke(HOME, LIN, Role.OWNER)
    assert remembered(work).everyone() == set()


def test_a_person_is_as_they_last_said(work: FullWork) -> None:
    work.people.put_person(Person(LIN, "en", elder=True))
    work.people.put_person(Person(LIN, "zh-Hant", reachable=True))
    work.people.put_person(Person(WANG))
    assert work.people.person(LIN) == Person(LIN, "zh-Hant", reachable=True)


def test_whoever_opted_out_is_unread_in_that_community_only(work: FullWork) -> None:
    work.communities.put(Community(OTHER, "秋月园", "en", "Europe/London", NOW))
    for membership in (
        Membership(OTHER, LIN, "2"),
        Membership(HOME, LIN, "1", opted_out=True),
        Membership(HOME, WANG, "1", opted_out=True),
        Membership(HOME, WANG, "3"),
    ):
        work.people.put_membership(membership)
    assert work.people.unread(HOME) == {LIN}
    assert work.people.opted_out(HOME) == 1
    assert (work.people.unread(OTHER), work.people.opted_out(OTHER)) == (frozenset(), 0)
    here, there = Membership(HOME, LIN, "1", opted_out=True), Membership(OTHER, LIN, "2")
    assert work.people.memberships(LIN) == (here, there)
    with pytest.raises(CONFLICTS):
        work.people.put_membership(Membership(NOWHERE, LIN))


def test_roles_stand_from_the_oldest_on_and_are_revoked_once(work: FullWork) -> None:
    young = grant(CHEN, Role.GRID, NOW + HOUR)
    old, older = grant(CHEN, Role.OWNER), grant(CHEN, Role.MANAGER)
    later = replace(grant(WANG, Role.MANAGER), expires_at=(NOW + DAY).astimezone(SHANGHAI))
    for one in (young, old, older, later):
        work.people.grant(one)
    assert work.people.grants(CHEN) == (older, old, young)
    assert work.people.grants_in(HOME) == (later, older, old, young)
    assert work.people.grants_in(NOWHERE) == ()
    work.people.grant(replace(old, by_admin=True))
    assert work.people.grants(CHEN)[1].by_admin
    assert work.people.revoke(HOME, CHEN, Role.OWNER)
    assert not work.people.revoke(HOME, CHEN, Role.OWNER)
    assert work.people.grants(CHEN) == (older, young)
    with pytest.raises(CONFLICTS):
        work.people.grant(replace(young, community=NOWHERE))


def test_whoever_is_forgotten_is_a_stranger_again(work: FullWork) -> None:
    for member in (LIN, WANG):
        work.people.put_person(Person(member, "en"))
        work.people.put_membership(Membership(HOME, member, "1"))
        work.people.grant(grant(member))
        work.forms.put(Form(member, "probe", "one"))
    work.people.forget(LIN)
    work.people.forget(CHEN)
    assert work.people.person(LIN) == Person(LIN)
    assert (work.people.memberships(LIN), work.people.grants(LIN)) == ((), ())
    assert work.forms.get(LIN) is None
    assert remembered(work).everyone() == {WANG}


def test_everyone_is_whoever_is_named_anywhere(work: FullWork) -> None:
    work.matters.put(replace(matter(), keeper=CHEN), "", NOW)
    work.consultations.put_reason(Reason("m1", WANG, "太吵"))
    assert remembered(work).everyone() == {LIN, CHEN, WANG}


def test_an_erasure_is_remembered_once(work: FullWork) -> None:
    for code in ("b", "a", "b"):
        work.people.note_erasure(code, NOW, "D1")
    assert sorted(remembered(work).erasures()) == ["a", "b"]


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_come_back_as_they_were(work: FullWork, words: str) -> None:
    whole = Community(
        OTHER,
        words,
        "en",
        words,
        NOW.astimezone(SHANGHAI),
        Quiet(time(23, 15), time(6, 0)),
        (words, "2"),
        samples=True,
        audits=False,
    )
    work.communities.put(whole)
    work.communities.put_group(Group(SECOND, OTHER, words, told=frozenset({words, "b"})))
    work.forms.put(Form(LIN, "probe", "one", {words: words}))
    assert work.communities.get(OTHER) == whole
    group = work.communities.group(SECOND)
    assert group == Group(SECOND, OTHER, words, told=frozenset({words, "b"}))
    form = work.forms.get(LIN)
    assert form is not None
    assert form.fields == {words: words}


def test_a_form_is_kept_for_a_day_one_a_person(memory: Memory) -> None:
    with memory.work() as work:
        old = datetime(2020, 1, 1, tzinfo=UTC)
        work.forms.put(Form(LIN, "ask", "words", {"a": "1"}, old))
        work.forms.put(Form(LIN, "poll", "until", {"b": "2"}, old))
        work.forms.put(Form(WANG, "ask", "words"))
        assert work.forms.get(LIN) == Form(LIN, "poll", "until", {"b": "2"}, NOW)
        work.forms.drop(WANG)
        work.forms.drop(WANG)
        assert work.forms.get(WANG) is None
    memory.clock.advance(DAY - HOUR)
    with memory.work() as work:
        assert work.forms.get(LIN) is not None
    memory.clock.advance(HOUR)
    with memory.work() as work:
        assert work.forms.get(LIN) is None
