"""Notices in several groups, under floods, overnight; and help for people in need."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from bot.sandbox.faults import Fault
from tests.handlers.test_setup import OWNER, opens
from tests.played import BOARD, Played


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Played]:
    played = await Played(tmp_path, owner=OWNER).start()
    yield played
    played.database.close()


@pytest.fixture
def chen(played: Played) -> User:
    return played.person("陈雪", id=OWNER)


@pytest.fixture
def neighbours(played: Played) -> list[User]:
    return [played.person(f"邻居{n}") for n in range(8)]


@pytest.fixture
async def group(played: Played, chen: User, neighbours: list[User]) -> Chat:
    group = played.group("春晖里1群", chen, *neighbours)
    await opens(played, chen, group)
    return group


def posts(played: Played, chat: Chat, words: str) -> list[int]:
    said = [(m.id, m.body.get("text", "")) for m in chat.messages.values() if m.bot]
    return [id for id, text in said if words in text and not text.startswith(BOARD)]


async def test_two_groups_get_it_with_one_tap_and_one_can_be_left_out(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    second = played.group("春晖里2群", chen, neighbours[0])
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    await played.taps(chen, "并入")
    await played.says(chen, "/announce 两个群")
    await played.taps(chen, "现在发")
    await played.says(chen, "/announce 一个群")
    await played.taps(chen, "选群")
    await played.taps(chen, "春晖里2群")
    await played.taps(chen, "上一步")
    await played.taps(chen, "现在发")
    await played.later(seconds=5)
    assert [len(posts(played, g, "两个群")) for g in (group, second)] == [1, 1]
    assert [len(posts(played, g, "一个群")) for g in (group, second)] == [1, 0]


async def test_a_flood_wait_in_one_group_delays_only_that_one(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    second = played.group("春晖里2群", chen, neighbours[0])
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    await played.taps(chen, "并入")
    await played.later(seconds=90)
    played.api.faults.add(Fault("flood", "sendMessage", str(group.id), seconds=60))
    await played.says(chen, "/announce 两个群")
    await played.taps(chen, "现在发")
    assert [len(posts(played, g, "两个群")) for g in (group, second)] == [0, 1]
    await played.later(seconds=62)
    assert [len(posts(played, g, "两个群")) for g in (group, second)] == [1, 1]


async def test_somebody_in_need_is_answered_through_the_bot_without_a_name(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    wang = neighbours[0]
    await played.says(chen, "/urgent 停水")
    await played.taps(chen, "现在发")
    await played.taps(wang, "家里有困难", group)
    assert any("打开私聊" in str(m["buttons"]) for m in played.sees(wang, group))
    await played.starts(wang, "held")
    await played.taps(wang, "送水")
    assert played.shows(chen, "送水")
    assert not played.shows(chen, wang.first_name)
    await played.taps(chen, "回复 TA")
    await played.says(chen, "半小时后送到")
    assert played.shows(wang, "半小时后送到")
    await played.taps(chen, "已处理")
    assert played.shows(wang, "已处理")


async def test_the_author_gets_the_numbers_of_the_evening_once(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 停水")
    await played.taps(chen, "现在发")
    await played.later(hours=30)
    assert sum("点了知道了" in text for text in played.reads(chen)) == 1


async def test_a_draft_nobody_published_is_gone_after_a_day(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 只是草稿")
    await played.later(hours=25)
    with played.database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM matters").scalar_one()
    assert found == 0
    assert "没有这条" in await played.taps(chen, "现在发")


async def test_a_photo_instead_of_words_is_refused_politely(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce")
    await played.says(chen, "", body=play.upload(played.telegram, "photo", b"x"))
    assert "只收文字" in played.reads(chen)[-1]


async def test_a_notice_that_may_have_arrived_is_taken_back_and_its_author_looks(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 说不准的话")
    played.api.faults.add(Fault("lost", "sendMessage", str(group.id)))
    await played.taps(chen, "现在发")
    await played.says(chen, "/help")
    await played.taps(chen, "撤回")
    assert played.shows(chen, "请您自己删掉")
    played.database.checkpoint()
    assert "说不准的话".encode() not in played.path.read_bytes()
