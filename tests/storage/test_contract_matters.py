"""Matters, posts and stances: the contract that SQL and dicts fulfil."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.announce import Post, PostState
from bot.domain.basics import ChatId
from bot.domain.consult.values import Reason, Stance
from bot.domain.matter import Matter, MatterKind, Passage, Stage
from handlers.store import FullWork
from tests.fakes import CountingIds
from tests.storage.conftest import CONFLICTS
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
    SECOND,
    SHANGHAI,
    WANG,
    matter,
)


def ids(found: tuple[Matter, ...]) -> list[str]:
    """Their ids, in order."""
    return [one.id for one in found]


def put(work: FullWork, *every: Matter) -> None:
    """Keeps them now, one after the other."""
    for one in every:
        work.matters.put(one, "code", NOW)


def test_a_matter_comes_back_as_it_was_put(work: FullWork) -> None:
    whole = replace(
        matter(closed_at=NOW + HOUR, topic="5", signs="听说、转发"),
        due_at=(NOW + DAY).astimezone(SHANGHAI),
        keeper=CHEN,
        message=None,
    )
    put(work, whole)
    found = work.matters.get("m1")
    assert found == whole
    assert found is not None
    assert found.due_at is not None
    assert found.due_at.isoformat() == "2026-11-26T02:00:00+00:00"
    assert work.matters.get("m0") is None


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_come_back_as_they_were(work: FullWork, words: str) -> None:
    hostile = matter(text=words).with_facts(answer=words)
    put(work, replace(hostile, facts={words: words, **hostile.facts}))
    found = work.matters.get("m1")
    assert found is not None
    assert (found.text, found.facts) == (words, {words: words, "answer": words})
    work.matters.drop(words)
    assert work.matters.get("m1") is not None


def test_a_change_keeps_number_home_kind_and_beginning(work: FullWork) -> None:
    put(work, matter())
    other = replace(
        matter(text="修好了"),
        number=9,
        kind=MatterKind.POLL,
        created_at=NOW - DAY,
        stage=Stage.TAKEN,
        owner=None,
        keeper=CHEN,
        office="grid",
        chat=SECOND,
        message=8,
        due_at=NOW,
        closed_at=NOW,
    )
    put(work, other)
    kept = replace(other, number=1, kind=MatterKind.QUESTION, created_at=NOW)
    assert work.matters.get("m1") == kept
    assert work.matters.numbered(HOME, 9) is None


def test_the_history_tells_each_new_stage_and_nothing_twice(work: FullWork) -> None:
    for at, stage in enumerate((Stage.OPEN, Stage.OPEN, Stage.TAKEN, Stage.OPEN)):
        work.matters.put(matter(stage=stage), "code", NOW + at * HOUR)
    assert work.matters.history("m1") == (
        Passage(Stage.OPEN, NOW),
        Passage(Stage.TAKEN, NOW + 2 * HOUR),
        Passage(Stage.OPEN, NOW + 3 * HOUR),
    )
    assert work.matters.history("m0") == ()


def test_a_dropped_matter_takes_everything_along(work: FullWork) -> None:
    put(work, matter())
    work.announcements.put_post(Post("m1", CHAT, "l1"))
    work.announcements.acknowledge("m1", "code", "3")
    work.consultations.take("m1", "code", Stance.AGREE, "R", "now")
    work.consultations.put_reason(Reason("m1", LIN, "太吵"))
    work.matters.drop("m1")
    assert work.matters.history("m1") == ()
    assert work.announcements.posts("m1") == ()
    assert work.announcements.acknowledged_by("code") == 0
    assert work.consultations.taken_by("code") == 0
    assert work.consultations.reasons("m1") == ()
    work.matters.drop("m1")
    assert work.matters.next_number(HOME) == 1


def test_numbers_go_up_in_each_community_and_are_never_two_matters(work: FullWork) -> None:
    assert work.matters.next_number(HOME) == 1
    put(work, matter("a", 4), matter("b", 2))
    assert work.matters.next_number(HOME) == 5
    assert work.matters.next_number(NOWHERE) == 1
    with pytest.raises(CONFLICTS):
        put(work, matter("c", 4))
    found = work.matters.numbered(HOME, 4)
    assert found is not None
    assert found.id == "a"


def test_a_matter_needs_a_community(work: FullWork) -> None:
    with pytest.raises(CONFLICTS):
        put(work, replace(matter(), community=NOWHERE))
    assert work.matters.get("m1") is None


def test_matters_are_found_by_whose_they_are(work: FullWork) -> None:
    young = matter("a", 1, created_at=NOW + HOUR)
    old = replace(matter("b", 2), keeper=CHEN)
    foreign = replace(matter("c", 3), owner=WANG)
    nobodys = replace(matter("d", 4), owner=None)
    put(work, young, old, foreign, nobodys)
    assert ids(work.matters.of_owner(LIN)) == ["b", "a"]
    assert ids(work.matters.of_owner(CHEN)) == []
    assert ids(work.matters.kept_by(CHEN)) == ["b"]
    assert sorted(ids(work.matters.of_community(HOME))) == ["a", "b", "c", "d"]
    assert work.matters.of_community(NOWHERE) == ()


def test_matters_are_found_by_where_they_were_said(work: FullWork) -> None:
    put(work, matter("b", 2), matter("a", 1), matter("c", 3, message=6))
    put(work, replace(matter("d", 4), chat=SECOND), replace(matter("e", 5), chat=None))
    assert sorted(ids(work.matters.said_in(CHAT))) == ["a", "b", "c"]
    first = work.matters.said_at(CHAT, 5)
    assert first is not None
    assert first.id == "a"
    assert work.matters.said_at(CHAT, 7) is None
    assert work.matters.said_at(ChatId(0), 5) is None


def test_matters_are_found_by_kind_and_stage_in_order_of_their_numbers(work: FullWork) -> None:
    put(work, matter("c", 3), matter("a", 1), matter("b", 2, stage=Stage.TAKEN))
    put(work, matter("p", 4, kind=MatterKind.POLL))
    assert ids(work.matters.open_in(HOME, MatterKind.QUESTION, Stage.OPEN)) == ["a", "c"]
    assert ids(work.matters.of_kind(HOME, MatterKind.QUESTION)) == ["a", "b", "c"]
    assert work.matters.open_in(NOWHERE, MatterKind.QUESTION, Stage.OPEN) == ()
    assert work.matters.of_kind(HOME, MatterKind.RUMOUR) == ()


def test_since_a_moment_means_open_or_closed_at_it_or_later(work: FullWork) -> None:
    before = NOW - timedelta(microseconds=1)
    put(work, matter("open", 1), matter("old", 2, closed_at=before))
    put(work, matter("just", 3, closed_at=NOW.astimezone(SHANGHAI)))
    assert ids(work.matters.of_kind(HOME, MatterKind.QUESTION, NOW)) == ["open", "just"]
    every = work.matters.of_kind(HOME, MatterKind.QUESTION, before)
    assert ids(every) == ["open", "old", "just"]


def test_a_post_stands_once_in_each_chat(work: FullWork) -> None:
    put(work, matter())
    for post in (Post("m1", CHAT, "l1"), Post("m1", SECOND, "l2"), Post("m1", CHAT, "l3")):
        work.announcements.put_post(post)
    up = Post("m1", CHAT, "l3", PostState.UP, reposted=True)
    work.announcements.put_post(up)
    assert work.announcements.posts("m1") == (Post("m1", SECOND, "l2"), up)
    assert work.announcements.post_in("m1", CHAT) == up
    assert work.announcements.post_in("m1", ChatId(1)) is None
    with pytest.raises(CONFLICTS):
        work.announcements.put_post(Post("m0", CHAT, "l4"))


def test_what_stands_in_one_chat_only_is_known(work: FullWork) -> None:
    put(work, matter("a", 1), matter("b", 2), matter("c", 3))
    for id, chat in (("a", CHAT), ("b", CHAT), ("b", SECOND), ("c", SECOND)):
        work.announcements.put_post(Post(id, chat, "l"))
    assert work.announcements.only_in(CHAT) == ("a",)
    assert work.announcements.only_in(ChatId(1)) == ()


def test_everybody_takes_note_once_and_is_counted_by_building(work: FullWork) -> None:
    put(work, matter("m1", 1), matter("m2", 2))
    told = [("x", "3"), ("y", "1"), ("z", "3"), ("w", "")]
    assert [work.announcements.acknowledge("m1", *one) for one in told] == [True] * 4
    assert not work.announcements.acknowledge("m1", "x", "9")
    assert work.announcements.acknowledge("m2", "x", "3")
    assert list(work.announcements.acknowledged("m1").items()) == [("", 1), ("1", 1), ("3", 2)]
    assert work.announcements.acknowledged("m0") == {}
    assert work.announcements.acknowledged_by("x") == 2
    with pytest.raises(CONFLICTS):
        work.announcements.acknowledge("m0", "x", "3")


def test_a_loose_note_counts_and_is_nobodys(work: FullWork) -> None:
    put(work, matter("m1", 1), matter("m2", 2))
    for id in ("m1", "m2"):
        work.announcements.acknowledge(id, "x", "3")
        work.announcements.acknowledge(id, "y", "3")
    work.announcements.loosen("x", CountingIds())
    assert work.announcements.acknowledged("m1") == {"": 1, "3": 1}
    assert work.announcements.acknowledged_by("x") == 0
    assert work.announcements.acknowledged_by("y") == 2
    assert work.announcements.acknowledge("m1", "x", "3")
    with pytest.raises(CONFLICTS):
        work.announcements.loosen("x", lambda: "y")


def test_one_stance_each_and_the_newest_holds(work: FullWork) -> None:
    put(work, matter("m1", 1), matter("m2", 2))
    work.consultations.take("m1", "x", Stance.OBJECT, "R1", "now")
    work.consultations.take("m1", "x", Stance.AGREE, "R2", "then")
    work.consultations.take("m1", "y", Stance.AGREE, "R3", "now")
    work.consultations.take("m2", "x", Stance.ABSTAIN, "R4", "now")
    assert work.consultations.stance_of("m1", "x") is Stance.AGREE
    assert work.consultations.stance_of("m1", "z") is None
    tally = work.consultations.tally("m1")
    assert list(tally.items()) == [(s, 2 if s is Stance.AGREE else 0) for s in Stance]
    assert set(work.consultations.tally("m0").values()) == {0}
    assert work.consultations.taken_by("x") == 2
    with pytest.raises(CONFLICTS):
        work.consultations.take("m0", "x", Stance.AGREE, "R5", "now")


def test_a_loose_stance_counts_and_is_nobodys(work: FullWork) -> None:
    put(work, matter("m1", 1), matter("m2", 2))
    for id in ("m1", "m2"):
        work.consultations.take(id, "x", Stance.OBJECT, "R", "now")
    work.consultations.loosen("x", CountingIds())
    work.consultations.loosen("x", CountingIds())
    assert work.consultations.tally("m1")[Stance.OBJECT] == 1
    assert work.consultations.taken_by("x") == 0
    assert work.consultations.stance_of("m1", "x") is None
    assert work.consultations.taken_by("00001abcde") == 1


def test_reasons_stand_in_the_order_of_their_words(work: FullWork) -> None:
    put(work, matter("m1", 1), matter("m2", 2))
    work.consultations.put_reason(Reason("m1", LIN, "b"))
    work.consultations.put_reason(Reason("m1", WANG, "a", concern=0, confirmed=False))
    work.consultations.put_reason(Reason("m2", LIN, "c"))
    assert [one.text for one in work.consultations.reasons("m1")] == ["a", "b"]
    changed = Reason("m1", LIN, "B", 0, True)
    work.consultations.put_reason(changed)
    other = Reason("m1", WANG, "a", 0, False)
    assert work.consultations.reasons("m1") == (changed, other)
    work.consultations.drop_reason("m1", CHEN)
    work.consultations.drop_reason("m1", WANG)
    assert work.consultations.reasons("m1") == (changed,)
    with pytest.raises(CONFLICTS):
        work.consultations.put_reason(Reason("m0", LIN, "d"))


def test_reasons_go_with_their_person_or_all_at_once_and_stances_stay(work: FullWork) -> None:
    put(work, matter("m1", 1), matter("m2", 2))
    for id in ("m1", "m2"):
        work.consultations.put_reason(Reason(id, LIN, "a"))
        work.consultations.put_reason(Reason(id, WANG, "b"))
        work.consultations.take(id, "x", Stance.OBJECT, "R", "now")
    work.consultations.forget(LIN)
    assert [r.member for r in work.consultations.reasons("m1")] == [WANG]
    work.consultations.drop_reasons("m1")
    assert work.consultations.reasons("m1") == ()
    assert [r.member for r in work.consultations.reasons("m2")] == [WANG]
    assert work.consultations.taken_by("x") == 2
