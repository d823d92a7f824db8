"""Letters on their way: the contract that SQL and dicts fulfil."""

from datetime import timedelta

import pytest

from bot.domain.basics import ChatId
from bot.domain.letter import (
    Ballot,
    Button,
    Kind,
    Ledger,
    Letter,
    Outcome,
    Phrase,
    Priority,
    Spot,
    State,
)
from handlers.store import FullWork
from tests.storage.conftest import CONFLICTS, Memory
from tests.storage.made import CHAT, HOSTILE, HOUR, LIN, NOW, SECOND, SHANGHAI, letter

PRIVATE = ChatId(LIN)


def next_id(work: FullWork, chat: ChatId = CHAT) -> str | None:
    """Which letter this chat gets next."""
    found = work.letters.next_for(chat)
    return None if found is None else found.id


def test_a_letter_comes_back_as_it_was_put(work: FullWork) -> None:
    inner = Phrase("a", {"n": 3, "at": NOW.astimezone(SHANGHAI), "deep": Phrase("b", {"s": "<"})})
    put = Letter(
        "l1",
        CHAT,
        "some.text",
        {"lines": (inner, inner), "who": "林悦", "when": NOW, "count": 4},
        ((Button(Phrase("go", {"name": "甲"}), "x:1"), Button(Phrase("to"), url="start:q")),),
        Kind.POLL,
        Priority.URGENT,
        Ledger.ACT,
        "en",
        "probe:1",
        topic=5,
        refers="l0",
        target=9,
        query="q",
        alert=True,
        silent=True,
        instead=Spot(SECOND, 9, None),
        poll=Ballot("几点？", ("七点", "八点"), NOW, True),
        source=SECOND,
    )
    work.letters.put(put)
    found = work.letters.next_for(CHAT)
    assert found == put
    assert found is not None
    assert isinstance(found.ledger, Ledger)


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_come_back_as_they_were(work: FullWork, words: str) -> None:
    work.letters.put(Letter("l1", CHAT, "k", {words: words, "p": Phrase(words)}, about=words))
    found = work.letters.next_for(CHAT)
    assert found is not None
    assert found.values == {words: words, "p": Phrase(words)}
    assert (found.about, work.letters.about("l1")) == (words, words)


def test_a_letter_cannot_be_put_twice(work: FullWork) -> None:
    work.letters.put(letter("l1", SECOND))
    with pytest.raises(CONFLICTS):
        work.letters.put(letter("l1", CHAT))
    assert work.letters.chat_of("l1") == SECOND


def test_of_a_letter_that_never_was_nothing_is_known(work: FullWork) -> None:
    letters = work.letters
    assert letters.message_of("l0") is None
    assert letters.chat_of("l0") is None
    assert work.letters.state_of("l0") is None
    assert letters.about("l0") == ""
    assert work.letters.about_poll("p0") == ""
    assert work.letters.about_message(CHAT, 1) == ""
    assert not work.letters.withdraw("l0")
    assert not letters.sending("l0")
    for silent in (letters.hold, letters.again, letters.arrived, letters.back):
        silent("l0")
    work.letters.settle("l0", Outcome.SENT, 1)
    work.letters.became_poll("l0", "p0")
    assert work.letters.next_for(CHAT) is None


def test_urgent_letters_go_first_and_equal_ones_in_the_order_they_were_put(
    work: FullWork,
) -> None:
    order = []
    for id, priority in (("a", 7), ("b", 1), ("c", 7), ("d", 1)):
        work.letters.put(letter(id, priority=Priority(priority)))
    while (following := next_id(work)) is not None:
        order.append(following)
        work.letters.settle(following, Outcome.SENT, None)
    assert order == ["b", "d", "a", "c"]


def test_a_letter_waits_until_its_moment_and_others_pass_it(memory: Memory) -> None:
    with memory.work() as work:
        later = (NOW + HOUR).astimezone(SHANGHAI)
        work.letters.put(letter("a", priority=Priority.LIFE, not_before=later))
        work.letters.put(letter("b"))
        assert next_id(work) == "b"
        assert work.letters.lanes() == ({CHAT}, False, None)
        work.letters.sending("b")
        assert next_id(work) is None
        assert work.letters.lanes() == (set(), False, NOW + HOUR)
    memory.clock.advance(HOUR)
    with memory.work() as work:
        assert next_id(work) == "a"
        assert work.letters.lanes() == ({CHAT}, False, None)


def test_each_chat_has_a_lane_and_taps_have_one_for_all(work: FullWork) -> None:
    assert work.letters.lanes() == (set(), False, None)
    soon, late = NOW + timedelta(minutes=1), NOW + HOUR
    work.letters.put(letter("a", CHAT))
    work.letters.put(letter("b", SECOND, not_before=late))
    work.letters.put(letter("c", PRIVATE, not_before=soon))
    assert work.letters.lanes() == ({CHAT}, False, soon)
    work.letters.put(letter("t", SECOND, kind=Kind.ANSWER))
    assert work.letters.lanes() == ({CHAT}, True, soon)
    assert next_id(work, SECOND) is None
    assert [one.id for one in work.letters.answers()] == ["t"]


def test_taps_are_answered_in_order_and_many_at_once_but_not_before_their_time(
    memory: Memory,
) -> None:
    with memory.work() as work:
        for number in range(70):
            id = f"t{number:02}"
            work.letters.put(letter(id, ChatId(number + 1), kind=Kind.ANSWER))
        assert [one.id for one in work.letters.answers()] == [f"t{n:02}" for n in range(64)]
        work.letters.back("t00", NOW + HOUR)
        assert work.letters.answers()[0].id == "t01"
    memory.clock.advance(HOUR)
    with memory.work() as work:
        assert (work.letters.answers()[0].id, work.letters.answers()[0].attempts) == ("t00", 1)


def test_a_sent_letter_names_its_message_and_holds_no_words(work: FullWork) -> None:
    work.letters.put(letter("l1", about="probe:1"))
    work.letters.sending("l1")
    assert work.letters.state_of("l1") is State.SENDING
    assert [one.id for one in work.letters.interrupted()] == ["l1"]
    work.letters.settle("l1", Outcome.SENT, 77)
    assert (work.letters.state_of("l1"), work.letters.message_of("l1")) == (State.SENT, 77)
    assert work.letters.about_message(CHAT, 77) == "probe:1"
    assert work.letters.about_message(SECOND, 77) == ""
    assert work.letters.interrupted() == []
    assert work.letters.next_for(CHAT) is None


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.SENT, State.SENT),
        (Outcome.UNCERTAIN, State.UNCERTAIN),
        (Outcome.BLOCKED, State.FAILED),
        (Outcome.KICKED, State.FAILED),
        (Outcome.NO_RIGHT, State.FAILED),
        (Outcome.GONE, State.FAILED),
        (Outcome.REFUSED, State.FAILED),
    ],
)
def test_what_became_of_a_letter_is_one_of_three(
    work: FullWork, outcome: Outcome, state: State
) -> None:
    work.letters.put(letter())
    work.letters.settle("l1", outcome, None, "reason" * 30)
    assert work.letters.state_of("l1") is state
    assert work.letters.count(state) == 1
    assert work.letters.count(State.PENDING) == 0


def test_of_two_letters_in_one_message_the_first_says_what_it_is_about(work: FullWork) -> None:
    for id in ("b", "a"):
        work.letters.put(letter(id, about=f"of:{id}"))
        work.letters.settle(id, Outcome.SENT, 77)
    assert work.letters.about_message(CHAT, 77) == "of:b"


def test_a_poll_is_known_by_telegrams_name_for_it(work: FullWork) -> None:
    work.letters.put(letter("l1", about="poll:m1:l1"))
    work.letters.became_poll("l1", "p9")
    assert work.letters.about_poll("p9") == "poll:m1:l1"
    assert work.letters.about_poll("P9") == ""


def test_held_letters_wait_for_their_person(memory: Memory) -> None:
    with memory.work() as work:
        work.letters.put(letter("a", PRIVATE))
        work.letters.hold("a")
        assert work.letters.last_held(PRIVATE) == NOW
        assert work.letters.last_held(CHAT) is None
    memory.clock.advance(HOUR)
    with memory.work() as work:
        work.letters.put(letter("b", PRIVATE))
        work.letters.put(letter("c", SECOND))
        work.letters.hold("b")
        work.letters.hold("c")
        assert work.letters.last_held(PRIVATE) == NOW + HOUR
        assert work.letters.lanes() == (set(), False, None)
        assert work.letters.release(LIN) == 2
        assert work.letters.release(LIN) == 0
        assert work.letters.lanes() == ({PRIVATE}, False, None)
        assert work.letters.state_of("c") is State.HELD


def test_a_letter_that_did_not_leave_waits_again_and_counts_its_attempts(work: FullWork) -> None:
    work.letters.put(letter("l1"))
    work.letters.sending("l1")
    work.letters.back("l1")
    found = work.letters.next_for(CHAT)
    assert found is not None
    assert found.attempts == 1
    work.letters.back("l1", NOW + HOUR, SECOND)
    assert work.letters.lanes() == (set(), False, NOW + HOUR)
    assert work.letters.chat_of("l1") == SECOND
    work.letters.back("l1")
    again = work.letters.next_for(SECOND)
    assert again is not None
    assert (again.attempts, again.to) == (3, SECOND)


def test_an_uncertain_letter_is_sent_again_or_known_to_be_there_once(work: FullWork) -> None:
    for id in ("a", "b"):
        work.letters.put(letter(id))
        work.letters.again(id)
        work.letters.arrived(id)
        assert work.letters.state_of(id) is State.PENDING
        work.letters.settle(id, Outcome.UNCERTAIN, None)
    work.letters.again("a")
    work.letters.arrived("b")
    assert work.letters.state_of("b") is State.SENT
    assert next_id(work) == "a"
    work.letters.again("b")
    work.letters.arrived("a")
    assert work.letters.state_of("b") is State.SENT
    assert next_id(work) == "a"
