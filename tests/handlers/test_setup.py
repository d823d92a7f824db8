"""Opening a community: from the bot's silent arrival to the one notice in the group."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.community import GroupState
from bot.domain.people import Role
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.played import Played

OWNER = 5001


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Played]:
    played = await Played(tmp_path, owner=OWNER).start()
    yield played
    played.database.close()


@pytest.fixture
def chen(played: Played) -> User:
    return played.person("陈雪", id=OWNER)


@pytest.fixture
def lin(played: Played) -> User:
    return played.person("林悦")


@pytest.fixture
def group(played: Played, chen: User, lin: User) -> Chat:
    return played.group("春晖里1群", chen, lin)


async def opens(played: Played, chen: User, group: Chat) -> None:
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    await played.taps(chen, "下一步")
    await played.taps(chen, "下一步")
    await played.says(chen, "1-4")
    await played.taps(chen, "以后再说")
    await played.taps(chen, "贴出并开始")


def rows(played: Played, table: str) -> int:
    with played.database.engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(found.scalar_one())


async def test_the_bot_arrives_in_silence_and_keeps_nothing(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.adds_bot(chen, group)
    await played.says(lin, "今天晚上几点停水？", group)
    assert played.reads(lin, group) == []
    assert {rows(played, t) for t in ("people", "memberships", "matters", "letters")} == {0}
    with played.database.work() as work:
        known = work.communities.group(group.id)  # type: ignore[arg-type]  # a plain chat id
    assert known is not None
    assert (known.community, known.title) == (None, "")


async def test_three_steps_open_a_community_and_post_one_notice(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    notices = [text for text in played.reads(lin, group) if "我是邻声" in text]
    assert len(notices) == 1
    await played.later(seconds=10)
    assert len(played.board(lin, group)) == len(group.pinned) == 1
    with played.database.work() as work:
        found = work.communities.group(group.id)  # type: ignore[arg-type]  # a plain chat id
        assert found is not None
        assert found.community is not None
        community = work.communities.get(found.community)
        grants = work.people.grants_in(found.community)
    assert found.state is GroupState.ACTIVE
    assert community is not None
    assert (community.name, community.buildings) == ("春晖里1群", ("1", "2", "3", "4"))
    assert [(g.member, g.role, g.by_admin) for g in grants] == [(OWNER, Role.OWNER, True)]


async def test_tapping_publish_twice_posts_once(played: Played, chen: User, group: Chat) -> None:
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    for words in ("下一步", "下一步", "下一步", "以后再说"):
        await played.taps(chen, words)
    place = played.private(chen)
    message, data = played.button(place, "贴出并开始")
    for _ in range(3):
        play.tap(played.telegram, chen, place, message, data)
    await played.settle()
    assert played.shows(chen, "我是邻声", group) == 1


async def test_a_restart_in_the_middle_loses_nothing(
    played: Played, chen: User, group: Chat
) -> None:
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    await played.taps(chen, "下一步")
    await played.restart()
    await played.says(chen, "春晖里小区")
    assert "有哪些楼" in played.reads(chen)[-1]


async def test_a_resident_cannot_open_a_community(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.adds_bot(chen, group)
    await played.says(lin, "/setup", group)
    assert any("只有群管理员" in text for text in played.reads(lin, group))
    await played.later(seconds=61)
    assert played.reads(lin, group) == []


async def test_an_admin_without_an_invitation_is_told_once_and_the_bot_leaves_after_a_day(
    played: Played, chen: User, lin: User
) -> None:
    other = played.group("别的群", lin)
    await played.adds_bot(lin, other)
    await played.says(lin, "/setup", other)
    assert any("邀请码" in text for text in played.reads(lin, other))
    await played.later(hours=25)
    assert not other.has(played.bot.id)
    assert rows(played, "groups") == 0


async def test_an_invitation_code_opens_a_community_once(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/settings")
    await played.taps(chen, "开通邀请码")
    code = played.reads(chen)[-1].split("\n")[1]
    other = played.group("别的群", lin)
    await played.adds_bot(lin, other)
    await played.starts(lin)
    await played.says(lin, f"/setup {code}", other)
    assert "能看到群消息" in played.reads(lin)[-1]
    assert all(code not in text for text in played.texts(other))
    zhao = played.person("赵宁")
    third = played.group("第三群", zhao)
    await played.adds_bot(zhao, third)
    await played.says(zhao, f"/setup {code}", third)
    assert any("邀请码" in text for text in played.reads(zhao, third))


async def test_whoever_never_pressed_start_is_asked_to_and_goes_on(
    played: Played, chen: User, group: Chat
) -> None:
    await played.adds_bot(chen, group)
    await played.says(chen, "/setup", group)
    assert any("打开私聊" in str(m["buttons"]) for m in played.sees(chen, group))
    assert played.private(chen).messages == {}
    await played.starts(chen, "held")
    assert any("能看到群消息" in text for text in played.reads(chen))


async def test_a_second_group_joins_the_same_community(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    second = played.group("春晖里2群", chen, lin)
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    await played.taps(chen, "并入")
    assert sum("我是邻声" in text for text in played.reads(lin, second)) == 1
    assert rows(played, "communities") == 1


async def test_in_a_forum_the_topics_are_chosen(played: Played, chen: User) -> None:
    forum = played.group("话题群", chen, kind="forum")
    forum.topics[7] = "通知"
    await played.adds_bot(chen, forum)
    await played.starts(chen)
    await played.says(chen, "/setup", forum, topic=7)
    for _ in range(3):
        await played.taps(chen, "下一步")
    await played.taps(chen, "看板：综合")
    await played.taps(chen, "下一步")
    await played.taps(chen, "以后再说")
    await played.taps(chen, "贴出并开始")
    notice = next(m for m in played.sees(chen, forum) if "我是邻声" in m["text"])
    assert notice["topic"] == 7
    with played.database.work() as work:
        known = work.communities.group(forum.id)  # type: ignore[arg-type]  # a plain chat id
    assert known is not None
    assert (known.notice_topic, known.board_topic) == (7, None)


async def test_a_role_is_reachable_only_after_its_holder_pressed_start(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/roles")
    await played.taps(chen, "增加一个角色")
    await played.taps(chen, "物业")
    code = played.reads(chen)[-1].rsplit("start=", 1)[1]
    await played.starts(lin, code)
    assert "物业" in played.reads(lin)[-1]
    assert any("已就位" in text for text in played.reads(chen))
    await played.starts(lin, code)
    assert "过期" in played.reads(lin)[-1]


async def test_the_owner_takes_a_role_back_after_being_asked(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await test_a_role_is_reachable_only_after_its_holder_pressed_start(played, chen, lin, group)
    await played.says(chen, "/roles")
    await played.taps(chen, "收回第 2 个")
    await played.taps(chen, "收回")
    with played.database.work() as work:
        assert work.people.grants(lin.id) == ()  # type: ignore[arg-type]  # a plain member id


async def test_settings_are_changed_by_typing_and_nonsense_is_refused(
    played: Played, chen: User, group: Chat
) -> None:
    await opens(played, chen, group)
    await played.says(chen, "/settings")
    await played.taps(chen, "安静时间")
    await played.says(chen, "半夜")
    assert "没有看懂" in played.reads(chen)[-1]
    await played.says(chen, "２３：００－６：３０")
    assert "23:00–06:30" in played.reads(chen)[-1]


async def test_a_group_that_becomes_a_supergroup_is_followed(
    played: Played, chen: User, lin: User
) -> None:
    small = played.group("小群", chen, lin, kind="group")
    await opens(played, chen, small)
    large = play.migrate(played.telegram, small, chen.id)
    await played.settle()
    with played.database.work() as work:
        found = work.communities.group(large.id)  # type: ignore[arg-type]  # a plain chat id
        old = work.communities.group(small.id)  # type: ignore[arg-type]  # a plain chat id
    assert found is not None
    assert found == old
    assert found.state is GroupState.ACTIVE


async def test_being_removed_empties_what_waits_and_tells_the_manager_once(
    played: Played, chen: User, group: Chat
) -> None:
    await opens(played, chen, group)
    play.leave(played.telegram, group, played.bot.id, chen.id)
    await played.settle()
    assert sum("移出了" in text for text in played.reads(chen)) == 1
    play.join(played.telegram, group, played.bot.id, chen.id)
    await played.settle()
    assert any("又回到" in text for text in played.reads(chen))
    play.leave(played.telegram, group, played.bot.id, chen.id)
    await played.later(days=31)
    assert rows(played, "communities") == 0
    assert rows(played, "grants") == 0


async def test_a_lost_right_is_told_once_until_it_came_back(
    played: Played, chen: User, group: Chat
) -> None:
    await opens(played, chen, group)
    for _ in range(2):
        play.demote(played.telegram, group, played.bot.id, chen.id)
        await played.settle()
        play.promote(played.telegram, group, played.bot.id, chen.id, {"can_manage_chat": True})
        await played.settle()
    assert sum("不再是管理员" in text for text in played.reads(chen)) == 2
    assert sum("不能置顶消息" in text for text in played.reads(chen)) == 1


async def test_an_anonymous_admin_is_asked_to_come_as_a_person(
    played: Played, chen: User, group: Chat
) -> None:
    await played.adds_bot(chen, group)
    await played.says(chen, "/setup", group, anonymous=True)
    assert any("本人" in text for text in played.reads(chen, group))
