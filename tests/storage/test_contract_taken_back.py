"""Letters that are taken back, dropped or swept: the contract that SQL and dicts fulfil."""

from collections.abc import Callable

import pytest

from bot.domain.basics import ChatId
from bot.domain.letter import (
    Kind,
    Outcome,
    State,
)
from handlers.store import FullWork
from tests.storage.conftest import Memory
from tests.storage.made import CHAT, DAY, HOUR, LIN, NOW, SECOND, letter

PRIVATE = ChatId(LIN)


def next_id(work: FullWork, chat: ChatId = CHAT) -> str | None:
    """Which letter this chat gets next."""
    found = work.letters.next_for(chat)
    return None if found is None else found.id


def test_only_what_has_not_left_can_be_withdrawn_and_only_once(work: FullWork) -> None:
    for id in ("a", "b"):
        work.letters.put(letter(id))
    work.letters.sending("b")
    assert work.letters.withdraw("a")
    assert not work.letters.withdraw("a")
    assert not work.letters.withdraw("b")
    assert work.letters.state_of("a") is State.FAILED
    assert next_id(work) is None


def test_newer_words_take_the_place_of_the_same_ones_that_still_wait(work: FullWork) -> None:
    work.letters.put(letter("same", key="start.menu"))
    work.letters.put(letter("about", key="start.menu", about="probe:1"))
    work.letters.put(letter("edit", key="start.menu", kind=Kind.EDIT))
    work.letters.put(letter("longer", key="start.menu_more"))
    work.letters.put(letter("elsewhere", SECOND, key="start.menu"))
    work.letters.put(letter("gone", key="start.menu"))
    work.letters.sending("gone")
    work.letters.supersede(CHAT, "start.menu")
    states = {id: work.letters.state_of(id) for id in ("same", "about", "edit", "longer")}
    assert states.pop("same") is State.FAILED
    assert set(states.values()) == {State.PENDING}
    assert work.letters.state_of("elsewhere") is State.PENDING
    assert work.letters.state_of("gone") is State.SENDING


@pytest.mark.parametrize("key", ["Start.Menu", "start%", "start_menu", "start.men"])
def test_other_words_do_not_make_room(work: FullWork, key: str) -> None:
    work.letters.put(letter("l1", key="start.menu"))
    work.letters.supersede(CHAT, key)
    assert work.letters.state_of("l1") is State.PENDING


def test_nothing_that_waits_for_a_left_chat_is_sent(work: FullWork) -> None:
    for id in ("wait", "going", "held", "unsure", "sent"):
        work.letters.put(letter(id))
    work.letters.put(letter("elsewhere", SECOND))
    work.letters.sending("going")
    work.letters.hold("held")
    work.letters.settle("unsure", Outcome.UNCERTAIN, None)
    work.letters.settle("sent", Outcome.SENT, 1)
    work.letters.drop_for(CHAT)
    assert work.letters.count(State.FAILED) == 4
    assert work.letters.state_of("sent") is State.SENT
    assert work.letters.lanes() == ({SECOND}, False, None)


LATE: dict[str, Callable[[FullWork], object]] = {
    "it could not be sent": lambda work: work.letters.back("l1"),
    "its person blocked us": lambda work: work.letters.hold("l1"),
    "its turn came": lambda work: work.letters.sending("l1"),
}


@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize("gone", ["withdrawn", "dropped", "sent"])
def test_what_is_empty_never_waits_again_whatever_the_post_hears_too_late(
    work: FullWork, gone: str, late: str
) -> None:
    work.letters.put(letter("l1", PRIVATE))
    if gone == "withdrawn":
        assert work.letters.withdraw("l1")
    elif gone == "dropped":
        work.letters.drop_for(PRIVATE)
    else:
        work.letters.settle("l1", Outcome.SENT, 5)
    state = work.letters.state_of("l1")
    LATE[late](work)
    assert work.letters.state_of("l1") is state
    work.letters.release(LIN)
    assert work.letters.next_for(PRIVATE) is None
    assert work.letters.lanes() == (set(), False, None)
    assert work.letters.interrupted() == []


def test_an_empty_letter_of_which_nobody_knows_is_not_sent_again(work: FullWork) -> None:
    work.letters.put(letter("l1"))
    work.letters.drop_for(CHAT)
    work.letters.settle("l1", Outcome.UNCERTAIN, None)
    work.letters.again("l1")
    assert work.letters.next_for(CHAT) is None
    assert work.letters.lanes() == (set(), False, None)


def test_every_row_of_a_chat_can_be_erased(work: FullWork) -> None:
    work.letters.put(letter("a", PRIVATE))
    work.letters.put(letter("b", PRIVATE))
    work.letters.put(letter("c", CHAT))
    work.letters.settle("b", Outcome.SENT, 3)
    work.letters.erase(PRIVATE)
    assert [work.letters.state_of(id) for id in ("a", "b")] == [None, None]
    assert work.letters.about_message(PRIVATE, 3) == ""
    assert next_id(work) == "c"


def test_held_words_go_after_a_day_uncertain_ones_after_seven_rows_after_ninety(
    memory: Memory,
) -> None:
    with memory.work() as work:
        for id in ("held", "unsure", "sent", "wait"):
            work.letters.put(letter(id))
        work.letters.hold("held")
        work.letters.settle("unsure", Outcome.UNCERTAIN, None)
        work.letters.settle("sent", Outcome.SENT, 1)
    wanted = {
        DAY: [State.HELD, State.UNCERTAIN, State.SENT, State.PENDING],
        DAY + HOUR: [State.FAILED, State.UNCERTAIN, State.SENT, State.PENDING],
        7 * DAY: [State.FAILED, State.UNCERTAIN, State.SENT, State.PENDING],
        7 * DAY + HOUR: [State.FAILED, State.FAILED, State.SENT, State.PENDING],
        90 * DAY: [State.FAILED, State.FAILED, State.SENT, State.PENDING],
        90 * DAY + HOUR: [None, None, None, State.PENDING],
    }
    for age, states in wanted.items():
        memory.clock.time = NOW + age
        with memory.work() as work:
            work.letters.purge()
            found = [work.letters.state_of(id) for id in ("held", "unsure", "sent", "wait")]
            assert found == states, age
