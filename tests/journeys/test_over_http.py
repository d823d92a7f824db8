"""Journeys over the HTTP sandbox: what a community lives through, with restarts in between."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from bot.sandbox.faults import Fault
from bot.sandbox.serve import served
from tests.played import BOARD, Played
from tests.sandbox.conformance import check_request

OWNER = 5001


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Played]:
    """A bot that reaches its Telegram over a real socket; every call it makes is validated."""
    played = Played(tmp_path, owner=OWNER)
    async with served(played.api) as address:
        await played.start(address)
        yield played
        await played.service.close()
    played.database.close()
    for call in played.telegram.calls:
        check_request(call["method"], call["params"])


@pytest.fixture
def chen(played: Played) -> User:
    return played.person("陈雪", id=OWNER)


@pytest.fixture
def lin(played: Played) -> User:
    return played.person("林悦")


@pytest.fixture
def group(played: Played, chen: User, lin: User) -> Chat:
    return played.group("春晖里1群", chen, lin, kind="group")


async def opens(played: Played, chen: User, group: Chat) -> None:
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    await played.taps(chen, "下一步")
    await played.restart()
    await played.taps(chen, "下一步")
    await played.says(chen, "1-4")
    await played.taps(chen, "以后再说")
    await played.taps(chen, "贴出并开始")


def posts(played: Played, chat: Chat, words: str) -> int:
    said = [m.body.get("text", "") for m in chat.messages.values() if m.bot]
    return sum(words in text and not text.startswith(BOARD) for text in said)


async def test_a_community_is_opened_with_a_restart_in_the_middle(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    assert played.shows(lin, "我是邻声", group) == 1


async def test_a_notice_is_acknowledged_with_a_restart_in_the_middle(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/announce 明天停水")
    await played.restart()
    await played.taps(chen, "现在发")
    await played.restart()
    assert "已记" in await played.taps(lin, "知道了", group)
    await played.restart()
    assert "之前" in await played.taps(lin, "知道了", group)
    await played.taps(chen, "看进度")
    assert played.shows(chen, "1 人")
    assert posts(played, group, "明天停水") == 1


async def test_a_group_becomes_a_supergroup_between_draft_and_publish(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/announce 搬家之后")
    large = play.migrate(played.telegram, group, chen.id)
    await played.settle()
    await played.restart()
    await played.says(chen, "/announce 新群第一条")
    await played.taps(chen, "现在发")
    assert posts(played, large, "新群第一条") == 1


async def test_a_migration_seen_only_when_sending_is_followed(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/announce 路上搬家")
    large = play.migrate(played.telegram, group, chen.id)
    played.bot.queue.clear()
    await played.taps(chen, "现在发")
    await played.later(seconds=30)
    assert posts(played, large, "路上搬家") == 1


async def test_a_demotion_between_preview_and_publish_stops_it(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/announce 不该出现")
    play.demote(played.telegram, group, chen.id, lin.id)
    await played.restart()
    assert "权限" in await played.taps(chen, "现在发")
    assert posts(played, group, "不该出现") == 0


async def test_an_asker_who_never_pressed_start_gets_the_answer_after_all(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(lin, "/help", group)
    assert played.shows(lin, "打开私聊", group) == 1
    await played.restart()
    await played.starts(lin, "held")
    assert played.shows(lin, "我能帮您")
    await played.later(seconds=61)
    assert played.shows(lin, "打开私聊", group) == 0


async def test_a_flood_wait_in_one_of_two_groups_holds_only_that_one(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    second = played.group("春晖里2群", chen, lin)
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    await played.taps(chen, "并入")
    await played.later(seconds=90)
    played.api.faults.add(Fault("flood", "sendMessage", str(group.id), seconds=60))
    await played.says(chen, "/announce 两个群")
    await played.taps(chen, "现在发")
    assert [posts(played, g, "两个群") for g in (group, second)] == [0, 1]
    await played.restart()
    await played.later(seconds=62)
    assert [posts(played, g, "两个群") for g in (group, second)] == [1, 1]
