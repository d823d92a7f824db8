"""Consultations: one stance each, hidden until the close; the worry is answered first."""

import pytest

from bot.domain.matter import MatterKind
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.played import Played

TITLE = "3 号楼 2 单元加装电梯"


async def opened(played: Played, chen: User) -> None:
    await played.says(chen, f"/consult {TITLE}")
    await played.says(chen, "设计图：https://example.org/lift")
    await played.says(chen, "约 62 万，补贴 20 万")
    await played.says(chen, "3–6 层受益；1–2 层采光、噪音")
    await played.taps(chen, "7 天")
    await played.taps(chen, "开始协商")


async def stands(
    played: Played, group: Chat, users: list[User], words: str, reason: str = ""
) -> None:
    for user in users:
        await played.taps(user, words, group)
        if reason:
            await played.says(user, reason)


@pytest.mark.http
async def test_a_consultation_from_its_first_line_to_its_follow_up(
    played: Played, chen: User, lin: User, wang: User, neighbours: list[User], group: Chat
) -> None:
    await opened(played, chen)
    assert played.shows(lin, TITLE, group) == 1
    await played.restart()
    await stands(played, group, neighbours[:4], "同意")
    for user in (lin, neighbours[4], neighbours[5]):
        await played.starts(user)
    await stands(played, group, [lin], "反对（", "怕挡一楼采光，冬天没太阳")
    await stands(played, group, [neighbours[4]], "反对（", "一楼采光会被挡住")
    await stands(played, group, [neighbours[5]], "反对（", "以后维保费谁出")
    await played.taps(wang, "弃权", group)
    assert played.shows(lin, "同意 4", group) == 0
    await played.restart()
    await played.later(days=7, minutes=1)
    assert played.shows(lin, "已截止", group)
    card = next(t for t in played.reads(chen) if "担心：" in t)
    assert "同意 4" in card
    assert "反对 3" in card
    assert "2 人：" in card
    await played.says(chen, "/outcome 1")
    with pytest.raises(LookupError):
        played.button(played.private(chen), "写结果")
    await played.taps(chen, "先答复最多人的担心")
    await played.says(chen, "一层住户担心采光变差")
    await played.restart()
    await played.says(chen, "设计院测算：冬至日一层少 22 分钟；井道外移 1.5 米。")
    assert "是这个意思" in await _meant(played, lin)
    await played.taps(chen, "写结果")
    await played.says(chen, "进入书面表决，12-10 前由业委会发起。")
    await played.taps(chen, "3 个月后")
    await played.taps(chen, "公布结果")
    told = [t for t in played.reads(lin, group) if "结果 ●●●○" in t]
    assert len(told) == 1
    assert all(w in told[0] for w in ("同意 4", "反对 3", "弃权 1", "采光变差", "22 分钟"))
    await played.restart()
    await played.later(days=92)
    assert played.shows(chen, "说好今天回头看") == 1
    await played.taps(chen, "重议")
    assert played.shows(chen, "第 1 步")


async def _meant(played: Played, lin: User) -> str:
    words = played.reads(lin)[-1]
    await played.taps(lin, "是这个意思")
    return words


async def test_without_objections_the_outcome_can_be_written_at_once(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(chen, "/consult 活动室周末开放")
    await played.taps(chen, "没有材料")
    await played.taps(chen, "不花钱")
    await played.taps(chen, "3 天")
    await played.taps(chen, "开始协商")
    await stands(played, group, neighbours, "同意")
    await played.later(days=3, minutes=1)
    await played.taps(chen, "写结果")
    await played.says(chen, "从下周六起开放。")
    await played.taps(chen, "1 个月后")
    await played.taps(chen, "公布结果")
    assert played.shows(neighbours[0], "没有人写反对的理由", group)


async def test_a_wording_that_its_author_rejects_is_not_published(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opened(played, chen)
    await stands(played, group, [lin], "反对（", "怕挡一楼采光")
    await played.later(days=7, minutes=1)
    await played.taps(chen, "先答复最多人的担心")
    await played.says(chen, "有人嫌吵")
    await played.says(chen, "会装隔音。")
    await played.taps(lin, "不是")
    assert played.shows(chen, "不是他的意思")
    await played.taps(chen, "写结果")
    await played.says(chen, "再议。")
    await played.taps(chen, "1 个月后")
    await played.taps(chen, "公布结果")
    told = next(t for t in played.reads(lin, group) if "结果 ●●●○" in t)
    assert "嫌吵" not in told
    assert "会装隔音" in told


async def test_a_stance_can_be_changed_and_counts_once(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opened(played, chen)
    assert "已记：同意" in await played.taps(lin, "同意", group)
    assert "改好了：弃权" in await played.taps(lin, "弃权", group)
    with played.database.work() as work:
        matter = work.matters.of_kind(work.communities.all()[0].id, MatterKind.CONSULT)[0]
        assert sum(work.consultations.tally(matter.id).values()) == 1


async def test_officials_take_no_stance_and_strangers_none_either(
    played: Played, chen: User, li: User, group: Chat
) -> None:
    await opened(played, chen)
    assert "不参加表态" in await played.taps(li, "同意", group)
    stranger = played.person("外人")
    with pytest.raises(Exception, match="not a member"):
        await played.taps(stranger, "同意", group)


async def test_after_the_close_no_stance_counts(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opened(played, chen)
    message, data = played.button(group, "同意")
    await played.later(days=7, minutes=1)
    query = play.tap(played.telegram, lin, group, message, data)
    await played.settle()
    assert "已经截止" in played.telegram.queries[query]["answer"]["text"]


async def test_what_costs_cannot_open_without_costs_and_those_affected(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, f"/consult {TITLE}")
    await played.taps(chen, "没有材料")
    await played.says(chen, "约 62 万")
    assert played.shows(chen, "谁受益，谁受影响")
    with pytest.raises(LookupError):
        played.button(played.private(chen), "开始协商")


async def test_a_promise_stands_on_the_board_and_turns_overdue(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/task")
    await played.taps(chen, "物业")
    await played.says(chen, "修好北门路灯")
    await played.says(chen, "3天")
    await played.later(minutes=3)
    assert "物业承诺：修好北门路灯" in played.board(lin, group)[0]
    assert played.shows(li, "承诺 #1")
    await played.restart()
    await played.later(days=4)
    assert "逾期：物业承诺 修好北门路灯" in played.board(lin, group)[0]
    assert played.shows(li, "承诺逾期") == 1
    await played.taps(li, "已兑现")
    await played.later(minutes=3)
    assert "路灯" not in played.board(lin, group)[0]


@pytest.mark.parametrize("words", ["x" * 121])
async def test_a_title_that_is_too_long_gets_one_clear_line(
    played: Played, chen: User, group: Chat, words: str
) -> None:
    await played.says(chen, f"/consult {words}")
    assert played.shows(chen, "1 到 120 个字")


async def test_the_raw_bytes_hold_no_name_beside_a_stance(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opened(played, chen)
    await played.taps(lin, "同意", group)
    with played.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM stances").all()
    assert len(rows) == 1
    assert str(lin.id) not in repr(rows)
