"""Rights at the joints: two communities, codes, groups that moved, authors who left."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.community import GroupState, Invitation
from bot.domain.people import Grant, Role
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from bot.sandbox.faults import Fault
from tests.handlers.test_announce import posts
from tests.handlers.test_setup import OWNER, opens, rows
from tests.played import Played


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
async def group(played: Played, chen: User, lin: User) -> Chat:
    group = played.group("春晖里1群", chen, lin)
    await opens(played, chen, group)
    return group


def home(played: Played, chat: Chat) -> CommunityId:
    """The community of a group."""
    with played.database.work() as work:
        group = work.communities.group(ChatId(chat.id))
    assert group is not None
    assert group.community is not None
    return group.community


def state(played: Played, chat: Chat) -> GroupState | None:
    with played.database.work() as work:
        group = work.communities.group(ChatId(chat.id))
    return None if group is None else group.state


def holds(played: Played, user: User, role: Role, community: CommunityId) -> bool:
    with played.database.work() as work:
        grants = work.people.grants(MemberId(user.id))
    return any(g.role is role and g.community == community for g in grants)


def gives(played: Played, user: User, role: Role, community: CommunityId, admin: bool) -> None:
    with played.database.work() as work:
        work.people.grant(Grant(community, MemberId(user.id), role, admin, work.now))


def denied(played: Played, act: str) -> bool:
    with played.database.work() as work:
        rows = work.audit.entries(CommunityId(""), played.telegram.now().replace(year=2000))
    return any(row.act == act and not row.allowed for row in rows)


async def code_of(played: Played, user: User) -> str:
    """The newest code in somebody's private chat."""
    return played.reads(user)[-1].split("role_")[-1].split()[0]


async def second_community(played: Played, boss: User, *members: User) -> Chat:
    """A community of somebody else's, opened with a code."""
    chat = played.group("秋水苑", boss, *members)
    await played.adds_bot(boss, chat)
    await played.starts(boss)
    with played.database.work() as work:
        expires = work.now.replace(year=2030)
        work.invitations.put(Invitation("letmein", None, Role.OWNER, expires))
    await played.says(boss, "/setup letmein", chat)
    with suppress(LookupError):
        await played.taps(boss, "新小区")
    for words in ("下一步", "下一步", "下一步", "以后再说", "贴出并开始"):
        await played.taps(boss, words)
    return chat


async def test_a_code_for_a_role_opens_no_community(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/roles")
    await played.taps(chen, "角色")
    await played.taps(chen, "监督员")
    code = await code_of(played, chen)
    other = played.group("别的小区", lin)
    await played.adds_bot(lin, other)
    await played.starts(lin)
    await played.says(lin, f"/setup {code}", other)
    assert state(played, other) is GroupState.GUEST
    assert not any("下一步" in str(m["buttons"]) for m in played.sees(lin))
    await played.starts(lin, f"role_{code}")
    assert holds(played, lin, Role.MONITOR, home(played, group))


async def test_a_manager_here_and_owner_there_takes_no_roles_away_here(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    wang = played.person("王")
    here = home(played, group)
    play.join(played.telegram, group, wang.id, chen.id)
    gives(played, lin, Role.MANAGER, here, admin=False)
    gives(played, wang, Role.MONITOR, here, admin=False)
    there = home(played, await second_community(played, lin))
    gives(played, wang, Role.GRID, there, admin=False)
    await played.says(lin, "/roles")
    while any("收回" in str(m["buttons"]) for m in played.sees(lin)[-1:]):
        await played.taps(lin, "收回第")
        await played.taps(lin, "收回")
    assert holds(played, wang, Role.MONITOR, here)
    assert holds(played, chen, Role.OWNER, here)
    assert not holds(played, wang, Role.GRID, there)


async def test_whoever_lost_the_right_here_takes_no_further_group_in(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    second = played.group("春晖里2群", chen, lin)
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    play.demote(played.telegram, group, chen.id, lin.id)
    await played.later(seconds=11)
    assert "权限" in await played.taps(chen, "并入")
    assert state(played, second) is GroupState.GUEST


async def test_a_scheduled_notice_of_somebody_who_is_no_admin_any_more_stays_in(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/announce 不该出现")
    await played.taps(chen, "定时")
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    play.demote(played.telegram, group, chen.id, lin.id)
    await played.later(days=1)
    assert posts(played, group, "不该出现") == []
    assert played.shows(chen, "定时通知没有发")


async def test_a_notice_that_was_held_back_is_gone_after_a_day(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/announce 被拦下的")
    await played.taps(chen, "定时")
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    play.demote(played.telegram, group, chen.id, lin.id)
    await played.later(days=3)
    assert rows(played, "matters") == 0


async def test_where_the_notice_of_privacy_cannot_appear_nothing_begins(
    played: Played, chen: User, lin: User
) -> None:
    group = played.group("春晖里1群", chen, lin)
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    for words in ("下一步", "下一步", "下一步", "以后再说"):
        await played.taps(chen, words)
    member = group.members[played.bot.id]
    group.members[played.bot.id] = replace(
        member, status="restricted", rights={"is_member": True, "can_send_messages": False}
    )
    await played.taps(chen, "贴出并开始")
    assert played.shows(lin, "我是邻声", group) == 0
    assert state(played, group) is GroupState.GUEST
    assert played.shows(chen, "没有开始")
    await played.later(seconds=30)
    group.members[played.bot.id] = member
    await played.says(chen, "/setup", group)
    await played.taps(chen, "并入")
    await played.later(seconds=30)
    assert played.shows(lin, "我是邻声", group) == 1
    assert state(played, group) is GroupState.ACTIVE


async def test_every_denial_leaves_a_row(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    await played.says(lin, "/settings")
    await played.says(lin, "/doctor")
    assert denied(played, "configure")
    assert denied(played, "doctor")


async def test_a_scheduled_notice_skips_the_group_the_bot_was_removed_from_and_says_so(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    second = played.group("春晖里2群", chen, lin)
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    await played.taps(chen, "并入")
    await played.says(chen, "/announce 明天大扫除")
    await played.taps(chen, "定时")
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    play.leave(played.telegram, second, played.bot.id, chen.id)
    await played.later(days=1)
    assert len(posts(played, group, "明天大扫除")) == 1
    assert played.shows(chen, "没能发到「春晖里2群」")


async def test_a_scheduled_notice_waits_while_telegram_does_not_say_who_the_author_is(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 明天大扫除")
    await played.taps(chen, "定时")
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    await played.later(hours=22, minutes=59)
    played.api.faults.add(Fault("server_error", "getChatMember", count=2))
    await played.later(minutes=1, seconds=20)
    assert posts(played, group, "明天大扫除") == []
    await played.later(minutes=2)
    assert len(posts(played, group, "明天大扫除")) == 1


async def test_a_notice_that_is_set_for_the_night_comes_in_the_morning(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/announce 夜里的事")
    await played.taps(chen, "定时")
    await played.says(chen, "今晚 23:30")
    await played.taps(chen, "定时发")
    assert "07:30" in played.reads(chen)[-1]
    await played.later(hours=20)
    assert posts(played, group, "夜里的事") == []
    await played.later(hours=2)
    assert len(posts(played, group, "夜里的事")) == 1


async def test_nobody_knows_whether_the_notice_of_privacy_arrived_so_the_owner_looks(
    played: Played, chen: User, lin: User
) -> None:
    group = played.group("春晖里1群", chen, lin)
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    for words in ("下一步", "下一步", "下一步", "以后再说"):
        await played.taps(chen, words)
    played.api.faults.add(Fault("lost", "sendMessage", str(group.id)))
    await played.taps(chen, "贴出并开始")
    await played.later(seconds=30)
    assert played.shows(lin, "我是邻声", group) == 1
    play.delete(played.telegram, group, posts(played, group, "我是邻声")[0])
    await played.taps(chen, "没有，补发")
    await played.later(seconds=10)
    assert played.shows(lin, "我是邻声", group) == 1


async def test_whoever_was_let_in_by_a_code_can_ask_again_without_it(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    other = played.group("秋水苑", lin)
    await played.adds_bot(lin, other)
    await played.starts(lin)
    with played.database.work() as work:
        expires = work.now.replace(year=2030)
        work.invitations.put(Invitation("letmein", None, Role.OWNER, expires))
    await played.says(lin, "/setup letmein", other)
    await played.later(seconds=30)
    await played.says(lin, "/setup", other)
    assert played.shows(lin, "邀请码", other) == 0
    assert sum("下一步" in str(m["buttons"]) for m in played.sees(lin)) == 2
