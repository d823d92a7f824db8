"""The loop over HTTP: what a community lives through, with restarts; half in traditional script.

In every journey one neighbour has opted out and one has never pressed Start.
"""

from pathlib import Path

import pytest

from bot.sandbox import play
from tests.journeys.street import Street
from tests.loop.test_import import export, said

DOOR = "物业在吗？2号楼门禁又刷不开了，有人知道找谁吗？"
ANSWER = "读卡器坏了，配件周三到，周三 18 点前修好。"
POISON = "【转发】紧急！自来水厂投毒，千万别喝，赶紧转给家人！"

TRADITIONAL = pytest.mark.parametrize("script", ["zh-hant"])


@TRADITIONAL
async def test_a_poll_is_closed_by_telegram_while_the_bot_is_away_and_told_once(
    street: Street,
) -> None:
    await street.says(street.chen, "/poll 周六包粽子几点开始？|9:00|14:00|都行", street.group)
    await street.presses(street.chen, "1 天", "发起投票")
    poll = next(m for m in street.group.messages.values() if m.poll is not None)
    assert poll.poll is not None
    assert (poll.poll.anonymous, poll.poll.hidden, poll.protected) == (True, True, True)
    await street.votes(street.lin, 0)
    await street.played.restart()
    for user in (street.wang, street.ming):
        await street.votes(user, 0)
    street.played.telegram.advance(25 * 3600)
    assert poll.poll.closed
    await street.played.restart()
    await street.played.later(minutes=3)
    assert street.says_in_group("回应 3/10 人（30%）\n9:00：3（100%）\n14:00：0（0%）") == 1
    await street.played.restart()
    await street.played.later(hours=5)
    assert street.says_in_group("快速投票结果：周六包粽子几点开始？") == 1


async def test_a_consultation_answers_its_worry_before_it_has_an_outcome(street: Street) -> None:
    await street.types(street.chen, "/consult 加装电梯", "设计图在居委会", "约 62 万，补贴 20 万")
    await street.types(street.chen, "3–6 层受益；1–2 层采光、噪音")
    await street.presses(street.chen, "7 天", "开始协商")
    await street.played.restart()
    for user in street.neighbours[:3]:
        await street.taps(user, "同意", street.group)
    assert street.t("改好了：弃权") in await _changes_their_mind(street)
    await street.taps(street.ming, "反对（", street.group)
    await street.types(street.ming, "怕挡一楼采光，冬天没太阳")
    assert street.says_in_group("同意 3") == 0
    await street.played.restart()
    await street.played.later(days=7, minutes=1)
    assert street.shows(street.chen, "同意 3\n不反对 0\n反对 1\n弃权 1") == 1
    with pytest.raises(LookupError):
        await street.taps(street.chen, "写结果")
    await street.taps(street.chen, "先答复最多人的担心")
    await street.types(street.chen, "一层担心采光变差", "冬至日一层少 22 分钟；井道外移 1.5 米。")
    await street.taps(street.ming, "是这个意思")
    await street.played.restart()
    await _decides(street)
    assert street.says_in_group("大家最担心：一层担心采光变差\n答复：冬至日一层少 22 分钟") == 1
    assert street.t("物业承诺：公开采光复测结果") in street.board
    await street.played.restart()
    await street.played.later(days=92)
    assert street.shows(street.chen, "说好今天回头看「加装电梯」") == 1


async def _changes_their_mind(street: Street) -> str:
    await street.taps(street.wang, "同意", street.group)
    return await street.taps(street.wang, "弃权", street.group)


async def _decides(street: Street) -> None:
    await street.taps(street.chen, "写结果")
    await street.types(street.chen, "进入书面表决。")
    await street.presses(street.chen, "3 个月后", "公布结果", "加一条承诺", "物业")
    await street.types(street.chen, "公开采光复测结果", "2周")
    await street.played.later(minutes=3)


@TRADITIONAL
async def test_a_question_goes_from_the_group_to_the_office_and_back(street: Street) -> None:
    asked = await street.says(street.lin, DOOR, street.group)
    assert street.mark(asked.id) == "✍"
    await street.played.restart()
    await street.taps(street.li, "我来处理")
    assert street.mark(asked.id) == "👀"
    await street.edits(street.lin, asked.id, "物业在吗？是3号楼门禁坏了，谁来修？")
    assert street.shows(street.li, "3号楼门禁坏了，谁来修？」〔已修改〕") == 1
    await street.played.later(hours=25)
    assert street.shows(street.li, "超过期限") == street.shows(street.chen, "超过期限") == 1
    await street.says(street.li, f"/answer 1 {ANSWER}")
    assert street.mark(asked.id) == "👌"
    await street.played.restart()
    await street.taps(street.lin, "还没解决")
    assert street.shows(street.li, "提问的人说还没解决：#1") == 1
    await street.says(street.li, f"/answer 1 {ANSWER}")
    await street.taps(street.lin, "解决了")
    await street.played.later(minutes=2)
    assert street.t("居民确认解决 1 件") in street.board
    assert street.says_in_group("超过期限") == 0


async def test_whoever_never_pressed_start_is_answered_where_they_asked(street: Street) -> None:
    asked = await street.says(street.wang, DOOR, street.group)
    await street.played.restart()
    replied = {"reply_to": asked.id, "anonymous": True}
    await street.says(street.chen, "明天上午来修，请走东门", street.group, **replied)
    assert street.mark(asked.id) == "👌"
    await street.played.restart()
    await street.says(street.wang, "谢谢，修好了", street.group)
    await street.played.later(minutes=2)
    assert street.t("居民确认解决 1 件") in street.board
    assert street.says_in_group("打开私聊") == 0


async def test_whoever_opted_out_is_not_read_but_heard_when_they_ask(street: Street) -> None:
    silent = await street.says(street.ming, DOOR, street.group)
    await street.played.restart()
    await street.says(street.ming, POISON, street.group)
    await street.played.later(minutes=31)
    assert street.mark(silent.id) == ""
    assert street.shows(street.li, "新问题") == street.shows(street.chen, "待核实") == 0
    asked = await street.says(street.ming, f"提问：{DOOR}", street.group)
    assert street.shows(street.li, "新问题 #1") == 1
    await street.played.restart()
    await street.says(street.ming, "撤回", street.group, reply_to=asked.id)
    assert street.shows(street.li, "#1 已由提问的人撤回") == 1


@TRADITIONAL
async def test_a_rumour_is_judged_by_a_human_in_one_message(street: Street) -> None:
    told = await street.says(street.wang, POISON, street.group)
    assert street.shows(street.chen, "待核实 #1 · 高风险") == 1
    await street.played.restart()
    assert street.says_in_group("正在核实") == 0
    await street.taps(street.chen, "发“正在核实”")
    assert street.mark(told.id) == "🤔"
    await street.played.restart()
    await street.presses(street.chen, "写结论", "部分属实")
    await street.types(street.chen, "市水务公司 19:30 电话", "没有投毒；4 号楼今晚清洗水箱。")
    await street.taps(street.chen, "发布")
    assert street.says_in_group("正在核实") == 0
    assert street.says_in_group("核实结果：部分属实\n没有投毒") == 1
    await street.played.restart()
    await street.says(street.ming, "求证：自来水厂投毒，千万别喝")
    assert street.shows(street.ming, "市水务公司 19:30 电话") == 1


@TRADITIONAL
async def test_fridays_digests_come_once_each_and_late_after_a_silence(street: Street) -> None:
    await street.says(street.wang, DOOR, street.group)
    await street.says(street.li, f"/answer 1 {ANSWER}")
    await street.says(street.wang, "谢谢小李", street.group)
    await street.played.restart()
    await street.played.later(days=4, hours=9)
    assert street.says_in_group("居民确认解决 1 件") == 1
    assert street.shows(street.chen, "不参加分析 1 人") == 1
    await street.says(street.lin, "/digest")
    assert street.shows(street.lin, "居民确认解决 1 件") == 1
    await street.says(street.lin, f"提问：{DOOR}", street.group)
    street.played.telegram.advance(9 * 24 * 3600)
    await street.played.restart()
    await street.played.later(minutes=3)
    late = [t for t in street.played.reads(street.lin, street.group) if t.startswith("🗞")]
    assert [street.t("〔补发〕") in text for text in late] == [False, True]
    assert all(len(text) <= 900 for text in late)


async def test_lists_lead_to_what_waits_and_are_answered_in_private(street: Street) -> None:
    for user in (street.lin, street.wang):
        await street.says(user, f"提问：{DOOR}", street.group)
    await street.says(street.wang, "/my", street.group)
    assert street.says_in_group("打开私聊") == 1
    await street.played.restart()
    await street.says(street.li, "/inbox")
    assert street.shows(street.li, "现在有 2 件") == 1
    await street.says(street.li, "/assign 1 居委会 不归我们")
    await street.says(street.chen, f"/answer 1 {ANSWER}")
    await street.played.restart()
    await street.says(street.lin, "/my")
    assert street.shows(street.lin, "有人知道找谁吗？：已答复") == 1
    await street.played.starts(street.wang, "held")
    assert street.shows(street.wang, "：等待处理") == 1
    await street.played.later(minutes=2)
    await street.says(street.ming, "/board")
    assert street.t("等回复 1 条") in street.board
    assert street.t("等回复 1 条") in street.played.sees(street.ming)[-1]["text"]


@TRADITIONAL
async def test_a_past_is_shown_once_and_a_tap_makes_a_matter(
    street: Street, tmp_path: Path
) -> None:
    past = [
        said(2, street.t("请问2号楼门禁坏了找谁修？"), street.lin.id, 1),
        said(3, street.t("请问北门的路灯什么时候修？"), street.ming.id, 2),
        said(4, [street.t("请问 "), {"type": "bold", "text": street.t("居住证在哪办？")}], 9, 3),
        said(5, street.t("天气不错"), 8, 60 * 24 * 3),
    ]
    body = play.upload(
        street.played.telegram,
        "document",
        export(tmp_path, past).read_bytes(),
        "result.json",
    )
    play.write(street.played.telegram, street.chen, street.played.private(street.chen), body=body)
    await street.played.settle()
    assert street.shows(street.chen, "可能没人回的问题 2 个（最久 2 天）") == 1
    assert street.shows(street.chen, "路灯") == 0
    await street.played.restart()
    assert street.t("记成事项了，#1") in await street.taps(street.chen, "记 1")
    await street.played.restart()
    await street.says(street.chen, "/inbox")
    await street.taps(street.chen, "门禁")
    assert street.shows(street.chen, "新问题 #1") == 1
