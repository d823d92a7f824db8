"""Audit, noise, boards, small facts, and what is swept when: the contract of SQL and dicts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.audit import Entry
from bot.domain.community import Community, Form, Invitation
from bot.domain.consult.values import Reason
from bot.domain.doctor import Vitals
from bot.domain.due import Due
from bot.domain.letter import Ledger, Outcome, Own, Priority, Spent, State
from bot.domain.matter import MatterKind
from bot.domain.people import Role
from bot.domain.privacy import PURGED_AT, Limits
from bot.domain.touch import Shown
from handlers.store import FullWork
from tests.storage.conftest import Memory
from tests.storage.made import (
    CHAT,
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
    awaited,
    grant,
    heard,
    label,
    letter,
    lot,
    matter,
    sample,
)

TODAY = date(2026, 11, 25)
"""A Wednesday."""


def entry(object: str, at: datetime = NOW) -> Entry:
    """A line of the log."""
    return Entry(HOME, at, "code", "view", object, "因为", allowed=False)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_line_of_the_log_comes_back_as_it_was_written(work: FullWork, words: str) -> None:
    line = Entry(HOME, NOW.astimezone(SHANGHAI), words, words, words, words, allowed=True)
    work.audit.append(line)
    (found,) = work.audit.entries(HOME, NOW)
    assert found == line
    assert found.at.isoformat() == "2026-11-25T02:00:00+00:00"
    assert work.audit.broken_at() is None


def test_the_log_tells_of_one_community_from_a_moment_on_in_order(work: FullWork) -> None:
    for line in (entry("b", NOW), entry("a", NOW - HOUR), entry("c", NOW)):
        work.audit.append(line)
    work.audit.append(replace(entry("d"), community=OTHER))
    assert [one.object for one in work.audit.entries(HOME, NOW)] == ["b", "c"]
    assert [one.object for one in work.audit.entries(HOME, NOW - HOUR)] == ["b", "a", "c"]
    assert work.audit.entries(NOWHERE, NOW) == ()


def test_the_log_is_whole_after_its_oldest_lines_have_gone(memory: Memory) -> None:
    with memory.work() as work:
        for days in range(3):
            work.audit.append(entry(str(days), NOW + days * DAY))
    for age, kept in ((180, 3), (181, 2), (400, 0)):
        memory.clock.time = NOW + timedelta(days=age, hours=1) - DAY
        with memory.work() as work:
            work.retention.sweep(Limits())
            assert len(work.audit.entries(HOME, NOW)) == kept
            assert work.audit.broken_at() is None
    with memory.work() as work:
        work.audit.append(entry("new", NOW + 400 * DAY))
        assert work.audit.broken_at() is None


def test_a_week_of_noise_begins_on_monday_and_each_ledger_counts_its_own(
    work: FullWork,
) -> None:
    assert work.noise.spent(CHAT, TODAY) == Spent()
    sunday, monday, tomorrow = TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY + DAY
    for day in (sunday, monday, TODAY, tomorrow):
        work.noise.book(CHAT, day, Ledger.OWN, Priority.SOCIAL, Own.BUNDLE)
    work.noise.book(CHAT, monday, Ledger.OWN, Priority.DIGEST, Own.DIGEST)
    work.noise.book(CHAT, TODAY, Ledger.ACT, Priority.VOTE)
    work.noise.book(CHAT, TODAY, Ledger.ACT, Priority.URGENT)
    work.noise.book(CHAT, TODAY, Ledger.REPLY, Priority.QUESTION)
    work.noise.book(CHAT, monday, Ledger.ACT, Priority.VOTE)
    work.noise.book(SECOND, TODAY, Ledger.ACT, Priority.VOTE)
    assert work.noise.spent(CHAT, TODAY) == Spent(1, 1, 1, 3, 2, True)
    assert work.noise.spent(CHAT, sunday) == Spent(0, 0, 1, 1, 1, False)


def test_acts_are_counted_over_groups_and_a_span_without_its_end(work: FullWork) -> None:
    for chat, days in ((CHAT, 0), (CHAT, 1), (SECOND, 1), (CHAT, 2)):
        work.noise.book(chat, TODAY + days * DAY, Ledger.ACT, Priority.VOTE)
    work.noise.book(CHAT, TODAY, Ledger.REPLY, Priority.QUESTION)
    end = TODAY + 2 * DAY
    assert work.noise.acts((CHAT, SECOND), TODAY, end) == 3
    assert work.noise.acts((CHAT,), TODAY, end) == 2
    assert work.noise.acts((), TODAY, end) == 0


def test_a_group_has_one_board(work: FullWork) -> None:
    assert work.boards.get(CHAT) is None
    work.boards.put(Shown(CHAT, "l1", NOW))
    work.boards.put(Shown(CHAT, "l2", (NOW + HOUR).astimezone(SHANGHAI), "print"))
    assert work.boards.get(CHAT) == Shown(CHAT, "l2", NOW + HOUR, "print")
    work.boards.drop(SECOND)
    work.boards.drop(CHAT)
    assert work.boards.get(CHAT) is None


@pytest.mark.parametrize("words", HOSTILE)
def test_a_small_fact_is_as_it_was_last_told(work: FullWork, words: str) -> None:
    assert work.health.get("name") is None
    for value in ("before", words):
        work.health.put("name", value)
    assert work.health.get("name") == words
    assert work.health.get("Name") is None


def test_vitals_tell_what_is_stuck_and_when_it_was_swept(work: FullWork) -> None:
    assert work.vitals.take(NOW) == Vitals()
    work.arrivals.keep([(1, "a")])
    work.arrivals.failed(1, "Error", 1)
    work.letters.put(letter())
    work.letters.settle("l1", Outcome.UNCERTAIN, None)
    due = Due("probe", "m1", NOW)
    work.dues.put(due)
    for _ in range(3):
        work.dues.failed(due, "Error")
    work.health.put(PURGED_AT, NOW.isoformat())
    assert work.vitals.take(NOW) == Vitals(1, 1, ("probe",), NOW, None)


def swept(memory: Memory, age: timedelta, limits: Limits | None = None) -> None:
    """So much later everything is swept."""
    memory.clock.time = NOW + age
    with memory.work() as work:
        work.retention.sweep(limits or Limits())


def test_words_and_people_of_a_matter_go_thirty_days_after_it_was_closed(
    memory: Memory,
) -> None:
    with memory.work() as work:
        kept = replace(matter("open", 1), keeper=CHEN).with_facts(signs="听说", answer="好")
        work.matters.put(kept, "", NOW)
        for number, kind in ((2, MatterKind.QUESTION), (3, MatterKind.NOTICE)):
            closed = replace(kept, id=kind.value, number=number, kind=kind, closed_at=NOW)
            work.matters.put(closed, "", NOW)
        for id in ("open", "question"):
            work.consultations.put_reason(Reason(id, LIN, "太吵"))
    before = seen(memory)
    swept(memory, 30 * DAY)
    assert seen(memory) == before
    swept(memory, 30 * DAY + HOUR)
    assert seen(memory) == {
        "open": ("门禁坏了吗", LIN, CHEN, {"signs": "听说", "answer": "好"}, 1),
        "question": ("", None, None, {"answer": "好"}, 0),
        "notice": ("门禁坏了吗", LIN, CHEN, {"answer": "好"}, 0),
    }


def seen(memory: Memory) -> dict[str, tuple[object, ...]]:
    """What three matters still tell."""
    with memory.work() as work:
        found = {one.id: one for one in work.matters.of_community(HOME)}
        return {
            id: (one.text, one.owner, one.keeper, one.facts, len(work.consultations.reasons(id)))
            for id, one in found.items()
        }


def test_readings_go_after_thirty_five_days_and_labels_then_name_no_message(
    memory: Memory,
) -> None:
    with memory.work() as work:
        work.talk.put(CHAT, heard(5))
        work.labels.put(label(5))
        work.labels.keep(sample(5))
    for age, message in ((35 * DAY, 5), (35 * DAY + HOUR, None)):
        swept(memory, age)
        with memory.work() as work:
            assert (work.talk.get(CHAT, 5) is None) is (message is None)
            assert [one.message for one in work.labels.since(HOME, "")] == [message]
            assert [one.message for one in work.labels.samples(HOME)] == [message]


def test_words_go_after_ninety_days_draws_after_three_weeks_counts_after_two_years(
    memory: Memory,
) -> None:
    with memory.work() as work:
        work.labels.put(label(5))
        work.labels.keep(sample(5))
        work.draws.offer((lot(5, 0.5),), 3)
    wanted = {
        15 * DAY: (1, 1, 1, 1),
        17 * DAY: (1, 1, 0, 1),
        85 * DAY: (1, 1, 0, 1),
        91 * DAY: (1, 0, 0, 1),
        725 * DAY: (1, 0, 0, 1),
        731 * DAY: (0, 0, 0, 0),
    }
    for age, counts in wanted.items():
        swept(memory, age)
        with memory.work() as work:
            found = (
                len(work.labels.since(HOME, "")),
                len(work.labels.samples(HOME)),
                len(work.draws.of(HOME, lot(5, 0.5).week)),
                len(work.draws.strata(HOME, "")),
            )
            assert found == counts, age


def test_a_community_that_was_never_opened_is_gone_after_eight_days(memory: Memory) -> None:
    with memory.work() as work:
        work.communities.put(Community(OTHER, "秋月园", "en", "UTC", NOW))
        work.people.grant(replace(grant(), community=OTHER))
    for age, ids in ((8 * DAY, [HOME, OTHER]), (8 * DAY + HOUR, [HOME])):
        swept(memory, age)
        with memory.work() as work:
            assert [one.id for one in work.communities.all()] == ids
    with memory.work() as work:
        assert work.people.grants(CHEN) == ()


def test_roles_codes_forms_and_duties_go_when_their_time_is_over(memory: Memory) -> None:
    due = Due("probe", "m1", NOW)
    with memory.work() as work:
        work.people.grant(replace(grant(), expires_at=NOW + DAY))
        work.people.grant(grant(LIN, Role.GRID))
        work.invitations.put(Invitation("code", HOME, Role.GRID, NOW + DAY))
        work.forms.put(Form(LIN, "ask", "words"))
        work.dues.put(due)
        work.dues.claim(due, NOW)
        work.noise.book(CHAT, TODAY, Ledger.ACT, Priority.VOTE)
    swept(memory, DAY)
    with memory.work() as work:
        assert len(work.people.grants(CHEN)) == 1
        assert work.forms.get(LIN) is None
        assert work.invitations.take("code", NOW) is None
    swept(memory, DAY + HOUR)
    with memory.work() as work:
        assert work.people.grants(CHEN) == ()
        assert len(work.people.grants(LIN)) == 1
    for age, acts in ((60 * DAY, 1), (61 * DAY, 0)):
        swept(memory, age)
        with memory.work() as work:
            assert work.noise.acts((CHAT,), TODAY, TODAY + DAY) == acts


def test_a_sweep_reaches_updates_and_letters_and_leaves_what_waits(memory: Memory) -> None:
    with memory.work() as work:
        work.arrivals.keep([(1, "a"), (2, "b"), (3, "c")])
        work.arrivals.done(1)
        work.letters.put(letter("held"))
        work.letters.put(letter("wait"))
        work.letters.hold("held")
        work.waits.put(awaited(5))
    swept(memory, 49 * HOUR)
    with memory.work() as work:
        assert work.arrivals.count("done") == 0
        assert [one.id for one in work.arrivals.waiting(-1, 9)] == [2, 3]
        assert work.letters.state_of("held") is State.FAILED
        assert work.letters.state_of("wait") is State.PENDING


def test_shorter_limits_are_kept_too(memory: Memory) -> None:
    with memory.work() as work:
        work.matters.put(matter(closed_at=NOW), "", NOW)
        work.talk.put(CHAT, heard(5))
    swept(memory, 2 * DAY, Limits(help=DAY, readings=3 * DAY))
    with memory.work() as work:
        found = work.matters.get("m1")
        assert found is not None
        assert found.text == ""
        assert work.talk.get(CHAT, 5) is not None
