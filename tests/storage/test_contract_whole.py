"""A work is kept or undone as a whole, in SQL and in dicts; every method is in the contract."""

import inspect
import re
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.domain.audit import Entry
from bot.domain.basics import ChatId
from bot.domain.consult.values import Stance
from bot.domain.due import Due
from bot.domain.people import Person
from handlers.store import FullWork
from tests.storage.conftest import Memory
from tests.storage.made import (
    CHAT,
    DAY,
    HOME,
    LIN,
    NOW,
    SUPER,
    awaited,
    heard,
    label,
    letter,
    lot,
    matter,
    sample,
)


def fill(work: FullWork) -> None:
    """Something into every store."""
    work.arrivals.keep([(1, "{}")])
    work.letters.put(letter("l1"))
    work.dues.put(Due("probe", "m1", NOW))
    work.people.put_person(Person(LIN, "en"))
    work.matters.put(matter(), "code", NOW)
    work.consultations.take("m1", "code", Stance.AGREE, "R1", "now")
    work.talk.put(CHAT, heard(5))
    work.waits.put(awaited(5))
    work.labels.put(label(5))
    work.labels.keep(sample(5))
    work.draws.offer((lot(5, 0.5),), 3)
    work.audit.append(Entry(HOME, NOW, "code", "act", "object"))
    work.health.put("name", "value")
    work.communities.migrate(CHAT, SUPER)


def seen(work: FullWork) -> tuple[object, ...]:
    """What of all that is there."""
    return (
        work.arrivals.newest(),
        work.letters.chat_of("l1"),
        work.dues.next_at(),
        work.people.person(LIN).lang,
        work.matters.get("m1"),
        work.consultations.taken_by("code"),
        work.talk.get(SUPER, -5),
        work.waits.oldest(),
        work.labels.since(HOME, ""),
        work.labels.samples_by("a"),
        work.draws.of(HOME, lot(5, 0.5).week),
        work.audit.entries(HOME, NOW - DAY),
        work.health.get("name"),
        work.communities.group(SUPER),
    )


def test_what_a_work_did_is_there_in_the_next_one(memory: Memory) -> None:
    with memory.work() as work:
        fill(work)
        within = seen(work)
    with memory.work() as work:
        assert seen(work) == within
        assert work.matters.get("m1") is not None


def test_a_work_that_is_undone_leaves_nothing(memory: Memory) -> None:
    with memory.work() as work:
        before = seen(work)
    with memory.work() as work:
        fill(work)
        work.undo()
        assert work.matters.get("m1") is not None
    with memory.work() as work:
        assert seen(work) == before


def fail_halfway(memory: Memory) -> None:
    """Everything is filled when it happens."""
    with memory.work() as work:
        fill(work)
        raise ZeroDivisionError


def test_a_work_that_fails_halfway_leaves_nothing(memory: Memory) -> None:
    with memory.work() as work:
        before = seen(work)
    with pytest.raises(ZeroDivisionError):
        fail_halfway(memory)
    with memory.work() as work:
        assert seen(work) == before


def test_a_repeatable_work_is_kept_and_undone_like_any_other(memory: Memory) -> None:
    with memory.work(repeatable=True) as work:
        work.people.put_person(Person(LIN, "en"))
    with memory.work(repeatable=True) as work:
        work.people.put_person(Person(LIN, "zh-Hant"))
        work.undo()
    memory.store.checkpoint()
    with memory.work() as work:
        assert work.people.person(LIN).lang == "en"


def test_each_work_has_the_moment_at_which_it_was_opened(memory: Memory) -> None:
    with memory.work() as work:
        assert work.now == NOW
        memory.clock.advance(DAY)
        assert work.now == NOW
    with memory.work() as work:
        assert work.now == NOW + DAY


def test_only_one_work_is_open_at_a_time(memory: Memory) -> None:
    with memory.work(), pytest.raises(Exception, match=r"already"), memory.work():
        pass


def test_a_work_tells_the_post_whether_it_gave_it_something_to_do(work: FullWork) -> None:
    assert not work.letters.wrote
    work.letters.state_of("l1")
    assert not work.letters.wrote
    work.letters.put(letter("l1"))
    assert work.letters.wrote


@pytest.mark.parametrize("wake", ["again", "release"])
def test_a_letter_that_may_go_on_is_something_to_do(work: FullWork, wake: str) -> None:
    if wake == "again":
        work.letters.again("nothing")
    else:
        work.letters.release(LIN)
    assert work.letters.wrote


def test_every_method_of_every_store_stands_in_this_contract() -> None:
    here = sorted(Path(__file__).parent.glob("test_contract*.py"))
    text = "".join(path.read_text("utf-8") for path in here)
    stores = {
        name: get_type_hints(getter.fget)["return"]
        for name, getter in inspect.getmembers(FullWork, lambda one: isinstance(one, property))
    }
    assert len(stores) == 21
    missing = [
        f"{store}.{method}"
        for store, protocol in stores.items()
        for method, _ in inspect.getmembers(protocol, inspect.isfunction)
        if not method.startswith("_") and not re.search(rf"\b{store}\s*\.{method}\(", text)
    ]
    assert missing == []


def test_the_bots_own_chat_ids_fit(work: FullWork) -> None:
    far = ChatId(-(2**52))
    work.letters.put(letter("l1", far))
    assert work.letters.chat_of("l1") == far
