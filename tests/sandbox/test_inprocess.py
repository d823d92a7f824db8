"""The sandbox as PTB's transport, without a socket."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.error import ChatMigrated, NetworkError, RetryAfter, TimedOut

from bot.sandbox import play
from bot.sandbox.faults import Fault
from bot.sandbox.inprocess import SandboxRequest
from tests.canary import CANARY
from tests.sandbox.conformance import check_request
from tests.sandbox.town import PNG, Town


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    def request() -> SandboxRequest:
        return SandboxRequest(town.api, read_timeout=5)

    async with Bot(CANARY, request=request(), get_updates_request=request()) as bot:
        yield bot


async def test_ptb_sends_reads_and_uploads(town: Town, bot: Bot) -> None:
    group = town.group()
    said = town.says(town.li, "你好", group)
    [update] = await bot.get_updates(timeout=10)
    assert update.message is not None
    assert update.message.text == "你好"
    await bot.send_message(group.id, "x", reply_to_message_id=said.id)
    photo = await bot.send_photo(group.id, PNG, caption="x", filename="a.png")
    file = await photo.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PNG
    for call in town.world.calls:
        if call["method"] != "getMe":
            check_request(call["method"], call["params"])


async def test_a_long_poll_wakes_when_something_happens(town: Town, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    town.says(town.li, "x", town.group())
    assert await asyncio.wait_for(polling, 2)


async def test_a_transport_that_does_not_wait_answers_at_once(town: Town) -> None:
    request = SandboxRequest(town.api, waits=False)
    async with Bot(CANARY, request=request, get_updates_request=request) as bot:
        assert await asyncio.wait_for(bot.get_updates(timeout=50), 1) == ()


async def test_faults_come_as_ptbs_own_exceptions(town: Town, bot: Bot) -> None:
    group = town.group()
    add = town.api.faults.add
    add(Fault("lost", "sendMessage"))
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(group.id, "x")
    assert isinstance(lost.value.__cause__, httpx.ReadError)
    add(Fault("dropped", "sendMessage"))
    with pytest.raises(NetworkError) as dropped:
        await bot.send_message(group.id, "x")
    assert isinstance(dropped.value.__cause__, httpx.ConnectError)
    add(Fault("flood", "sendMessage", seconds=7))
    with pytest.raises(RetryAfter):
        await bot.send_message(group.id, "x")
    add(Fault("delayed", "sendMessage", seconds=60))
    with pytest.raises(TimedOut):
        await bot.send_message(group.id, "late")
    assert list(group.messages.values())[-1].body["text"] == "late"


async def test_a_migrated_group_is_told_as_such(town: Town, bot: Bot) -> None:
    group = town.group("group")
    new = play.migrate(town.world, group, town.wang.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.new_chat_id == new.id
