"""Claims: shown to those in charge, told once in the group, judged by a human with a source."""

import pytest

from bot.domain.basics import ChatId, CommunityId, Denied, MemberId, Refusal
from bot.domain.community import Community
from bot.domain.letter import Kind, Ledger, Outcome, Priority
from bot.domain.matter import Matter, Stage
from bot.domain.people import Grant, Person, Role, Status
from bot.domain.question import Said
from bot.domain.rumour.values import FIRST_LINE, REMIND, TOLD_AGAIN
from bot.domain.stale import STALE
from bot.domain.talk import Reading
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    GUO,
    HOME,
    HOUR,
    LI,
    LIN,
    MINUTE,
    NOW,
    WANG,
    acts,
    duties,
    keys,
    now_of,
    said,
    seen,
    told,
)
from tests.fakes import FakeWork

CLAIM = Reading(claim=0.9, evidence=("听说", "转发"))
POISON = "听说自来水被投毒了，大家快存水"
SOURCE, WORDS = "水务集团 96196", "自来水正常，可以放心用。"


def flagged(work: FakeWork, desks: Desks, text: str = POISON, high: bool = False) -> Matter:
    """Lin's claim in the group."""
    reading = Reading(claim=0.9, high_risk=high, evidence=CLAIM.evidence)
    return desks.rumours.flag(work, HOME, LIN, text, reading, said(5, 3))


def ready(work: FakeWork, desks: Desks, matter: Matter, verdict: str = "false") -> None:
    """Chen has typed everything that a verdict needs."""
    desks.judge.choose(work, CHEN, matter.id, verdict)
    for text in (SOURCE, WORDS):
        desks.judge.typed(work, CHEN, text)


def test_a_claim_is_shown_to_those_in_charge_and_said_nowhere(
    work: FakeWork, desks: Desks
) -> None:
    matter = flagged(work, desks)
    assert (matter.stage, now_of(work, matter).fact("signs")) == (Stage.OPEN, "听说、转发")
    assert keys(work, CHEN) == ["rumour.card"]
    assert [told(work, CHAT), told(work, CHAT, Kind.REACT), told(work, LIN)] == [[], [], []]
    assert set(duties(work, matter.id)) == {STALE}


def test_told_again_it_is_counted_and_shown_to_nobody_anew(work: FakeWork, desks: Desks) -> None:
    first = flagged(work, desks)
    again = flagged(work, desks, "自来水被投毒了！！大家快存水")
    assert (again.id, again.fact("told")) == (first.id, "2")
    assert flagged(work, desks, "小区要封三天").id != first.id
    assert keys(work, CHEN) == ["rumour.card"] * 2


def test_a_week_after_its_verdict_or_once_dismissed_it_is_a_new_claim(
    work: FakeWork, desks: Desks
) -> None:
    first = flagged(work, desks)
    ready(work, desks, first)
    desks.judge.publish(work, CHEN, first.id, seen())
    work.now += TOLD_AGAIN
    assert flagged(work, desks).id == first.id
    work.now += MINUTE
    second = flagged(work, desks)
    assert second.id != first.id
    desks.rumours.dismiss(work, CHEN, second.id)
    assert flagged(work, desks).id not in (first.id, second.id)


def test_of_a_dangerous_claim_the_managers_are_reminded_while_nobody_spoke(
    work: FakeWork, desks: Desks
) -> None:
    matter = flagged(work, desks, high=True)
    assert duties(work, matter.id)[REMIND] == NOW + FIRST_LINE
    desks.rumours.remind(work, matter.id)
    assert keys(work, CHEN) == ["rumour.card", "rumour.remind"]
    desks.judge.check(work, CHEN, matter.id, seen())
    assert REMIND not in duties(work, matter.id)
    desks.rumours.remind(work, matter.id)
    assert keys(work, CHEN).count("rumour.remind") == 1


@pytest.mark.parametrize("member", [LI, LIN, WANG])
def test_who_judges_no_claims_does_not_know_of_them(
    work: FakeWork, desks: Desks, member: MemberId
) -> None:
    matter = flagged(work, desks)
    for act in (desks.rumours.dismiss, desks.rumours.show, desks.judge.ask):
        with pytest.raises(Refusal, match=r"rumour\.unknown"):
            act(work, member, matter.id)
    assert desks.rumours.show(work, GUO, matter.id).key == "rumour.card"


def test_the_one_message_is_a_reply_to_the_claim_and_an_act_on_the_account(
    work: FakeWork, desks: Desks
) -> None:
    matter = flagged(work, desks)
    desks.judge.check(work, CHEN, matter.id, seen())
    (message,) = told(work, CHAT)
    assert (message.key, message.target, message.topic) == ("rumour.checking", 5, 3)
    assert (message.priority, message.ledger) == (Priority.VERDICT, Ledger.ACT)
    assert work.noise.spent(CHAT, NOW.date()).acts_today == 1
    assert keys(work, CHAT, Kind.REACT) == ["🤔"]
    with pytest.raises(Refusal, match=r"rumour\.closed"):
        desks.judge.check(work, CHEN, matter.id, seen())


def test_the_verdict_takes_the_place_of_the_one_message(work: FakeWork, desks: Desks) -> None:
    matter = flagged(work, desks)
    desks.judge.check(work, CHEN, matter.id, seen())
    ready(work, desks, matter)
    desks.judge.publish(work, CHEN, matter.id, seen())
    (edit,) = told(work, CHAT, Kind.EDIT)
    assert (edit.key, edit.refers) == ("rumour.verdict", told(work, CHAT)[0].id)
    assert (edit.values["source"], edit.values["words"]) == (SOURCE, WORDS)
    found = now_of(work, matter)
    assert (found.stage, found.closed_at, found.fact("verdict")) == (Stage.JUDGED, NOW, "false")
    assert len(keys(work, CHAT)) == 1
    assert acts(work) == ["rumour_check", "verdict"]


def test_no_verdict_without_a_source_and_words(work: FakeWork, desks: Desks) -> None:
    matter = flagged(work, desks)
    desks.judge.choose(work, CHEN, matter.id, "false")
    for text in ("", " ", "源" * 201):
        with pytest.raises(Refusal, match=r"rumour\.length"):
            desks.judge.typed(work, CHEN, text)
    desks.judge.typed(work, CHEN, SOURCE)
    with pytest.raises(Refusal, match=r"form\.gone"):
        desks.judge.publish(work, CHEN, matter.id, seen())
    assert keys(work, CHAT) == []


@pytest.mark.parametrize("verdict", ["", "maybe", "FALSE"])
def test_there_are_four_verdicts(work: FakeWork, desks: Desks, verdict: str) -> None:
    with pytest.raises(Refusal, match=r"old_button"):
        desks.judge.choose(work, CHEN, flagged(work, desks).id, verdict)


def test_a_verdict_is_for_the_claim_it_was_written_for(work: FakeWork, desks: Desks) -> None:
    first, other = flagged(work, desks), flagged(work, desks, "小区要封三天")
    ready(work, desks, first)
    with pytest.raises(Refusal, match=r"old_button"):
        desks.judge.publish(work, CHEN, other.id, seen())


@pytest.mark.parametrize(
    ("status", "age", "key"),
    [
        (Status.LEFT, 0, "denied.standing"),
        (Status.KICKED, 0, "denied.standing"),
        (Status.MEMBER, 11, "denied.unsure"),
    ],
)
def test_who_is_not_known_to_be_in_the_group_now_judges_nothing(
    work: FakeWork, desks: Desks, status: Status, age: int, key: str
) -> None:
    matter = flagged(work, desks)
    ready(work, desks, matter)
    for act in (desks.judge.check, desks.judge.publish):
        with pytest.raises(Denied) as denied:
            act(work, CHEN, matter.id, seen(status, age * MINUTE / 60))
        assert denied.value.key == key
    assert told(work, CHAT) == []


def test_the_fourth_act_of_a_day_is_the_managers_choice(work: FakeWork, desks: Desks) -> None:
    matter = flagged(work, desks)
    for _ in range(3):
        work.noise.book(CHAT, NOW.date(), Ledger.ACT, Priority.VOTE)
    assert desks.judge.check(work, CHEN, matter.id, seen()).key == "acts.too_many"
    assert told(work, CHAT) == []
    desks.judge.check(work, CHEN, matter.id, seen(), confirmed=True)
    assert keys(work, CHAT) == ["rumour.checking"]


def test_at_night_a_verdict_rings_nowhere(work: FakeWork, desks: Desks) -> None:
    work.now += 14 * HOUR
    matter = flagged(work, desks)
    desks.judge.check(work, CHEN, matter.id, seen(now=work.now))
    assert told(work, CHAT)[0].silent


def test_a_deleted_verdict_is_said_once_more_and_only_once(work: FakeWork, desks: Desks) -> None:
    matter = flagged(work, desks)
    desks.judge.check(work, CHEN, matter.id, seen())
    ready(work, desks, matter)
    desks.judge.publish(work, CHEN, matter.id, seen())
    edit = told(work, CHAT, Kind.EDIT)[0]
    desks.judge.lost(work, matter.id, edit.id, Outcome.REFUSED)
    for _ in range(2):
        desks.judge.lost(work, matter.id, edit.id, Outcome.GONE)
    assert keys(work, CHAT) == ["rumour.checking", "rumour.verdict"]


@pytest.mark.parametrize("reachable", [True, False])
def test_whoever_brought_it_is_thanked_where_they_can_be_reached(
    work: FakeWork, desks: Desks, reachable: bool
) -> None:
    work.people.put_person(Person(LIN, reachable=reachable))
    matter = flagged(work, desks)
    ready(work, desks, matter, "true")
    desks.judge.publish(work, CHEN, matter.id, seen())
    assert keys(work, LIN) == (["rumour.thanks"] if reachable else [])


def test_an_edited_claim_is_shown_as_edited_until_it_is_judged(
    work: FakeWork, desks: Desks
) -> None:
    matter = flagged(work, desks)
    desks.rumours.reread(work, now_of(work, matter), "听说北门停水")
    assert now_of(work, matter).text == "听说北门停水"
    assert keys(work, CHEN, Kind.EDIT) == ["rumour.card"]
    ready(work, desks, matter)
    desks.judge.publish(work, CHEN, matter.id, seen())
    desks.rumours.reread(work, now_of(work, matter), "别的事")
    assert now_of(work, matter).text == "听说北门停水"


def test_a_number_that_two_communities_have_shows_both_claims_to_choose_from(
    work: FakeWork, desks: Desks
) -> None:
    there, yonder = CommunityId("there"), Said(ChatId(-200), 7, None)
    work.communities.put(Community(there, "秋实园", "zh-Hans", "Asia/Shanghai", NOW))
    work.people.grant(Grant(there, CHEN, Role.OWNER, False, NOW))
    here = flagged(work, desks)
    other = desks.rumours.flag(work, there, LIN, "听说要停电一周", CLAIM, yonder)
    assert here.number == other.number
    for asked, key in ((f"{here.number}", "rumour.several"), ("", "rumour.list")):
        card = desks.rumours.numbered(work, CHEN, asked)
        assert card.key == key
        assert [row[0].data for row in card.rows] == [f"r:show:{m.id}" for m in (here, other)]
