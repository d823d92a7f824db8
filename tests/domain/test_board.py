"""The board: one message a group, edited in place, with counts and no names."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.domain.basics import Refusal
from bot.domain.community import Group, GroupState
from bot.domain.letter import Kind, Outcome, Phrase, Value
from bot.domain.matter import MatterKind, Stage
from bot.domain.question import Said
from bot.domain.talk import Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    DAY,
    HOME,
    HOUR,
    LIN,
    MINUTE,
    NOW,
    duties,
    keys,
    told,
)
from tests.fakes import FakeWork
from tests.storage.made import matter


def lines(work: FakeWork, desks: Desks) -> dict[str, Mapping[str, Value]]:
    """What the board says now."""
    found = desks.board.read(work, CHAT).values["lines"]
    assert isinstance(found, tuple)
    return {line.key: line.values for line in found}


def ask(work: FakeWork, desks: Desks, message: int = 5) -> str:
    """A question that waits."""
    reading = Reading(asks=0.9)
    return desks.questions.ask(work, HOME, LIN, "门禁坏了", reading, Said(CHAT, message)).id


def test_it_is_put_up_once_silently_and_pinned(work: FakeWork, desks: Desks) -> None:
    desks.board.due(work, CHAT)
    (board,) = told(work, CHAT)
    (pin,) = told(work, CHAT, Kind.PIN)
    assert (board.key, board.silent, pin.refers) == ("board.board", True, board.id)
    shown = work.boards.get(CHAT)
    assert shown is not None
    assert (shown.letter, shown.at) == (board.id, NOW)


def test_without_the_right_to_pin_it_stands_unpinned(work: FakeWork, desks: Desks) -> None:
    work.communities.put_group(Group(CHAT, HOME, "", GroupState.ACTIVE, can_pin=False))
    desks.board.due(work, CHAT)
    assert (len(told(work, CHAT)), told(work, CHAT, Kind.PIN)) == (1, [])


def test_where_nothing_changed_nothing_is_said(work: FakeWork, desks: Desks) -> None:
    desks.board.due(work, CHAT)
    work.now += HOUR
    desks.board.due(work, CHAT)
    assert (len(told(work, CHAT)), told(work, CHAT, Kind.EDIT)) == (1, [])


def test_it_is_edited_in_place_at_most_once_a_minute(work: FakeWork, desks: Desks) -> None:
    desks.board.due(work, CHAT)
    ask(work, desks)
    work.now += MINUTE / 2
    desks.board.due(work, CHAT)
    assert told(work, CHAT, Kind.EDIT) == []
    assert duties(work, str(CHAT))["board"] == NOW + MINUTE
    work.now = NOW + MINUTE
    desks.board.due(work, CHAT)
    (edit,) = told(work, CHAT, Kind.EDIT)
    assert edit.refers == told(work, CHAT)[0].id


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        (Outcome.SENT, False),
        (Outcome.UNCERTAIN, False),
        (Outcome.GONE, True),
        (Outcome.NO_RIGHT, False),
    ],
)
def test_a_deleted_board_is_put_up_anew(
    work: FakeWork, desks: Desks, outcome: Outcome, again: bool
) -> None:
    desks.board.due(work, CHAT)
    desks.board.outcome(work, CHAT, "an edit", outcome)
    assert (duties(work, str(CHAT)).get("board") == NOW + MINUTE) is again
    work.now += MINUTE
    desks.board.due(work, CHAT)
    gone = outcome in (Outcome.GONE, Outcome.NO_RIGHT)
    assert len(told(work, CHAT)) == (2 if gone else 1)


@pytest.mark.parametrize("state", [GroupState.GUEST, GroupState.PAUSED, GroupState.GONE])
def test_in_a_group_that_is_not_ours_there_is_none(
    work: FakeWork, desks: Desks, state: GroupState
) -> None:
    work.communities.put_group(Group(CHAT, HOME, state=state))
    desks.board.due(work, CHAT)
    assert keys(work, CHAT) == []
    for asks in (desks.board.read, desks.board.ask):
        with pytest.raises(Refusal, match=r"board\.none"):
            asks(work, CHAT)


def test_questions_are_counts_and_never_words_or_names(work: FakeWork, desks: Desks) -> None:
    assert list(lines(work, desks)) == ["board.quiet"]
    first = ask(work, desks)
    work.now += 3 * HOUR
    ask(work, desks, 6)
    assert lines(work, desks) == {"board.waiting": {"count": 2, "hours": 3}}
    desks.answers.answer(work, CHEN, first, "周三修好。", Reading())
    desks.answers.solved(work, LIN, first)
    assert lines(work, desks)["board.solved"] == {"solved": 1, "answered": 0}
    assert "门禁" not in repr(lines(work, desks))


def test_what_was_closed_more_than_a_week_ago_is_counted_no_more(
    work: FakeWork, desks: Desks
) -> None:
    desks.answers.answer(work, CHEN, ask(work, desks), "周三修好。", Reading())
    desks.answers.solved(work, LIN, work.matters.of_owner(LIN)[0].id)
    work.now += 7 * DAY
    assert "board.solved" in lines(work, desks)
    work.now += MINUTE
    assert "board.solved" not in lines(work, desks)


@pytest.mark.parametrize(("noted", "key"), [(4, "board.notice_few"), (5, "board.notice")])
def test_how_many_took_note_is_told_from_five_on(
    work: FakeWork, desks: Desks, noted: int, key: str
) -> None:
    notice = matter("n1", kind=MatterKind.NOTICE, stage=Stage.PUBLISHED, text="周三\n停水")
    work.matters.put(notice.with_facts(out=NOW.isoformat()), "", NOW)
    for number in range(noted):
        work.announcements.acknowledge("n1", f"code{number}", "1")
    found = lines(work, desks)
    assert list(found) == [key]
    assert found[key]["text"] == "周三 停水"


def test_a_notice_stands_there_for_three_days(work: FakeWork, desks: Desks) -> None:
    notice = matter("n1", kind=MatterKind.NOTICE, stage=Stage.PUBLISHED)
    work.matters.put(notice.with_facts(out=NOW.isoformat()), "", NOW)
    work.now += 3 * DAY - MINUTE
    assert "board.notice_few" in lines(work, desks)
    work.now += MINUTE
    assert list(lines(work, desks)) == ["board.quiet"]


def test_claims_are_counted_only_while_they_are_being_checked(
    work: FakeWork, desks: Desks
) -> None:
    for number, stage in enumerate((Stage.OPEN, Stage.CHECKING, Stage.JUDGED), 1):
        work.matters.put(matter(f"r{number}", number, MatterKind.RUMOUR, stage), "", NOW)
    assert lines(work, desks) == {"board.rumours": {"count": 1}}


def test_a_broken_promise_stands_before_those_that_are_open(work: FakeWork, desks: Desks) -> None:
    for number, stage in enumerate((Stage.OPEN, Stage.OVERDUE, Stage.KEPT), 1):
        promise = matter(f"p{number}", number, MatterKind.PROMISE, stage, text="修灯" * 20)
        work.matters.put(replace(promise, due_at=NOW + DAY), "", NOW)
    found = lines(work, desks)
    assert list(found) == ["board.promise_overdue", "board.promise_open"]
    text = found["board.promise_open"]["text"]
    assert isinstance(text, str)
    assert (len(text), text[-1]) == (30, "…")
    assert found["board.promise_open"]["office"] == Phrase("role.property")
