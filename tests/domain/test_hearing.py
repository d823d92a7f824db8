"""What is said in a group: read, remembered without words, looked after; some are not read."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.community import Group, GroupState
from bot.domain.hearing import Words, author_code
from bot.domain.label import Finding
from bot.domain.letter import Kind
from bot.domain.matter import MatterKind, Stage
from bot.domain.people import Membership
from bot.domain.question import CARD, Said
from bot.domain.second import Scope
from bot.domain.talk import Reading, TextKind
from handlers.desks import Desks
from tests.domain.home import (
    CHAT,
    CHEN,
    CODE,
    DAY,
    DOOR,
    GUO,
    HOME,
    LI,
    LIN,
    MINUTE,
    NOW,
    WANG,
    Finds,
    duties,
    finds,
    keys,
)
from tests.fakes import FakeWork


def words(message: int = 5, text: str = DOOR, reply_to: int | None = None) -> Words:
    """Lin says something."""
    return Words(Said(CHAT, message), LIN, text, reply_to)


def opts_out(work: FakeWork) -> None:
    """Lin does not want to be read."""
    work.people.put_membership(Membership(HOME, LIN, opted_out=True))


def matters(work: FakeWork, kind: MatterKind = MatterKind.QUESTION) -> list[str]:
    """What was made of all that."""
    return [matter.text for matter in work.matters.of_kind(HOME, kind)]


@pytest.mark.parametrize(("written", "counts"), [(NOW - DAY, NOW - DAY), (NOW + DAY, NOW)])
def test_a_message_that_waited_counts_from_when_it_was_written(
    work: FakeWork, desks: Desks, written: datetime, counts: datetime
) -> None:
    desks.hearing.hear(work, replace(words(), at=written), finds())
    assert [heard.at for heard in work.talk.last(CHAT, 9)] == [counts]


def test_what_comes_is_named_as_it_will_be_read(work: FakeWork, desks: Desks) -> None:
    reader = finds()
    coming = [words(5), words(6, "是啊", reply_to=5)]
    desks.hearing.ahead(work, coming, reader)
    for each in coming:
        desks.hearing.hear(work, each, reader)
    (named,) = reader.coming
    assert named.messages == tuple(reader.messages)


def test_whoever_opted_out_is_not_read(work: FakeWork, desks: Desks) -> None:
    opts_out(work)
    reader = finds(asks=0.9, hazard=True)
    assert desks.hearing.hear(work, words(), reader, Scope.ALL) is None
    assert reader.given == []
    assert work.talk.last(CHAT, 9) == ()
    assert work.waits.oldest() is None
    assert work.draws.strata(HOME, "") == ()
    assert matters(work) == []
    assert desks.hearing.hear(work, replace(words(), member=WANG), reader) is not None
    assert reader.given == [DOOR]


def test_whoever_opted_out_may_mend_and_take_back_what_they_asked_outright(
    work: FakeWork, desks: Desks
) -> None:
    desks.questions.ask(work, HOME, LIN, DOOR, Reading(), Said(CHAT, 5), explicit=True)
    opts_out(work)
    reader = finds(asks=0.9)
    desks.hearing.hear(work, replace(words(5, "3号楼门禁坏了"), edited=True), reader)
    assert matters(work) == ["3号楼门禁坏了"]
    foreign = replace(words(9, "撤回", reply_to=5), member=WANG)
    work.people.put_membership(Membership(HOME, WANG, opted_out=True))
    desks.hearing.hear(work, foreign, reader)
    assert matters(work) == ["3号楼门禁坏了"]
    desks.hearing.hear(work, words(10, "撤回", reply_to=5), reader)
    assert work.matters.of_kind(HOME, MatterKind.QUESTION)[0].stage is Stage.WITHDRAWN
    assert reader.given == []


@pytest.mark.parametrize("state", [GroupState.GUEST, GroupState.PAUSED, GroupState.GONE])
def test_in_a_group_that_is_not_ours_nothing_is_read(
    work: FakeWork, desks: Desks, state: GroupState
) -> None:
    work.communities.put_group(Group(CHAT, HOME, state=state))
    reader = finds(asks=0.9)
    assert desks.hearing.hear(work, words(), reader) is None
    assert reader.given == []


def test_a_message_is_remembered_under_this_months_code_and_without_a_word(
    work: FakeWork, desks: Desks
) -> None:
    desks.hearing.hear(work, words(reply_to=3), finds(asks=0.2, evidence=("门禁",)))
    (heard,) = work.talk.last(CHAT, 9)
    assert heard.author == author_code(CODE, HOME, LIN, NOW)
    assert heard.author != author_code(CODE, HOME, LIN, NOW + 31 * DAY)
    assert (heard.reply_to, heard.reader) == (3, "plain-1")
    assert heard.reading.evidence == ()
    assert DOOR not in repr(work.shelves.readings)


def test_a_neighbours_question_becomes_one_and_the_offices_talk_does_not(
    work: FakeWork, desks: Desks
) -> None:
    reader = finds(asks=0.9)
    desks.hearing.hear(work, words(), reader)
    for number, member in enumerate((CHEN, LI, GUO)):
        desks.hearing.hear(work, replace(words(6 + number, "谁有空？"), member=member), reader)
    desks.hearing.hear(work, replace(words(9, "谁有空？"), anonymous=True), reader)
    assert matters(work) == [DOOR]
    assert [one.role for one in work.talk.last(CHAT, 9)] == [
        "",
        "owner",
        "property",
        "grid",
        "manager",
    ]


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ({"asks": 0.5}, MatterKind.QUESTION),
        ({"claim": 0.5}, MatterKind.RUMOUR),
        ({"asks": 0.9, "claim": 0.9}, MatterKind.RUMOUR),
        ({"hazard": True, "claim": 0.9}, MatterKind.QUESTION),
        ({"asks": 0.49, "claim": 0.49}, None),
        ({"kind": TextKind.NOTICE, "claim": 0.9}, None),
    ],
)
def test_danger_comes_before_claims_and_claims_before_questions(
    work: FakeWork, desks: Desks, found: dict[str, object], kind: MatterKind | None
) -> None:
    desks.hearing.hear(work, words(), finds(**found))
    made = [k for k in (MatterKind.QUESTION, MatterKind.RUMOUR) if matters(work, k)]
    assert made == ([kind] if kind else [])


def test_a_reply_to_a_question_is_its_answer_and_no_question_itself(
    work: FakeWork, desks: Desks
) -> None:
    desks.hearing.hear(work, words(), finds(asks=0.9))
    reply = replace(words(6, "找李师傅", reply_to=5), member=WANG)
    desks.hearing.hear(work, reply, finds())
    (matter,) = work.matters.of_kind(HOME, MatterKind.QUESTION)
    assert (matter.stage, matter.fact("by")) == (Stage.ANSWERED, "neighbour")


def test_what_nobody_marked_as_a_reply_spares_the_office_a_card(
    work: FakeWork, desks: Desks
) -> None:
    desks.hearing.hear(work, words(), finds(asks=0.9))
    (matter,) = work.matters.of_kind(HOME, MatterKind.QUESTION)
    assert CARD in duties(work, matter.id)
    work.now += MINUTE
    desks.hearing.hear(work, replace(words(6, "找李师傅"), member=WANG), finds())
    assert CARD not in duties(work, matter.id)
    assert work.matters.get(matter.id) == matter


def test_thanks_without_a_reply_solve_the_newest_answered_question(
    work: FakeWork, desks: Desks
) -> None:
    for message in (5, 6):
        desks.hearing.hear(work, words(message, f"{DOOR}{message}"), finds(asks=0.9))
        work.now += MINUTE
    for message in (7, 8):
        desks.hearing.hear(
            work, replace(words(message, "找李师傅", message - 2), member=WANG), finds()
        )
    desks.hearing.hear(work, replace(words(9, "谢谢"), member=WANG), finds(cues="T"))
    desks.hearing.hear(work, words(10, "谢谢"), finds(cues="T"))
    stages = [matter.stage for matter in work.matters.of_kind(HOME, MatterKind.QUESTION)]
    assert stages == [Stage.ANSWERED, Stage.SOLVED]


def test_an_edit_makes_no_second_matter_and_is_not_drawn_again(
    work: FakeWork, desks: Desks
) -> None:
    desks.hearing.hear(work, words(), finds(asks=0.9))
    seen = work.draws.strata(HOME, "")
    desks.hearing.hear(work, replace(words(5, "3号楼"), edited=True), finds(asks=0.9))
    assert matters(work) == ["3号楼"]
    desks.hearing.hear(work, replace(words(6, "几点开门？"), edited=True), finds(asks=0.9))
    assert matters(work) == ["3号楼", "几点开门？"]
    assert work.draws.strata(HOME, "") == seen


def test_a_finding_that_is_switched_off_raises_nothing_but_danger_is_never_off(
    work: FakeWork, desks: Desks
) -> None:
    work.gates.put(HOME, Finding.QUESTION, off=True, fresh="")
    desks.hearing.hear(work, words(), finds(asks=0.9))
    assert matters(work) == []
    assert work.draws.strata(HOME, "") != ()
    desks.hearing.hear(work, words(6), finds(asks=0.9, hazard=True))
    assert matters(work) == [DOOR]


@pytest.mark.parametrize(
    ("scope", "reader", "waits"),
    [
        (Scope.OFF, finds(asks=0.9), False),
        (Scope.QUESTIONS, finds(asks=0.15), True),
        (Scope.QUESTIONS, finds(asks=0.14, claim=0.24), False),
        (Scope.ALL, finds(), True),
    ],
)
def test_only_what_is_worth_it_waits_for_a_second_look(
    work: FakeWork, desks: Desks, scope: Scope, reader: Finds, waits: bool
) -> None:
    desks.hearing.hear(work, words(), reader, scope)
    assert (work.waits.first() is not None) is waits


def test_edited_words_wait_in_the_place_of_the_older_ones(work: FakeWork, desks: Desks) -> None:
    desks.hearing.hear(work, words(), finds(), Scope.ALL)
    desks.hearing.hear(work, replace(words(5, "改了"), edited=True), finds(), Scope.ALL)
    first = work.waits.first()
    assert first is not None
    assert first.awaited.text == "改了"
    work.waits.done(first.id)
    assert work.waits.first() is None


def test_in_the_group_there_is_no_more_than_a_silent_sign(work: FakeWork, desks: Desks) -> None:
    desks.hearing.hear(work, words(), finds(asks=0.9, addressed=True))
    desks.hearing.hear(work, words(6, "听说停水三天"), finds(claim=0.9))
    assert (keys(work, CHAT), keys(work, CHAT, Kind.REACT)) == ([], ["✍"])
