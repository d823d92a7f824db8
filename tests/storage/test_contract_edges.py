"""Updates, texts that wait, and duties: the contract that SQL and dicts fulfil."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.due import Due
from bot.domain.second import Found
from bot.domain.second.values import MOST
from bot.domain.talk import Alone, Mood, Reading, TextKind
from handlers.store import FullWork
from tests.storage.conftest import Memory
from tests.storage.made import (
    CHAT,
    HOSTILE,
    HOUR,
    LIN,
    NOW,
    SECOND,
    SHANGHAI,
    WANG,
    awaited,
)

FOUND = Found(
    Reading(
        TextKind.FORWARD,
        Mood.NEGATIVE,
        -0.5,
        0.9,
        0.123456,
        urgent=True,
        office="grid",
        topics=("水",),
        targets=(("物业", -1),),
        alone=Alone(0.1, 0.2, 0.3, 0.4),
        evidence=("停水",),
    ),
    (("m1", 0.95), ("m2", 0.1)),
)


def waiting(work: FullWork, after: int = -1, limit: int = 100) -> list[int]:
    """Which updates wait."""
    return [one.id for one in work.arrivals.waiting(after, limit)]


def test_an_update_that_came_twice_is_the_first_one(work: FullWork) -> None:
    work.arrivals.keep([])
    work.arrivals.keep([(3, "c"), (1, "a"), (3, "C")])
    work.arrivals.keep([(2, "b"), (1, "A")])
    found = work.arrivals.waiting(-1, 10)
    assert [(one.id, one.raw, one.attempts) for one in found] == [
        (1, "a", 0),
        (2, "b", 0),
        (3, "c", 0),
    ]
    assert waiting(work, after=1) == [2, 3]
    assert waiting(work, limit=2) == [1, 2]
    assert work.arrivals.pending() == 3
    assert work.arrivals.newest() == 3


@pytest.mark.parametrize("raw", HOSTILE)
def test_any_update_comes_back_as_it_came(work: FullWork, raw: str) -> None:
    work.arrivals.keep([(1, raw)])
    assert [one.raw for one in work.arrivals.waiting(0, 1)] == [raw]


def test_an_update_is_done_once(work: FullWork) -> None:
    work.arrivals.keep([(1, "a"), (2, "b")])
    assert work.arrivals.done(1)
    assert not work.arrivals.done(1)
    assert not work.arrivals.done(9)
    assert waiting(work) == [2]
    assert work.arrivals.count("done") == 1
    work.arrivals.keep([(1, "again")])
    assert (waiting(work), work.arrivals.count("done")) == ([2], 1)


def test_an_update_that_fails_too_often_is_quarantined(work: FullWork) -> None:
    work.arrivals.keep([(1, "a")])
    assert [work.arrivals.failed(1, "Error" * 40, 3) for _ in range(2)] == [False, False]
    assert [one.attempts for one in work.arrivals.waiting(-1, 9)] == [2]
    assert work.arrivals.failed(1, "Error", 3)
    assert (waiting(work), work.arrivals.pending()) == ([], 0)
    work.arrivals.keep([(1, "again")])
    assert work.arrivals.count("quarantined") == 1
    assert not work.arrivals.done(1)
    with pytest.raises(Exception, match=r"9|No row"):
        work.arrivals.failed(9, "Error", 3)


def test_settled_updates_go_after_two_days_but_never_the_newest(memory: Memory) -> None:
    with memory.work() as work:
        assert work.arrivals.newest() is None
        work.arrivals.keep([(1, "a"), (2, "b"), (3, "c"), (4, "d")])
        for id in (1, 4):
            work.arrivals.done(id)
        work.arrivals.failed(3, "Error", 1)
    wanted = {48: (2, 1), 49: (1, 0)}
    for hours, (done, quarantined) in wanted.items():
        memory.clock.time = NOW + hours * HOUR
        with memory.work() as work:
            work.arrivals.purge()
            counts = work.arrivals.count("done"), work.arrivals.count("quarantined")
            assert counts == (done, quarantined)
            assert (waiting(work), work.arrivals.newest()) == ([2], 4)


def test_texts_wait_in_the_order_in_which_they_came(work: FullWork) -> None:
    assert work.waits.first() is None
    for message in (5, 6, 7):
        assert work.waits.put(awaited(message))
    ids = []
    while (first := work.waits.first()) is not None:
        ids.append((first.id, first.awaited.message, first.found))
        assert work.waits.done(first.id)
        assert not work.waits.done(first.id)
    assert ids == [(-1, 5, None), (-2, 6, None), (-3, 7, None)]
    work.waits.put(awaited(8))
    first = work.waits.first()
    assert first is not None
    assert first.id == -4


def test_what_was_found_comes_back_whole_and_before_the_others(work: FullWork) -> None:
    for message in (5, 6):
        work.waits.put(awaited(message))
    text = replace(awaited(6), forwarded=True, role="grid", open=False)
    assert work.waits.answered(-2, text, FOUND)
    assert not work.waits.answered(-2, text, FOUND)
    assert not work.waits.answered(-9, text, FOUND)
    first = work.waits.first()
    assert first is not None
    assert (first.id, first.awaited, first.found) == (-2, text, FOUND)
    work.waits.done(-1)
    assert not work.waits.answered(-1, awaited(5), FOUND)


def test_polling_and_intake_do_not_see_what_waits_for_the_second_reader(work: FullWork) -> None:
    work.waits.put(awaited(5))
    work.waits.put(awaited(6))
    work.waits.answered(-1, awaited(5), FOUND)
    assert waiting(work) == []
    assert work.arrivals.newest() is None


def test_no_more_than_some_may_wait(work: FullWork) -> None:
    for number in range(MOST):
        assert work.waits.put(awaited(number))
    assert not work.waits.put(awaited(MOST))
    work.waits.done(-1)
    assert work.waits.put(awaited(MOST))


def left(work: FullWork) -> list[int]:
    """The messages that still wait, in order."""
    found = []
    while (first := work.waits.first()) is not None:
        found.append(first.awaited.message)
        work.waits.done(first.id)
    return found


def test_changed_words_wait_no_more(work: FullWork) -> None:
    for one in (awaited(5), awaited(5, chat=SECOND), awaited(6)):
        work.waits.put(one)
    work.waits.answered(-1, awaited(5), FOUND)
    work.waits.drop(CHAT, 5)
    work.waits.drop(CHAT, 7)
    assert left(work) == [5, 6]


def test_nothing_waits_from_groups_that_were_left(work: FullWork) -> None:
    for one in (awaited(5), awaited(6, chat=SECOND)):
        work.waits.put(one)
    work.waits.drop_chats(())
    work.waits.drop_chats((CHAT,))
    assert left(work) == [6]


def test_nothing_waits_from_somebody_who_is_forgotten(work: FullWork) -> None:
    for one in (awaited(5), awaited(6, WANG), awaited(7, chat=SECOND)):
        work.waits.put(one)
    work.waits.forget(LIN)
    assert left(work) == [6]


@pytest.mark.parametrize("raw", ['{"other":1}', '{"awaited":{"chat":1}}', "[]", "{", '"x"'])
@pytest.mark.parametrize("way", ["first", "drop", "drop_chats", "forget"])
def test_a_text_that_cannot_be_read_goes_and_stops_nobody(
    work: FullWork, way: str, raw: str
) -> None:
    work.arrivals.keep([(-1, raw)])
    work.waits.put(awaited(5))
    if way == "first":
        assert work.waits.first() is None
    elif way == "drop":
        work.waits.drop(CHAT, 9)
    elif way == "drop_chats":
        work.waits.drop_chats((SECOND,))
    else:
        work.waits.forget(WANG)
    assert work.arrivals.count("done") == 1
    assert left(work) == [5]


def test_texts_wait_for_a_while_only(memory: Memory) -> None:
    with memory.work() as work:
        work.waits.put(awaited(5))
        assert work.waits.oldest() == NOW
    memory.clock.advance(HOUR)
    with memory.work() as work:
        work.waits.put(awaited(6))
        work.waits.expire((NOW - HOUR).astimezone(SHANGHAI))
        assert work.waits.oldest() == NOW
        work.waits.expire(NOW)
        assert work.waits.oldest() == NOW + HOUR
        work.waits.expire(NOW + HOUR)
        assert work.waits.oldest() is None
        assert left(work) == []


def due(object: str = "m1", hours: int = 0, kind: str = "probe") -> Due:
    """A duty of the tests."""
    return Due(kind, object, NOW + hours * HOUR)


def test_duties_are_due_in_order_of_time_kind_and_object(work: FullWork) -> None:
    every = [due("c", 1), due("b"), due("a"), due("z", kind="aside"), due("later", 9)]
    for one in every:
        work.dues.put(replace(one, at=one.at.astimezone(SHANGHAI)))
    ordered = [due("z", kind="aside"), due("a"), due("b"), due("c", 1)]
    assert work.dues.due(NOW + HOUR) == ordered
    assert work.dues.due(NOW + HOUR, limit=2) == ordered[:2]
    assert work.dues.due(NOW - HOUR) == []
    assert work.dues.next_at() == NOW


def test_a_duty_that_is_put_again_moves_and_begins_anew(work: FullWork) -> None:
    work.dues.put(due())
    for _ in range(3):
        work.dues.failed(due(), "Error" * 40)
    assert (work.dues.due(NOW), work.dues.next_at()) == ([], None)
    work.dues.put(due(hours=1))
    assert work.dues.next_at() == NOW + HOUR
    assert work.dues.claim(due(hours=1), NOW)
    work.dues.put(due(hours=2))
    assert work.dues.due(NOW + 2 * HOUR) == [due(hours=2)]


def test_only_the_first_one_gets_a_duty_and_only_as_it_stands(work: FullWork) -> None:
    work.dues.put(due())
    assert not work.dues.claim(due(hours=1), NOW)
    assert not work.dues.claim(due("m0"), NOW)
    assert work.dues.claim(due(), NOW + HOUR)
    assert not work.dues.claim(due(), NOW + HOUR)
    assert (work.dues.due(NOW), work.dues.next_at()) == ([], None)


def test_a_duty_that_fails_is_tried_three_times(work: FullWork) -> None:
    work.dues.put(due())
    work.dues.failed(due("m0"), "Error")
    for _ in range(2):
        work.dues.failed(due(), "Error")
        assert work.dues.due(NOW) == [due()]
    work.dues.failed(due(), "Error")
    assert work.dues.due(NOW) == []
    assert work.vitals.take(NOW).stuck == ("probe",)


def test_a_cancelled_duty_is_gone(work: FullWork) -> None:
    work.dues.put(due())
    work.dues.put(due(kind="other"))
    work.dues.cancel("probe", "m0")
    work.dues.cancel("probe", "m1")
    work.dues.cancel("probe", "m1")
    assert work.dues.due(NOW) == [due(kind="other")]


@pytest.mark.parametrize("prefix", ["home:", "home", "", "home:2026"])
def test_a_duty_waits_for_an_object_that_begins_so(work: FullWork, prefix: str) -> None:
    work.dues.put(due("home:2026-W48", 5))
    assert work.dues.waits("probe", prefix)
    assert not work.dues.waits("other", prefix)
    assert work.dues.claim(due("home:2026-W48", 5), NOW)
    assert not work.dues.waits("probe", prefix)


@pytest.mark.parametrize("prefix", ["Home:", "HOME", "h%", "_ome", "ome:", "home:2026-W48:"])
def test_a_duty_of_another_object_is_another_one(work: FullWork, prefix: str) -> None:
    work.dues.put(due("home:2026-W48"))
    assert not work.dues.waits("probe", prefix)


@pytest.mark.parametrize("words", [words for words in HOSTILE if "\x00" not in words])
def test_any_object_is_found_again(work: FullWork, words: str) -> None:
    work.dues.put(due(f"{words}:1"))
    assert work.dues.waits("probe", words)
    assert not work.dues.waits("probe", f"x{words}")
    (found,) = work.dues.due(NOW)
    assert found.object == f"{words}:1"


def at_rest(work: FullWork) -> tuple[datetime | None, int]:
    """What a store that is done has to say."""
    return work.dues.next_at(), work.arrivals.pending()


def test_a_new_store_has_nothing_to_do(work: FullWork) -> None:
    assert at_rest(work) == (None, 0)
