"""No question dies silently: from the group to the office, to the answer, to the asker's word."""

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.loop.conftest import mark_of
from tests.played import Played

DOOR = "物业在吗？2号楼门禁又刷不开了，有人知道找谁吗？"
BIKE = "请问哪里可以给自行车打气？"
ANSWER = "读卡器坏了，配件周三到，周三 18 点前修好。"


@pytest.mark.http
async def test_a_question_to_the_property_is_answered_with_restarts_in_between(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    asked = await played.says(lin, DOOR, group)
    assert mark_of(played, group, asked.id) == "✍"
    assert played.reads(lin, group)[-1].startswith("大家好")
    assert played.shows(li, "新问题")
    await played.restart()
    await played.taps(li, "我来处理")
    assert mark_of(played, group, asked.id) == "👀"
    await played.taps(li, "写答复")
    await played.restart()
    await played.says(li, ANSWER)
    reply = [m for m in played.sees(lin, group) if ANSWER in m["text"]]
    assert len(reply) == 1
    assert reply[0]["reply_to"] == asked.id
    assert mark_of(played, group, asked.id) == "👌"
    assert played.shows(lin, "解决了吗")
    await played.restart()
    await played.taps(lin, "解决了")
    assert played.shows(lin, "记为已解决")
    await played.later(minutes=2)
    assert "居民确认解决 1" in played.board(lin, group)[0]


async def test_other_questions_wait_half_an_hour_for_a_neighbour(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    asked = await played.says(lin, BIKE, group)
    assert mark_of(played, group, asked.id) == "✍"
    assert played.shows(chen, "打气") == 0
    await played.later(minutes=31)
    assert played.shows(chen, "打气") == 1


async def test_a_likely_answer_that_nobody_marked_spares_the_office_a_card(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    asked = await played.says(lin, BIKE, group)
    await played.says(neighbours[0], "南门保安亭那里可以打气，有打气筒", group)
    await played.later(minutes=31)
    assert played.shows(chen, "打气") == 0
    assert mark_of(played, group, asked.id) == "✍"
    await played.says(chen, "/inbox")
    assert "现在有 1 件" in played.reads(chen)[-1]


async def test_a_neighbours_reply_is_an_answer_and_same_here_is_none(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    asked = await played.says(lin, BIKE, group)
    await played.says(neighbours[0], "我也想知道", group, reply_to=asked.id)
    assert mark_of(played, group, asked.id) == "✍"
    await played.says(neighbours[1], "保安亭有打气筒，随便用", group, reply_to=asked.id)
    assert mark_of(played, group, asked.id) == "👌"
    assert played.shows(lin, "邻居在群里回答了")
    await played.later(minutes=31)
    assert played.shows(chen, "新问题") == 0


async def test_received_is_no_answer(played: Played, li: User, lin: User, group: Chat) -> None:
    asked = await played.says(lin, DOOR, group)
    await played.says(li, "收到，已反馈", group, reply_to=asked.id)
    assert mark_of(played, group, asked.id) == "✍"
    await played.says(li, "/answer 1 收到")
    assert played.shows(li, "还不算答复")


async def test_the_answer_of_an_anonymous_admin_counts_as_the_offices(
    played: Played, lin: User, chen: User, group: Chat
) -> None:
    asked = await played.says(lin, DOOR, group)
    await played.says(chen, "明天上午来修，请走东门", group, reply_to=asked.id, anonymous=True)
    assert mark_of(played, group, asked.id) == "👌"
    assert played.shows(lin, "居委会在群里回答了")


async def test_whoever_never_pressed_start_says_thanks_in_the_group(
    played: Played, li: User, wang: User, group: Chat
) -> None:
    asked = await played.says(wang, DOOR, group)
    await played.says(li, f"/answer 1 {ANSWER}")
    assert played.shows(wang, ANSWER, group) == 1
    assert played.shows(wang, "打开私聊", group) == 0
    await played.says(wang, "谢谢小李", group)
    await played.says(li, "/inbox")
    assert played.shows(li, "没有等您处理的事")
    assert mark_of(played, group, asked.id) == "👌"
    await played.later(minutes=2)
    assert "居民确认解决 1" in played.board(wang, group)[0]


async def test_a_like_on_the_answer_says_that_it_is_solved(
    played: Played, li: User, wang: User, group: Chat
) -> None:
    await played.says(wang, DOOR, group)
    await played.says(li, f"/answer 1 {ANSWER}")
    reply = next(m for m in played.sees(wang, group) if ANSWER in m["text"])
    play.react(played.telegram, wang, group, reply["id"], ["👍"])
    await played.settle()
    await played.later(minutes=2)
    assert "居民确认解决 1" in played.board(wang, group)[0]


async def test_three_days_of_silence_leave_it_answered_never_solved(
    played: Played, li: User, wang: User, group: Chat
) -> None:
    await played.says(wang, DOOR, group)
    await played.says(li, f"/answer 1 {ANSWER}")
    await played.later(hours=73)
    assert "居民确认解决 0 件，另有 1 件已答复" in played.board(wang, group)[0]


async def test_not_solved_opens_it_again_with_its_first_clock(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await played.says(lin, DOOR, group)
    await played.says(li, f"/answer 1 {ANSWER}")
    await played.restart()
    await played.taps(lin, "还没解决")
    assert played.shows(chen, "还没解决：#1")
    assert played.shows(li, "还没解决：#1")
    await played.later(hours=25)
    assert played.shows(li, "超过期限") == 1


async def test_overdue_is_told_privately_and_once(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    before = len(played.reads(lin, group))
    await played.says(lin, DOOR, group)
    await played.restart()
    await played.later(hours=23)
    assert played.shows(li, "超过期限") == 0
    await played.later(hours=50)
    assert [played.shows(one, "超过期限") for one in (li, chen)] == [1, 1]
    assert len(played.reads(lin, group)) == before


async def test_an_edited_question_is_read_again(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    asked = await played.says(lin, DOOR, group)
    play.edit(played.telegram, lin, group, asked.id, "物业在吗？是3号楼门禁坏了，什么时候修？")
    await played.settle()
    cards = [text for text in played.reads(li) if "3号楼门禁" in text]
    assert len(cards) == 1
    assert "〔已修改〕" in cards[0]
    assert played.shows(li, "新问题") == 1


async def test_the_asker_withdraws_and_the_words_are_gone(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    asked = await played.says(lin, DOOR, group)
    await played.says(lin, "撤回", group, reply_to=asked.id)
    assert mark_of(played, group, asked.id) == ""
    assert played.shows(li, "已由提问的人撤回") == 1
    assert played.shows(li, "门禁") == 0


async def test_it_is_passed_on_and_the_other_office_gets_the_card(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await played.says(lin, DOOR, group)
    await played.says(li, "/assign 1 居委会 不归我们")
    assert played.shows(li, "已转给居委会")
    assert played.shows(chen, "新问题 #1")
    assert "编号" in (await _answered(played, li))


async def _answered(played: Played, li: User) -> str:
    await played.says(li, f"/answer 1 {ANSWER}")
    return str(played.sees(li)[-1]["text"])


async def test_not_a_question_is_the_staffs_word_and_stays_on_record(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    asked = await played.says(lin, DOOR, group)
    await played.taps(li, "不是问题")
    assert mark_of(played, group, asked.id) == ""
    await played.says(lin, f"提问：{DOOR}", group)
    assert played.shows(li, "新问题 #2")
    with pytest.raises(LookupError):
        played.button(played.private(li), "不是问题", played.sees(li)[-1]["id"])


async def test_a_hazard_reaches_those_on_duty_at_once(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "3号楼道里有很重的煤气味", group)
    assert played.shows(chen, "可能有危险")


async def test_nobody_who_opted_out_is_read_but_asking_outright_works(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "/optout", group)
    asked = await played.says(lin, DOOR, group)
    assert mark_of(played, group, asked.id) == ""
    assert played.shows(li, "新问题") == 0
    with played.database.work() as work:
        assert all(heard.message != asked.id for heard in work.talk.last(group.id, 50))  # type: ignore[arg-type]  # a plain chat id
    await played.says(lin, f"提问：{DOOR}", group)
    assert played.shows(li, "新问题") == 1
    assert played.shows(lin, "记下了，#1")


async def test_someone_who_writes_traditional_chinese_is_understood_and_answered_in_it(
    played: Played, li: User, group: Chat
) -> None:
    ho = played.person("何師奶", language_code="zh-hant")
    play.join(played.telegram, group, ho.id)
    await played.starts(ho)
    asked = await played.says(ho, "請問物業，電梯什麼時候修好？", group)
    assert mark_of(played, group, asked.id) == "✍"
    await played.restart()
    await played.says(li, f"/answer 1 {ANSWER}")
    assert played.shows(ho, "您的問題 #1 有答覆了") or played.shows(ho, "您的問題 #1 有答復了")


async def test_a_question_asked_in_private_is_answered_in_private(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "/ask")
    await played.says(lin, "我的医保卡在哪里办？电话 13800001111")
    assert played.shows(lin, "记下了，#1")
    assert played.shows(chen, "【电话】")
    before = len(played.reads(lin, group))
    await played.says(chen, "/answer 1 一楼服务台，工作日 9 点到 17 点，电话 021-55550000")
    assert played.shows(lin, "021-55550000")
    assert len(played.reads(lin, group)) == before
    await played.says(lin, "/my")
    assert played.shows(lin, "已答复")


async def test_only_those_whose_business_it_is_can_answer(
    played: Played, lin: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(lin, DOOR, group)
    await played.starts(neighbours[0])
    await played.says(neighbours[0], "/answer 1 我来答")
    assert played.shows(neighbours[0], "相应的管理角色")
    await played.says(neighbours[0], "/inbox")
    assert played.shows(neighbours[0], "相应的管理角色") == 2


@pytest.mark.parametrize("words", ["", " ", "x" * 1001])
async def test_an_empty_or_endless_question_gets_one_clear_line(
    played: Played, lin: User, group: Chat, words: str
) -> None:
    await played.says(lin, f"/ask {words}")
    assert played.shows(lin, "想问什么" if not words.strip() else "改短")


async def test_no_words_stay_outside_matters(
    played: Played, li: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(neighbours[0], "今天的晚霞真好看呀", group)
    await played.says(lin, DOOR, group)
    await played.says(neighbours[1], "自家阳台的茉莉开花了", group)
    asked = next(m for m in group.messages.values() if m.body.get("text") == DOOR)
    await played.says(neighbours[2], "钥匙在门房老张手里", group, reply_to=asked.id)
    played.database.checkpoint()
    raw = played.path.read_bytes()
    for words in ("晚霞", "茉莉", "老张"):
        assert words.encode() not in raw
    assert "门禁".encode() in raw


async def test_who_answers_in_two_communities_is_not_guessed_at(
    played: Played, chen: User, lin: User, wang: User, group: Chat
) -> None:
    other = played.group("夏荷里1群", chen, wang)
    await played.adds_bot(chen, other)
    await played.says(chen, "/setup", other)
    for words in ("新小区", "下一步", "下一步"):
        await played.taps(chen, words)
    await played.says(chen, "1-4")
    for words in ("以后再说", "贴出并开始"):
        await played.taps(chen, words)
    await played.says(lin, DOOR, group)
    await played.says(wang, "居委会在吗？老年卡在哪里办？", other)
    await played.says(chen, f"/answer 1 {ANSWER}")
    assert played.shows(chen, "不止一个 #1")
    assert not played.shows(lin, ANSWER, group)
    assert not played.shows(wang, ANSWER, other)
    await played.taps(chen, "写答复")
    await played.says(chen, "带身份证到一楼 102，当场就办")
    assert played.shows(wang, "一楼 102", other)
    await played.says(chen, f"/answer 1 {ANSWER}")
    assert played.shows(lin, ANSWER, group)
