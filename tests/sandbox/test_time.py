"""The world's clock, and the flood limits that follow it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.clock import WorldClock
from bot.sandbox.errors import ApiError
from tests.sandbox.town import START, Town


def test_a_clock_stands_still_is_moved_and_runs() -> None:
    ours = [100.0]
    clock = WorldClock(START, 0, lambda: ours[0])
    ours[0] += 50
    assert clock.now() == START
    clock.advance(5)
    assert clock.now() == START + timedelta(seconds=5)
    clock.run(60)
    ours[0] += 2
    assert clock.now() == START + timedelta(seconds=125)
    clock.run(0)
    ours[0] += 2
    assert clock.now() == START + timedelta(seconds=125)
    assert abs(WorldClock.running().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_what_is_due_on_the_way_is_done_in_order_at_its_moment(town: Town) -> None:
    done: list[tuple[str, timedelta]] = []

    def note(name: str) -> None:
        done.append((name, town.world.now() - START))

    for name, seconds in (("late", 30), ("early", 10), ("never", 99), ("same", 10)):
        town.world.at(START + timedelta(seconds=seconds), lambda name=name: note(name))  # type: ignore[misc]
    town.world.advance(60)
    assert done == [
        ("early", timedelta(seconds=10)),
        ("same", timedelta(seconds=10)),
        ("late", timedelta(seconds=30)),
    ]
    assert town.world.now() == START + timedelta(seconds=60)


def posts(town: Town, chat: int, count: int) -> int:
    """How many messages get through before a 429."""
    for number in range(count):
        try:
            town.api.call(town.bot, "sendMessage", {"chat_id": chat, "text": "x"})
        except ApiError as error:
            if error.code != 429:
                raise
            return number
    return count


def test_a_chat_takes_a_short_burst_and_then_one_a_second(town: Town) -> None:
    private = town.private(town.li)
    assert posts(town, private.id, 50) == 50
    town.api.pace.on = True
    assert posts(town, private.id, 50) == 10
    town.world.advance(10)
    assert posts(town, private.id, 50) == 10


def test_a_group_takes_twenty_a_minute_and_no_other_chat_suffers(town: Town) -> None:
    one, two = town.group(), town.group(title="二")
    town.api.pace.on = True
    through = 0
    for _ in range(3):
        through += posts(town, one.id, 10)
        town.world.advance(10)
    assert through == 20
    error = town.error("sendMessage", chat_id=one.id, text="x")
    wait = error.parameters["retry_after"]
    assert 0 < wait <= 60
    assert error.description == f"Too Many Requests: retry after {wait}"
    assert posts(town, two.id, 1) == 1
    assert town.call("getChat", chat_id=one.id)
    assert town.call("sendChatAction", chat_id=one.id, action="typing")
    town.world.advance(error.parameters["retry_after"])
    assert posts(town, one.id, 1) == 1


def test_thirty_a_second_is_all_a_bot_may_send(town: Town) -> None:
    town.api.pace.on = True
    people = [town.world.add_user(f"n{n}") for n in range(31)]
    for person in people:
        person.started.add(town.bot.id)
    assert sum(posts(town, person.id, 1) for person in people) == 30


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_time_never_goes_back_by_itself(town: Town, seconds: float) -> None:
    before = town.world.now()
    town.world.advance(seconds)
    assert town.world.now() - before == timedelta(seconds=seconds)
