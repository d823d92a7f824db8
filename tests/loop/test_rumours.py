"""No rumour stands, and none is judged without a human and a source."""

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.loop.conftest import mark_of
from tests.played import Played

POISON = "【转发】紧急！自来水厂投毒，千万别喝，赶紧转给家人！"
RETOLD = "转发：自来水厂投毒，千万别喝！！转给家人"


def in_group(played: Played, user: User, group: Chat, words: str) -> list[int]:
    return [m["id"] for m in played.sees(user, group) if words in m["text"] and m["from"]["bot"]]


async def judged(played: Played, chen: User, verdict: str = "部分属实") -> None:
    await played.taps(chen, "写结论")
    await played.taps(chen, verdict)
    await played.says(chen, "市水务公司 19:30 电话")
    await played.says(chen, "没有投毒，水质合格；4 号楼有异味是真的，今晚清洗水箱。")
    await played.taps(chen, "发布")


@pytest.mark.http
async def test_a_rumour_is_checked_and_judged_in_one_message_across_restarts(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    told = await played.says(lin, POISON, group)
    assert played.shows(chen, "待核实 #1 · 高风险")
    assert in_group(played, lin, group, "正在核实") == []
    await played.restart()
    await played.taps(chen, "发“正在核实”")
    first = in_group(played, lin, group, "正在核实")
    assert len(first) == 1
    assert mark_of(played, group, told.id) == "🤔"
    assert next(m for m in played.sees(lin, group) if m["id"] == first[0])["reply_to"] == told.id
    await played.restart()
    await judged(played, chen)
    assert in_group(played, lin, group, "核实结果：部分属实") == first
    assert in_group(played, lin, group, "来源：市水务公司") == first
    assert played.shows(lin, "您转来的说法核实完了：部分属实")


async def test_the_same_claim_in_other_words_is_counted_not_shown_again(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await played.says(neighbours[0], RETOLD, group)
    assert played.shows(chen, "待核实") == 1
    await played.says(chen, "/rumor 1")
    assert played.shows(chen, "已有 2 次提到")


async def test_without_a_first_word_those_in_charge_are_reminded_once(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await played.restart()
    await played.later(minutes=31)
    assert played.shows(chen, "还没有第一句话") == 1
    await played.later(hours=3)
    assert played.shows(chen, "还没有第一句话") == 1


async def test_no_claim_at_all_says_nothing_in_the_group(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    before = len(played.reads(lin, group))
    told = await played.says(lin, POISON, group)
    await played.taps(chen, "这不是说法")
    assert len(played.reads(lin, group)) == before
    assert mark_of(played, group, told.id) == ""


async def test_whoever_asks_again_is_told_what_was_found_and_when(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await judged(played, chen, "不属实")
    await played.starts(neighbours[0])
    await played.says(neighbours[0], "求证：自来水厂投毒，千万别喝，是真的吗")
    assert played.shows(neighbours[0], "不属实")
    assert played.shows(neighbours[0], "市水务公司")
    await played.says(chen, "/rumor 2")
    assert played.shows(chen, "没有这个编号")


async def test_somebody_asks_in_private_to_have_a_forward_checked(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "/check")
    await played.says(lin, "听说下个月停车费涨到 800 块一个月")
    assert played.shows(lin, "记下了（#1）")
    assert played.shows(chen, "停车费涨到 800")
    await judged(played, chen)
    assert len(in_group(played, lin, group, "核实结果")) == 1


async def test_a_verdict_needs_a_source_and_words(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await played.taps(chen, "写结论")
    await played.taps(chen, "无法核实")
    await played.says(chen, "长" * 201)
    assert played.shows(chen, "1 到 200 个字")
    with pytest.raises(LookupError):
        played.button(played.private(chen), "✅ 发布")


async def test_a_neighbour_cannot_judge_and_a_role_that_is_lost_judges_no_more(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await played.says(lin, "/rumor 1")
    assert played.shows(lin, "相应的管理角色")
    await played.taps(chen, "写结论")
    await played.taps(chen, "不属实")
    await played.says(chen, "物业")
    await played.says(chen, "没有这回事")
    play.demote(played.telegram, group, chen.id, lin.id)
    await played.later(seconds=20)
    assert "权限" in await played.taps(chen, "发布")
    assert in_group(played, lin, group, "核实结果") == []


async def test_a_deleted_verdict_is_put_up_once_more(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await played.taps(chen, "发“正在核实”")
    play.delete(played.telegram, group, in_group(played, lin, group, "正在核实")[0])
    await judged(played, chen)
    await played.later(seconds=60)
    assert len(in_group(played, lin, group, "核实结果")) == 1
