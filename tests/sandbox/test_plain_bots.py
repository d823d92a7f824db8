"""Small bots written for Telegram run against the sandbox as they are."""

from typing import Any

import pytest

from tests.canary import CANARY
from tests.sandbox import plain_aiogram, plain_ptb
from tests.sandbox.conformance import check_log
from tests.sandbox.phone import Phone

BOT = int(CANARY.partition(":")[0])
LIBRARIES = pytest.mark.parametrize("library", [plain_aiogram, plain_ptb], ids=["aiogram", "ptb"])
Library = Any


async def conforms(phone: Phone) -> None:
    """All the bot asked and all it was answered is what the Bot API describes."""
    assert check_log(await phone.see("calls")) > 0


@LIBRARIES
async def test_an_echo_is_heard_in_private_and_in_a_group(phone: Phone, library: Library) -> None:
    li = await phone.user("李")
    async with library.running(library.echo(), CANARY, phone.address) as bot:
        await bot.get_me()
        await phone.do("start", user=li, bot=BOT)
        await phone.until(li, "echo: /start", bot=BOT)
        await phone.do("send", user=li, bot=BOT, text="你好 👋")
        await phone.until(li, "echo: 你好 👋", bot=BOT)
        group = await phone.group(li, BOT)
        await phone.do(f"chats/{group}/promote", user=BOT)
        await phone.do("send", user=li, chat=group, text="大家好")
        await phone.until(li, "echo: 大家好", chat=group)
    await conforms(phone)


@LIBRARIES
async def test_a_tap_shows_an_alert_and_changes_the_message(
    phone: Phone, library: Library
) -> None:
    li = await phone.user("李")
    async with library.running(library.keyboard(), CANARY, phone.address) as bot:
        await bot.get_me()
        await phone.do("start", user=li, bot=BOT, payload="x")
        asked = await phone.until(li, "Coming?", bot=BOT)
        assert [[b["text"] for b in row] for row in asked["buttons"]] == [["yes", "no"]]
        tapped = await phone.do(
            "tap", user=li, bot=BOT, message=asked["id"], text="yes", wait_seconds=10
        )
        assert tapped["answer"] == {"text": "You said yes", "alert": True, "url": None}
        changed = await phone.until(li, "Answer: yes", bot=BOT)
        assert (changed["id"], changed["edited"], changed["buttons"]) == (asked["id"], True, [])
    await conforms(phone)


@LIBRARIES
async def test_a_vote_reaches_the_bot_that_sent_the_poll(phone: Phone, library: Library) -> None:
    li, wang = await phone.user("李"), await phone.user("王")
    async with library.running(library.poll(), CANARY, phone.address) as bot:
        await bot.get_me()
        await phone.do("start", user=li, bot=BOT)
        group = await phone.group(wang, li, BOT)
        await phone.do("send", user=li, chat=group, text="/poll")
        while not (polls := [m for m in await phone.messages(li, chat=group) if "poll" in m]):
            await phone.see("view", user=li, chat=group, since=10**9, wait=0.1)
        await phone.do("vote", user=li, chat=group, message=polls[0]["id"], options=[1])
        await phone.until(li, "李 chose [1]", bot=BOT)
        [mine] = [m["poll"] for m in await phone.messages(li, chat=group) if "poll" in m]
        [hers] = [m["poll"] for m in await phone.messages(wang, chat=group) if "poll" in m]
    assert [option["votes"] for option in mine["options"]] == [0, 1]
    assert [option["votes"] for option in hers["options"]] == [None, None]
    await conforms(phone)


@LIBRARIES
async def test_an_edit_is_seen_and_a_second_one_alike_is_declined(
    phone: Phone, library: Library
) -> None:
    li = await phone.user("李")
    async with library.running(library.edit(), CANARY, phone.address) as bot:
        await bot.get_me()
        await phone.do("start", user=li, bot=BOT)
        await phone.do("send", user=li, bot=BOT, text="/edit")
        seen = await phone.until(li, "two", bot=BOT)
        assert seen["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
        [first, *_] = await phone.see("calls", method="editMessageText", wait=10)
        [second] = await phone.see(
            "calls", method="editMessageText", after=first["n"] + 1, wait=10
        )
    assert first["outcome"] == "ok"
    assert "message is not modified" in second["outcome"]


async def test_two_bots_live_in_one_world_and_see_only_what_is_theirs(phone: Phone) -> None:
    other = "4242:" + "z" * 35
    li = await phone.user("李")
    first = plain_ptb.running(plain_ptb.echo(), CANARY, phone.address)
    second = plain_aiogram.running(plain_aiogram.keyboard(), other, phone.address)
    async with first as one, second as two:
        await one.get_me()
        await two.get_me()
        await phone.do("start", user=li, bot=BOT)
        await phone.until(li, "echo: /start", bot=BOT)
        await phone.do("start", user=li, bot=4242)
        await phone.until(li, "Coming?", bot=4242)
    assert not [m for m in await phone.messages(li, bot=BOT) if "Coming" in m["text"]]
