"""getUpdates: offsets, limits, kinds, conflicts, and what is forgotten."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import play
from bot.sandbox.errors import CONFLICT, ApiError
from bot.sandbox.updates import get_updates, malformed
from tests.sandbox.town import Town


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


def filled(count: int) -> tuple[Town, list[int]]:
    town = Town()
    return town, [town.world.inject(town.bot, {"poll": {}}) for _ in range(count)]


@given(
    count=st.integers(0, 250),
    asked=st.lists(st.tuples(st.integers(-300, 300), st.integers(1, 120)), max_size=6),
)
async def test_an_offset_confirms_what_lies_before_it_and_nothing_else(
    count: int, asked: list[tuple[int, int]]
) -> None:
    town, left = filled(count)
    first = left[0] if left else 0
    for offset, limit in asked:
        absolute = offset if offset <= 0 else first + offset
        if offset < 0:
            left = left[offset:]
        elif offset > 0:
            left = [id for id in left if id >= absolute]
        found = ids(await town.poll(offset=absolute, limit=limit))
        assert found == left[: min(limit, 100)]


async def test_what_is_not_confirmed_comes_again() -> None:
    town, queued = filled(3)
    assert ids(await town.poll()) == queued
    assert ids(await town.poll()) == queued
    assert ids(await town.poll(offset=queued[1])) == queued[1:]
    assert ids(await town.poll(offset=queued[2] + 1)) == []


async def test_updates_are_forgotten_after_a_day() -> None:
    town, _ = filled(2)
    town.world.advance(3600)
    later = town.world.inject(town.bot, {"poll": {}})
    town.world.advance(23.5 * 3600)
    assert ids(await town.poll()) == [later]


async def test_reactions_and_members_come_only_if_they_were_asked_for() -> None:
    town = Town()
    group = town.group()
    said = town.says(town.li, "hi", group)
    town.updates()
    town.bot.allowed = None
    play.react(town.world, town.li, group, said.id, ["👍"])
    play.leave(town.world, group, town.chen.id)
    assert town.kinds() == ["message"]
    await town.poll(allowed_updates='["chat_member", "message_reaction"]')
    await town.poll(timeout=0)
    play.react(town.world, town.li, group, said.id, ["🔥"])
    play.leave(town.world, group, town.li.id)
    assert town.kinds() == ["message_reaction", "chat_member"]


async def test_a_second_poller_ends_the_first() -> None:
    town = Town()
    first = asyncio.create_task(get_updates(town.world, town.bot, {"timeout": 50}))
    await asyncio.sleep(0)
    second = asyncio.create_task(get_updates(town.world, town.bot, {"timeout": 50}))
    with pytest.raises(ApiError) as ended:
        await first
    assert (ended.value.code, ended.value.description) == (409, CONFLICT)
    town.world.inject(town.bot, {"poll": {}})
    assert len(await second) == 1


async def test_a_webhook_excludes_polling() -> None:
    town = Town()
    town.call("setWebhook", url="https://example.org/hook")
    with pytest.raises(ApiError) as ended:
        await town.poll()
    assert ended.value.code == 409
    assert town.call("getWebhookInfo")["url"] == "https://example.org/hook"
    town.call("deleteWebhook")
    assert await town.poll() == []


async def test_a_revoked_token_ends_polling() -> None:
    town = Town()
    polling = asyncio.create_task(get_updates(town.world, town.bot, {"timeout": 50}))
    await asyncio.sleep(0)
    town.bot.revoked = True
    town.world.wake()
    with pytest.raises(ApiError) as ended:
        await polling
    assert ended.value.code == 401


async def test_a_long_poll_ends_when_the_worlds_time_has_passed() -> None:
    town = Town()
    polling = asyncio.create_task(get_updates(town.world, town.bot, {"timeout": 50}))
    await asyncio.sleep(0)
    town.world.advance(49)
    await asyncio.sleep(0)
    assert not polling.done()
    town.world.advance(1)
    assert await asyncio.wait_for(polling, 1) == []


async def test_updates_can_come_twice_and_unreadable() -> None:
    town, queued = filled(3)
    await town.poll(offset=queued[2])
    town.bot.again = 2
    assert ids(await town.poll()) == [queued[0], queued[1], queued[2]]
    assert ids(await town.poll()) == [queued[2]]
    bad = malformed(town.world, town.bot)
    assert ids(await town.poll(offset=queued[2] + 1)) == [bad]


async def test_five_thousand_waiting_updates_are_fetched_in_order() -> None:
    town, queued = filled(5000)
    found: list[int] = []
    while batch := ids(await town.poll(offset=found[-1] + 1 if found else 0)):
        found += batch
    assert found == queued
