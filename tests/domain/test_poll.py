"""Polls: drafted, opened once, taken back, counted, told once."""

from datetime import timedelta

import pytest

from bot.domain.basics import ChatId, Denied, MemberId, Refusal
from bot.domain.community import Group, GroupState
from bot.domain.letter import Kind, Ledger, Outcome, Phrase, Priority
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.people import Seen, Standing, Status
from bot.domain.poll.values import CLOSE, DROP, LATE, RESULT, Counted, options_of, votes_of
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    DAY,
    GUO,
    HOME,
    HOUR,
    LI,
    LIN,
    MINUTE,
    NOW,
    acts,
    duties,
    keys,
    now_of,
    seen,
    told,
)
from tests.fakes import FakeWork

LAMPS, OTHER = "路灯几点关？|22点|23点|不关", ChatId(-200)


def draft(work: FakeWork, desks: Desks, words: str = LAMPS) -> Matter:
    """What Chen typed."""
    desks.poll.begin(work, CHEN, words)
    return work.matters.of_kind(HOME, MatterKind.POLL)[-1]


def opened(work: FakeWork, desks: Desks) -> Matter:
    """The poll is in the group, Telegram calls it p1, and its letter is up."""
    matter = draft(work, desks)
    desks.poll.publish(work, CHEN, matter.id, seen())
    (post,) = work.announcements.posts(matter.id)
    work.letters.settle(post.letter, Outcome.SENT, 77)
    work.letters.became_poll(post.letter, "p1")
    desks.count.outcome(work, matter.id, post.letter, Outcome.SENT)
    return now_of(work, matter)


def votes(
    work: FakeWork,
    desks: Desks,
    options: tuple[int, ...],
    closed: bool = False,
    poll: str = "p1",
) -> None:
    """Telegram tells how it stands."""
    counted = Counted(options, sum(options), closed)
    desks.count.update(work, poll, "路灯几点关？", ("22点", "23点", "不关"), counted)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("只有问题", "poll.how"),
        ("问题|一个", "poll.how"),
        ("问题|一||三", "poll.empty"),
        ("问题|好|好 ！", "poll.twice"),
        ("问题|Yes|ＹＥＳ", "poll.twice"),
        ("问" * 301 + "|一|二", "poll.question_long"),
        ("问题|" + "项" * 101 + "|二", "poll.option_long"),
        ("问题|" + "|".join(map(str, range(13))), "poll.many"),
    ],
)
def test_what_cannot_be_asked_so_is_declined_with_the_reason(
    work: FakeWork, desks: Desks, words: str, key: str
) -> None:
    with pytest.raises(Refusal) as refused:
        desks.poll.begin(work, CHEN, words)
    assert refused.value.key == key
    assert work.matters.of_kind(HOME, MatterKind.POLL) == ()


@pytest.mark.parametrize("member", [LI, GUO, LIN])
def test_who_may_not_poll_gets_no_draft(work: FakeWork, desks: Desks, member: MemberId) -> None:
    with pytest.raises(Denied):
        desks.poll.begin(work, member, LAMPS)


def test_a_draft_is_gone_after_a_day_and_an_open_poll_is_not(work: FakeWork, desks: Desks) -> None:
    matter = draft(work, desks)
    assert options_of(matter) == ("22点", "23点", "不关")
    assert duties(work, matter.id) == {DROP: NOW + DAY}
    desks.poll.drop(work, matter.id)
    assert work.matters.get(matter.id) is None
    out = opened(work, desks)
    desks.poll.drop(work, out.id)
    assert now_of(work, out).stage is Stage.OPEN


def test_it_is_opened_once_anonymously_as_an_act_and_closes_by_itself(
    work: FakeWork, desks: Desks
) -> None:
    matter = draft(work, desks)
    desks.poll.days(work, CHEN, matter.id, "1")
    desks.poll.publish(work, CHEN, matter.id, seen())
    (letter,) = told(work, CHAT, Kind.POLL)
    assert letter.poll is not None
    assert (letter.poll.question, letter.poll.closes_at) == ("路灯几点关？", NOW + DAY)
    assert (letter.ledger, letter.priority) == (Ledger.ACT, Priority.VOTE)
    assert work.noise.spent(CHAT, NOW.date()).acts_today == 1
    assert duties(work, matter.id)[CLOSE] == NOW + DAY
    assert acts(work) == ["open_poll"]
    with pytest.raises(Refusal, match=r"out_already"):
        desks.poll.publish(work, CHEN, matter.id, seen())
    assert len(told(work, CHAT, Kind.POLL)) == 1


@pytest.mark.parametrize(
    "standing",
    [{}, seen(Status.LEFT), seen(age=timedelta(seconds=11)), {CHAT: Seen(None, NOW)}],
)
def test_who_is_not_known_to_be_in_the_group_now_opens_nothing(
    work: FakeWork, desks: Desks, standing: Standing
) -> None:
    matter = draft(work, desks)
    with pytest.raises(Denied):
        desks.poll.publish(work, CHEN, matter.id, standing)
    assert told(work, CHAT, Kind.POLL) == []
    assert now_of(work, matter).stage is Stage.DRAFT


def test_a_poll_goes_to_the_groups_that_were_chosen(work: FakeWork, desks: Desks) -> None:
    work.communities.put_group(Group(OTHER, HOME, "二号群", GroupState.ACTIVE, since=NOW))
    work.communities.put_group(Group(ChatId(-300), HOME, "三号群", GroupState.PAUSED))
    matter = draft(work, desks)
    for chat in (CHAT, OTHER):
        desks.poll.group(work, CHEN, matter.id, str(chat))
    with pytest.raises(Refusal, match=r"no_group_chosen"):
        desks.poll.publish(work, CHEN, matter.id, seen())
    with pytest.raises(Refusal, match=r"old_button"):
        desks.poll.group(work, CHEN, matter.id, "-300")
    desks.poll.group(work, CHEN, matter.id, str(OTHER))
    desks.poll.publish(work, CHEN, matter.id, {OTHER: Seen(Status.MEMBER, NOW)})
    assert [post.chat for post in work.announcements.posts(matter.id)] == [OTHER]


def test_at_night_it_waits_for_the_morning_and_loses_no_time_by_it(
    work: FakeWork, desks: Desks
) -> None:
    work.now = NOW + 14 * HOUR
    matter = draft(work, desks)
    desks.poll.publish(work, CHEN, matter.id, seen(now=work.now))
    morning = NOW + 21 * HOUR + 30 * MINUTE
    rows = [row for row in work.shelves.letters.values() if row.chat == CHAT]
    assert [row.not_before for row in rows] == [morning]
    assert duties(work, matter.id)[CLOSE] == morning + 3 * DAY


def test_the_fourth_act_of_a_day_is_its_authors_choice(work: FakeWork, desks: Desks) -> None:
    for _ in range(3):
        work.noise.book(CHAT, NOW.date(), Ledger.ACT, Priority.VOTE)
    matter = draft(work, desks)
    assert desks.poll.publish(work, CHEN, matter.id, seen()).key == "acts.too_many"
    assert told(work, CHAT, Kind.POLL) == []
    desks.poll.publish(work, CHEN, matter.id, seen(), confirmed=True)
    assert len(told(work, CHAT, Kind.POLL)) == 1


@pytest.mark.parametrize("sent", [True, False])
def test_within_two_minutes_it_is_taken_back_wherever_it_is(
    work: FakeWork, desks: Desks, sent: bool
) -> None:
    matter = opened(work, desks) if sent else draft(work, desks)
    if not sent:
        desks.poll.publish(work, CHEN, matter.id, seen())
    work.now += 2 * MINUTE
    desks.poll.recall(work, CHEN, matter.id, seen(now=work.now))
    assert now_of(work, matter).stage is Stage.WITHDRAWN
    assert len(told(work, CHAT, Kind.DELETE)) == int(sent)
    assert told(work, CHAT, Kind.POLL) == []
    assert CLOSE not in duties(work, matter.id)


def test_after_two_minutes_people_have_voted_and_it_stays(work: FakeWork, desks: Desks) -> None:
    matter = opened(work, desks)
    work.now += 2 * MINUTE + timedelta(seconds=1)
    with pytest.raises(Refusal, match=r"recall_late"):
        desks.poll.recall(work, CHEN, matter.id, seen(now=work.now))
    with pytest.raises(Refusal, match=r"poll\.unknown"):
        desks.poll.recall(work, LIN, matter.id, seen(now=work.now))
    assert now_of(work, matter).stage is Stage.OPEN


def test_when_its_time_is_up_telegram_is_asked_to_stop_it_and_a_result_is_due(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    desks.count.close(work, matter.id)
    (stop,) = told(work, CHAT, Kind.STOP_POLL)
    assert stop.refers == work.announcements.posts(matter.id)[0].letter
    assert duties(work, matter.id)[RESULT] == NOW + MINUTE
    assert now_of(work, matter).stage is Stage.OPEN


def test_the_result_is_told_once_under_the_poll_with_the_newest_count(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    votes(work, desks, (1, 0, 0))
    votes(work, desks, (2, 3, 0), closed=True)
    votes(work, desks, (9, 9, 9))
    desks.count.report(work, matter.id)
    (result,) = told(work, CHAT)
    lines = result.values["lines"]
    assert isinstance(lines, tuple)
    assert [(line.values["option"], line.values["count"]) for line in lines] == [
        ("23点", 3),
        ("22点", 2),
        ("不关", 0),
    ]
    assert (result.key, result.target) == ("poll.result", 77)
    found = now_of(work, matter)
    assert (found.stage, found.closed_at) == (Stage.COUNTED, NOW)
    assert keys(work, CHEN) == ["poll.result"]


def test_a_closed_poll_is_counted_no_more_while_another_group_still_votes(
    work: FakeWork, desks: Desks
) -> None:
    work.communities.put_group(Group(OTHER, HOME, "二号群", GroupState.ACTIVE, since=NOW))
    matter = draft(work, desks)
    desks.poll.publish(work, CHEN, matter.id, {**seen(), OTHER: Seen(Status.MEMBER, NOW)})
    for post in work.announcements.posts(matter.id):
        work.letters.settle(post.letter, Outcome.SENT, 77)
        work.letters.became_poll(post.letter, f"p{post.chat}")
        desks.count.outcome(work, matter.id, post.letter, Outcome.SENT)
    votes(work, desks, (1, 0, 0), closed=True, poll=f"p{CHAT}")
    votes(work, desks, (9, 9, 9), poll=f"p{CHAT}")
    votes(work, desks, (0, 2, 0), poll=f"p{OTHER}")
    assert votes_of(now_of(work, matter)) == [1, 2, 0]
    assert now_of(work, matter).stage is Stage.OPEN


@pytest.mark.parametrize(("people", "note"), [(10, "poll.note"), (100, "poll.few")])
def test_a_result_of_few_says_that_it_speaks_for_them_only(
    work: FakeWork, desks: Desks, people: int, note: str
) -> None:
    work.communities.put_group(Group(CHAT, HOME, "", GroupState.ACTIVE, members=people))
    opened(work, desks)
    votes(work, desks, (2, 3, 0), closed=True)
    assert told(work, CHAT)[0].values["note"] == Phrase(note)


def test_of_polls_that_are_not_ours_nothing_is_kept(work: FakeWork, desks: Desks) -> None:
    matter = opened(work, desks)
    desks.count.update(work, "p2", "别的", ("一", "二"), Counted((1, 1), 2, True))
    assert now_of(work, matter) == matter


def test_a_poll_of_which_nobody_knew_is_known_by_its_first_vote(
    work: FakeWork, desks: Desks
) -> None:
    matter = draft(work, desks)
    desks.poll.publish(work, CHEN, matter.id, seen())
    (post,) = work.announcements.posts(matter.id)
    work.letters.settle(post.letter, Outcome.UNCERTAIN, None)
    desks.count.outcome(work, matter.id, post.letter, Outcome.UNCERTAIN)
    assert keys(work, CHEN) == ["poll.uncertain"]
    votes(work, desks, (1, 0, 0))
    assert work.letters.about_poll("p1") == f"poll:{matter.id}:{post.letter}"
    assert now_of(work, matter).fact(f"n{post.letter}") == "[[1, 0, 0], 1, false]"


def test_where_we_are_not_just_now_the_result_is_told_when_we_are_back(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    votes(work, desks, (2, 3, 0))
    work.communities.put_group(Group(CHAT, HOME, "", GroupState.PAUSED))
    desks.count.close(work, matter.id)
    desks.count.report(work, matter.id)
    assert (told(work, CHAT), told(work, CHAT, Kind.STOP_POLL)) == ([], [])
    (post,) = work.announcements.posts(matter.id)
    object = f"{matter.id}:{post.letter}"
    assert LATE in duties(work, object)
    desks.count.late(work, object)
    assert told(work, CHAT) == []
    work.communities.put_group(Group(CHAT, HOME, "", GroupState.ACTIVE))
    desks.count.late(work, object)
    assert keys(work, CHAT) == ["poll.result"]
