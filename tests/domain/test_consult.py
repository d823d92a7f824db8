"""Consultations: one stance each; no outcome before the most shared concern is answered."""

from datetime import timedelta

import pytest

from bot.domain.basics import Denied, MemberId, Refusal
from bot.domain.consult.desk import LATE, LONGEST, SHORTEST
from bot.domain.consult.values import CLOSE, REVIEW, Reason, Stance
from bot.domain.letter import Phrase
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.people import Status
from bot.domain.stale import STALE
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
    WANG,
    acts,
    duties,
    keys,
    now_of,
    seen,
    told,
)
from tests.fakes import FakeWork

TITLE, NOISE, COST = "北门晚上十点以后关闭", "关门声音太吵，睡不着", "一套门禁要花多少钱"
ZHAO, QIAN = MemberId(23), MemberId(24)


def opened(work: FakeWork, desks: Desks) -> Matter:
    """A consultation of three days."""
    desks.consult.draft.begin(work, CHEN, TITLE)
    for press in ("skip", "free"):
        desks.consult.draft.press(work, CHEN, press)
    desks.consult.draft.press(work, CHEN, "days", "3")
    desks.consult.draft.publish(work, CHEN, seen())
    return work.matters.of_kind(HOME, MatterKind.CONSULT)[-1]


def take(
    work: FakeWork, desks: Desks, matter: Matter, member: MemberId, stance: str = "agree"
) -> str:
    """Somebody taps; which text they are answered with."""
    return desks.consult.stance.take(work, member, CHAT, matter.id, stance, seen(now=work.now)).key


def objects(
    work: FakeWork, desks: Desks, matter: Matter, member: MemberId, why: str = NOISE
) -> None:
    """Somebody objects, and says why."""
    take(work, desks, matter, member, "object")
    desks.consult.stance.reason(work, member, why)


def counted(work: FakeWork, desks: Desks, matter: Matter) -> Matter:
    """Its three days are over."""
    work.now = NOW + 3 * DAY
    desks.consult.stance.close(work, matter.id)
    return now_of(work, matter)


def test_it_stands_in_the_group_until_it_closes(work: FakeWork, desks: Desks) -> None:
    matter = opened(work, desks)
    assert (matter.stage, matter.due_at) == (Stage.OPEN, NOW + 3 * DAY)
    assert duties(work, matter.id) == {CLOSE: NOW + 3 * DAY, STALE: NOW + 183 * DAY}
    assert len(told(work, CHAT)) == 1
    assert acts(work) == ["open_consult"]


def test_one_stance_each_and_the_newest_counts(work: FakeWork, desks: Desks) -> None:
    matter = opened(work, desks)
    assert take(work, desks, matter, LIN) == "consult.taken"
    assert take(work, desks, matter, LIN) == "consult.taken"
    assert take(work, desks, matter, LIN, "abstain") == "consult.changed"
    tally = work.consultations.tally(matter.id)
    assert (tally[Stance.AGREE], tally[Stance.ABSTAIN], sum(tally.values())) == (0, 1, 1)
    assert str(LIN) not in repr(work.shelves.stances)


@pytest.mark.parametrize("member", [CHEN, LI, GUO])
def test_who_answers_for_the_facts_takes_no_stance(
    work: FakeWork, desks: Desks, member: MemberId
) -> None:
    matter = opened(work, desks)
    with pytest.raises(Refusal, match=r"consult\.officials"):
        take(work, desks, matter, member)


@pytest.mark.parametrize("status", [Status.LEFT, Status.KICKED])
def test_only_who_is_in_the_group_takes_a_stance(
    work: FakeWork, desks: Desks, status: Status
) -> None:
    matter = opened(work, desks)
    with pytest.raises(Denied):
        desks.consult.stance.take(work, LIN, CHAT, matter.id, "agree", seen(status))
    with pytest.raises(Denied):
        desks.consult.stance.take(work, LIN, CHAT, matter.id, "agree", seen(age=11 * MINUTE))
    with pytest.raises(Refusal, match=r"consult\.unknown"):
        desks.consult.stance.take(work, LIN, type(CHAT)(-200), matter.id, "agree", seen())
    assert sum(work.consultations.tally(matter.id).values()) == 0


def test_a_reason_is_asked_for_privately_masked_and_goes_with_the_objection(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    assert take(work, desks, matter, LIN, "object") == "consult.taken_object"
    assert keys(work, LIN) == ["consult.ask_reason"]
    desks.consult.stance.reason(work, LIN, "太吵，问 13912345678")
    assert work.consultations.reasons(matter.id) == (Reason(matter.id, LIN, "太吵，问 【电话】"),)
    take(work, desks, matter, LIN)
    assert work.consultations.reasons(matter.id) == ()
    with pytest.raises(Refusal, match=r"no_reason_needed"):
        desks.consult.stance.begin_reason(work, LIN, matter.id)


def test_a_reason_is_for_the_stance_that_is_held_when_it_is_written(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    take(work, desks, matter, LIN, "object")
    take(work, desks, matter, LIN)
    with pytest.raises(Refusal, match=r"no_reason_needed"):
        desks.consult.stance.reason(work, LIN, NOISE)
    assert work.consultations.reasons(matter.id) == ()


def test_once_its_time_is_up_nobody_takes_or_changes_a_stance(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    work.now = NOW + 3 * DAY - timedelta(seconds=1)
    take(work, desks, matter, LIN)
    work.now = NOW + 3 * DAY
    with pytest.raises(Refusal, match=r"consult\.over"):
        take(work, desks, matter, WANG)
    matter = counted(work, desks, matter)
    assert matter.stage is Stage.COUNTED
    with pytest.raises(Refusal, match=r"consult\.over"):
        take(work, desks, matter, LIN, "object")
    assert keys(work, CHEN) == ["consult.staff"]
    assert acts(work)[-1] == "consult_reasons"


@pytest.mark.parametrize(
    ("late", "longer"),
    [(LATE + MINUTE, SHORTEST), (5 * HOUR, 5 * HOUR), (3 * DAY, LONGEST)],
)
def test_a_close_that_fell_into_an_outage_is_made_up_for_once(
    work: FakeWork, desks: Desks, late: timedelta, longer: timedelta
) -> None:
    matter = opened(work, desks)
    work.now = NOW + 3 * DAY + late
    take(work, desks, matter, LIN)
    desks.consult.stance.close(work, matter.id)
    assert (now_of(work, matter).stage, now_of(work, matter).due_at) == (
        Stage.OPEN,
        work.now + longer,
    )
    assert duties(work, matter.id)[CLOSE] == work.now + longer
    work.now += longer + 5 * HOUR
    with pytest.raises(Refusal, match=r"consult\.over"):
        take(work, desks, matter, WANG)
    desks.consult.stance.close(work, matter.id)
    assert now_of(work, matter).stage is Stage.COUNTED


def test_no_outcome_is_possible_before_the_most_shared_concern_is_answered(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    objects(work, desks, matter, LIN)
    counted(work, desks, matter)
    outcome = desks.consult.outcome
    with pytest.raises(Refusal, match=r"answer_first"):
        outcome.begin(work, CHEN, matter.id, "outcome")
    with pytest.raises(Refusal, match=r"answer_first"):
        outcome.publish(work, CHEN, matter.id, seen(now=work.now))
    shown = outcome.show(work, CHEN, matter.id)
    assert [row[0].data for row in shown.rows] == [f"c:begin:{matter.id}:wording"]
    answer(work, desks, matter)
    assert outcome.begin(work, CHEN, matter.id, "outcome").key == "consult.ask_outcome"


def answer(work: FakeWork, desks: Desks, matter: Matter) -> None:
    """Chen words the concern, and answers it."""
    desks.consult.outcome.begin(work, CHEN, matter.id, "wording")
    desks.consult.outcome.typed(work, CHEN, "有人担心噪音")
    desks.consult.outcome.typed(work, CHEN, "换静音门")


def test_an_outcome_that_was_begun_does_not_get_past_a_late_concern(
    work: FakeWork, desks: Desks
) -> None:
    matter = counted(work, desks, opened(work, desks))
    desks.consult.outcome.begin(work, CHEN, matter.id, "outcome")
    work.consultations.put_reason(Reason(matter.id, LIN, NOISE))
    with pytest.raises(Refusal, match=r"answer_first"):
        desks.consult.outcome.typed(work, CHEN, "十点关门")
    assert now_of(work, matter).fact("outcome") == ""


def test_the_concern_that_most_name_is_asked_about_first(work: FakeWork, desks: Desks) -> None:
    matter = opened(work, desks)
    objects(work, desks, matter, QIAN, COST)
    for member, why in ((LIN, NOISE), (WANG, "关门声音太吵"), (ZHAO, "声音太吵睡不着")):
        objects(work, desks, matter, member, why)
    counted(work, desks, matter)
    answer(work, desks, matter)
    asked = {m for m in (LIN, WANG, ZHAO, QIAN) if "consult.is_it_meant" in keys(work, m)}
    assert asked == {LIN, WANG, ZHAO}


def decided(work: FakeWork, desks: Desks, matter: Matter) -> None:
    """The outcome is written, dated and published."""
    desks.consult.outcome.begin(work, CHEN, matter.id, "outcome")
    desks.consult.outcome.typed(work, CHEN, "十点半关门，找 13912345678")
    desks.consult.outcome.review_in(work, CHEN, matter.id, "3")
    desks.consult.outcome.publish(work, CHEN, matter.id, seen(now=work.now))


def concern_shown(work: FakeWork) -> Phrase:
    """How the group is told of the concern."""
    found = told(work, CHAT)[-1].values["concern"]
    assert isinstance(found, Phrase)
    return found


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ([True, None], "consult.concern_answered"),
        ([None, None], "consult.concern_unworded"),
        ([True, False], "consult.concern_unworded"),
    ],
)
def test_a_concern_is_told_in_words_only_if_its_authors_agree_with_them(
    work: FakeWork, desks: Desks, says: list[bool | None], key: str
) -> None:
    matter = opened(work, desks)
    for member in (LIN, WANG):
        objects(work, desks, matter, member)
    counted(work, desks, matter)
    answer(work, desks, matter)
    for member, yes in zip((LIN, WANG), says, strict=True):
        if yes is not None:
            desks.consult.outcome.meant(work, member, matter.id, yes)
    decided(work, desks, matter)
    assert concern_shown(work).key == key
    assert NOISE not in repr(told(work, CHAT))


def test_the_outcome_is_told_with_the_whole_count_and_looked_at_again(
    work: FakeWork, desks: Desks
) -> None:
    matter = opened(work, desks)
    take(work, desks, matter, LIN)
    counted(work, desks, matter)
    decided(work, desks, matter)
    assert concern_shown(work).key == "consult.nobody_objected"
    assert now_of(work, matter).stage is Stage.DECIDED
    assert duties(work, matter.id)[REVIEW] == work.now + timedelta(days=91)
    desks.consult.outcome.review(work, matter.id)
    assert keys(work, CHEN)[-1] == "consult.look_again"
    with pytest.raises(Refusal, match=r"decided_already"):
        desks.consult.outcome.publish(work, CHEN, matter.id, seen(now=work.now))


@pytest.mark.parametrize("member", [LI, GUO, LIN])
def test_reasons_are_for_the_eyes_of_those_in_charge_only(
    work: FakeWork, desks: Desks, member: MemberId
) -> None:
    matter = opened(work, desks)
    objects(work, desks, matter, WANG)
    counted(work, desks, matter)
    with pytest.raises(Refusal, match=r"consult\.unknown"):
        desks.consult.outcome.show(work, member, matter.id)
    assert keys(work, member) == []


def test_a_question_is_taken_back_within_two_minutes_only(work: FakeWork, desks: Desks) -> None:
    matter = opened(work, desks)
    work.now += 2 * MINUTE
    desks.consult.draft.recall(work, CHEN, matter.id, seen(now=work.now))
    assert now_of(work, matter).stage is Stage.WITHDRAWN
    assert CLOSE not in duties(work, matter.id)
    work.now = NOW
    again = opened(work, desks)
    work.now += 2 * MINUTE + timedelta(seconds=1)
    with pytest.raises(Refusal, match=r"recall_late"):
        desks.consult.draft.recall(work, CHEN, again.id, seen(now=work.now))


def test_half_a_year_without_any_act_closes_it_and_tells_those_with_a_part_in_it(
    work: FakeWork, desks: Desks
) -> None:
    matter = counted(work, desks, opened(work, desks))
    for _ in range(2):
        desks.consult.stale.due(work, matter.id)
    assert now_of(work, matter).stage is Stage.CLOSED
    assert keys(work, CHEN).count("acts.stale") == 1
