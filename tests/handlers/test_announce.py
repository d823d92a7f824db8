"""Notices: previewed, published once everywhere, taken back, acknowledged, never lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.basics import CommunityId, MemberId
from bot.domain.people import Membership
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


async def test_a_notice_is_previewed_published_once_and_pinned(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 明天 9 点停水，请储水")
    assert posts(played, group, "停水") == []
    assert "明天 9 点停水" in played.reads(chen)[-1]
    await played.taps(chen, "现在发")
    out = posts(played, group, "停水")
    assert len(out) == 1
    assert group.pinned[-1] == out[0]
    assert played.shows(chen, "已发出")


async def test_publishing_twice_is_once(played: Played, chen: User, group: Chat) -> None:
    await played.says(chen, "/announce 一次就好")
    place, words = played.private(chen), "现在发"
    message, data = played.button(place, words)
    for _ in range(3):
        play.tap(played.telegram, chen, place, message, data)
    await played.settle()
    assert len(posts(played, group, "一次就好")) == 1


@pytest.mark.parametrize(
    "text", ["<b>x</b>", '</a><a href="tg://user?id=1">', "&amp; *_`[x](y)~|"]
)
async def test_markup_appears_literally(
    played: Played, chen: User, group: Chat, text: str
) -> None:
    await played.says(chen, f"/announce {text}")
    await played.taps(chen, "现在发")
    assert len(posts(played, group, text)) == 1


async def test_4096_characters_are_taken_and_one_more_is_refused_with_the_limit(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce")
    await played.says(chen, "水" * 4096)
    await played.taps(chen, "现在发")
    assert len(posts(played, group, "水" * 4096)) == 1
    with played.database.work() as work, pytest.raises(Exception, match="too_long"):
        played.service.tools.desks.draft.begin(work, chen.id, "水" * 4097, False)  # type: ignore[arg-type]  # a plain id


async def test_a_resident_may_not_publish(
    played: Played, neighbours: list[User], group: Chat
) -> None:
    await played.starts(neighbours[0])
    await played.says(neighbours[0], "/announce 假通知")
    assert "只有管理人员" in played.reads(neighbours[0])[-1]
    assert posts(played, group, "假通知") == []


async def test_whoever_is_demoted_between_preview_and_publish_publishes_nothing(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(chen, "/announce 不该出现")
    play.demote(played.telegram, group, chen.id, neighbours[0].id)
    assert "权限" in await played.taps(chen, "现在发")
    assert posts(played, group, "不该出现") == []
    assert played.shows(chen, "不该出现")
    community = _community(played)
    with played.database.work() as work:
        rows = work.audit.entries(community, played.telegram.now().replace(year=2000))
    assert any(row.act == "publish" and not row.allowed for row in rows)


def _community(played: Played) -> CommunityId:
    with played.database.work() as work:
        return work.communities.all()[0].id


async def test_a_notice_is_taken_back_within_two_minutes_and_not_later(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 发错了")
    await played.taps(chen, "现在发")
    await played.later(seconds=90)
    await played.taps(chen, "撤回")
    await played.later(seconds=5)
    assert posts(played, group, "发错了") == []
    await played.says(chen, "/announce 第二条")
    await played.taps(chen, "现在发")
    await played.later(seconds=130)
    assert "两分钟" in await played.taps(chen, "撤回")
    assert len(posts(played, group, "第二条")) == 1


async def test_each_person_counts_once_by_building_and_few_are_hidden(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    community = _community(played)
    with played.database.work() as work:
        for n, user in enumerate(neighbours):
            building = "3" if n < 6 else "4"
            work.people.put_membership(Membership(community, MemberId(user.id), building))
    await played.says(chen, "/announce 停水")
    await played.taps(chen, "现在发")
    for user in neighbours:
        assert "已记" in await played.taps(user, "知道了", group)
    assert "之前" in await played.taps(neighbours[0], "知道了", group)
    await played.taps(chen, "看进度")
    report = next(text for text in played.reads(chen) if "8 人" in text)
    assert "太少" in report
    assert "6" not in report.split("\n", 1)[1]


async def test_somebody_who_left_does_not_count(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(chen, "/announce 停水")
    await played.taps(chen, "现在发")
    group.username = "chunhuili"
    play.leave(played.telegram, group, neighbours[0].id)
    await played.settle()
    assert "本群成员" in await played.taps(neighbours[0], "知道了", group)
    await played.taps(chen, "看进度")
    assert played.shows(chen, "0 人")


async def test_a_restart_in_the_middle_loses_no_acknowledgement(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(chen, "/announce 停水")
    await played.restart()
    await played.taps(chen, "现在发")
    await played.taps(neighbours[0], "知道了", group)
    await played.restart()
    await played.taps(neighbours[1], "知道了", group)
    await played.taps(chen, "看进度")
    assert played.shows(chen, "2 人")
    assert len(posts(played, group, "停水")) == 1


async def test_a_scheduled_notice_appears_once_even_after_downtime(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 周五大扫除")
    await played.taps(chen, "定时")
    await played.says(chen, "后天以后")
    assert "没有看懂" in played.reads(chen)[-1]
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    played.telegram.advance(3 * 86_400)
    await played.restart()
    await played.settle()
    await played.settle()
    assert len(posts(played, group, "周五大扫除")) == 1


async def test_a_lost_answer_is_put_before_the_author_and_nothing_is_sent_twice(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 网络断了")
    played.api.faults.add(Fault("lost", "sendMessage", str(group.id)))
    await played.taps(chen, "现在发")
    await played.later(minutes=10)
    assert len(posts(played, group, "网络断了")) == 1
    await played.taps(chen, "有，不用补")
    assert len(posts(played, group, "网络断了")) == 1


async def test_a_deleted_post_is_posted_once_more_and_its_count_is_kept(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(chen, "/announce 旧文字")
    await played.taps(chen, "现在发")
    await played.taps(neighbours[0], "知道了", group)
    play.delete(played.telegram, group, posts(played, group, "旧文字")[0])
    await played.taps(chen, "更正")
    await played.says(chen, "新文字")
    await played.later(seconds=10)
    assert len(posts(played, group, "新文字")) == 1
    await played.taps(neighbours[1], "知道了", group)
    await played.taps(chen, "看进度")
    assert played.shows(chen, "2 人")


async def test_without_the_right_to_pin_it_is_posted_and_told_once(
    played: Played, chen: User, group: Chat
) -> None:
    group.members[played.bot.id].rights["can_pin_messages"] = False
    for text in ("甲", "乙"):
        await played.says(chen, f"/announce {text}通知")
        await played.taps(chen, "现在发")
        await played.later(seconds=5)
        assert len(posts(played, group, f"{text}通知")) == 1
    assert sum("不能置顶" in text for text in played.reads(chen)) == 1


async def test_the_fourth_notice_of_a_day_asks_first(
    played: Played, chen: User, group: Chat
) -> None:
    for n in range(4):
        await played.says(chen, f"/announce 第{n}件事")
        await played.taps(chen, "现在发")
        await played.later(seconds=5)
    assert posts(played, group, "第3件事") == []
    await played.taps(chen, "仍然现在发")
    assert len(posts(played, group, "第3件事")) == 1


async def test_at_night_an_ordinary_notice_waits_and_an_urgent_one_is_silent(
    played: Played, chen: User, group: Chat
) -> None:
    await played.later(hours=13)
    await played.says(chen, "/announce 夜里的事")
    await played.taps(chen, "现在发")
    assert posts(played, group, "夜里的事") == []
    await played.says(chen, "/urgent 停电抢修")
    await played.taps(chen, "现在发")
    assert played.shows(chen, "不会响铃")
    assert len(posts(played, group, "停电抢修")) == 1
    await played.later(hours=9)
    assert len(posts(played, group, "夜里的事")) == 1
