"""What goes wrong around votes and claims: edits, outages, lost messages, a bot sent away."""

from datetime import timedelta

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from bot.sandbox.faults import Fault
from tests.loop.conftest import mark_of
from tests.loop.test_consult import TITLE, opened
from tests.loop.test_polls import opened as poll_opened
from tests.loop.test_polls import poll_in, results, votes
from tests.loop.test_questions import DOOR
from tests.loop.test_rumours import POISON
from tests.played import Played


async def edits(played: Played, user: User, group: Chat, message: int, text: str) -> None:
    play.edit(played.telegram, user, group, message, text)
    await played.settle()


async def test_an_edited_claim_shows_its_new_words_to_those_in_charge(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    told = await played.says(lin, POISON, group)
    await edits(played, lin, group, told.id, "【转发】紧急！北门停水三天，千万多存水，转给家人！")
    assert played.shows(chen, "投毒") == 0
    assert played.shows(chen, "北门停水三天，千万多存水，转给家人！」〔已修改〕") == 1
    await played.taps(chen, "发“正在核实”")
    assert mark_of(played, group, told.id) == "🤔"


async def test_whoever_opted_out_can_mend_and_withdraw_what_they_asked_outright(
    played: Played, li: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(lin, "/optout", group)
    asked = await played.says(lin, f"提问：{DOOR}", group)
    await edits(played, lin, group, asked.id, "提问：物业在吗？3号楼门禁坏了")
    assert played.shows(li, "「物业在吗？3号楼门禁坏了」〔已修改〕") == 1
    await played.says(neighbours[0], "撤回", group, reply_to=asked.id)
    assert played.shows(li, "门禁") == 1
    await played.says(lin, "撤回", group, reply_to=asked.id)
    assert played.shows(li, "门禁") == 0
    assert played.shows(li, "已由提问的人撤回") == 1


async def test_a_very_long_question_is_kept_with_a_mark_where_it_was_shortened(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    await played.says(lin, DOOR + "门口一直有人按铃" * 200, group)
    card = next(text for text in played.reads(li) if "新问题" in text)
    assert "…」" in card


@pytest.mark.no_cover
@pytest.mark.timeout(120)
@pytest.mark.parametrize("away", [True, pytest.param(False, marks=pytest.mark.slow)])
async def test_a_claim_nobody_touched_for_half_a_year_is_closed_and_its_words_go(
    played: Played, chen: User, lin: User, group: Chat, away: bool
) -> None:
    await played.says(lin, POISON, group)
    with played.database.work() as work:
        played.service.tools.desks.privacy.begin(work)
    if away:
        played.telegram.advance(timedelta(days=180).total_seconds())
    await played.later(days=1 if away else 181)
    assert played.shows(lin, "半年没有动静") == 1
    await played.restart()
    await played.later(days=32)
    played.database.checkpoint()
    raw = played.path.read_bytes()
    assert "投毒".encode() not in raw
    assert "千万别喝".encode() not in raw


async def test_a_time_that_was_up_while_the_bot_was_away_goes_on_and_is_announced(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await opened(played, chen)
    await played.taps(lin, "同意", group)
    await played.later(days=6, hours=20)
    message, data = played.button(group, "同意")
    played.telegram.advance(timedelta(hours=6).total_seconds())
    query = play.tap(played.telegram, neighbours[0], group, message, data)
    await played.restart()
    await played.settle()
    assert "已记：同意" in played.telegram.queries[query]["answer"]["text"]
    assert played.shows(lin, "正好不在线", group) == 1
    assert played.shows(lin, "截止：11月30日(周一) 20:", group) == 0
    assert "已记：同意" in await played.taps(neighbours[1], "同意", group)
    await played.restart()
    await played.later(hours=25)
    assert played.shows(lin, "正好不在线", group) == 1
    assert played.shows(chen, "同意 3\n不反对 0") == 1


async def test_whether_a_consultation_arrived_is_asked_of_its_author_and_never_sent_twice(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    played.api.faults.add(Fault("lost", "sendMessage", str(group.id), count=1))
    await opened(played, chen)
    assert played.shows(chen, "不知道到没到") == 1
    await played.restart()
    await played.later(minutes=5)
    assert played.shows(lin, f"协商 #1 ●○○○\n{TITLE}", group) == 1


async def test_somebody_who_left_and_came_back_still_has_one_stance(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opened(played, chen)
    await played.taps(lin, "同意", group)
    play.leave(played.telegram, group, lin.id)
    play.join(played.telegram, group, lin.id)
    await played.later(minutes=11)
    assert "改好了：弃权" in await played.taps(lin, "弃权", group)
    await played.later(days=7)
    assert played.shows(chen, "同意 0\n不反对 0\n反对 0\n弃权 1") == 1


async def test_a_consultation_goes_on_when_its_group_becomes_a_supergroup(
    played: Played, chen: User, li: User, lin: User, neighbours: list[User]
) -> None:
    group = played.group("老群", chen, li, lin, *neighbours, kind="group")
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    for words in ("下一步", "下一步", "下一步"):
        await played.taps(chen, words)
    for words in ("以后再说", "贴出并开始"):
        await played.taps(chen, words)
    await opened(played, chen)
    await played.taps(lin, "同意", group)
    large = play.migrate(played.telegram, group, chen.id)
    await played.settle()
    await played.restart()
    await played.later(days=7, minutes=1)
    assert played.shows(chen, "同意 1") == 1
    await played.taps(chen, "写结果")
    await played.says(chen, "就这样办。")
    await played.taps(chen, "1 个月后")
    await played.taps(chen, "公布结果")
    assert played.shows(lin, "结果 ●●●○", large) == 1


async def test_a_bot_that_was_sent_away_before_the_close_says_the_result_once_when_back(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    message = await poll_opened(played, chen, group)
    await votes(played, group, neighbours[:3], 0)
    await played.later(hours=23)
    play.leave(played.telegram, group, played.bot.id, chen.id)
    await played.later(hours=1, minutes=5)
    await played.restart()
    assert results(played, lin, group) == []
    assert message.poll is not None
    await played.later(hours=2)
    await played.adds_bot(chen, group)
    await played.later(hours=2)
    told = results(played, lin, group)
    assert len(told) == 1
    assert "周六包粽子几点开始？" in told[0]
    assert "9:00：3（100%）" in told[0]
    await played.later(hours=5)
    assert len(results(played, lin, group)) == 1


async def test_a_draft_that_nobody_opened_is_gone_after_a_day(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/poll 草稿里的问题？|一|二")
    await played.restart()
    await played.later(hours=25)
    assert "没有这个投票" in await played.taps(chen, "发起投票")
    assert not [m for m in group.messages.values() if m.poll is not None]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("q|贊成|赞成", "重复"),
        ("q|１０|10", "重复"),
        ("q|a||b", "第 2 个选项是空的"),
        ("q|" + "|".join("abcdefghijklm"), "最多 12 个选项"),
    ],
)
async def test_options_that_look_the_same_or_are_empty_are_refused(
    played: Played, chen: User, group: Chat, words: str, answer: str
) -> None:
    await played.says(chen, f"/poll {words}")
    assert played.shows(chen, answer) == 1


@pytest.mark.parametrize("words", ["票价？|1000|10000", "q|" + "x" * 100 + "|b|", "q|a|b|c\n\nd"])
async def test_options_at_their_limits_are_taken(
    played: Played, chen: User, group: Chat, words: str
) -> None:
    await played.says(chen, f"/poll {words}")
    await played.taps(chen, "发起投票")
    assert poll_in(group).poll is not None


async def test_control_characters_and_markup_in_a_consultation_are_shown_plainly(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/consult <b>电梯</b>\x00`_*[x](y)*_` &amp;")
    for words in ("没有材料", "不花钱", "3 天", "开始协商"):
        await played.taps(chen, words)
    assert played.shows(lin, "<b>电梯</b>`_*[x](y)*_` &amp;", group) == 1


async def test_an_anonymous_admin_opens_no_vote_and_a_channel_none_either(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/poll 匿名？|a|b", group, anonymous=True)
    assert played.shows(lin, "本人的账号", group) == 1
    channel = played.group("频道", chen, kind="channel")
    play.link(played.telegram, channel, group)
    await played.says(chen, "/poll 频道？|a|b", channel)
    assert not [m for m in group.messages.values() if m.poll is not None]
    assert played.shows(chen, "快速投票预览") == 0


async def test_while_telegram_cannot_say_who_somebody_is_nothing_opens(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/poll 现在？|a|b")
    await played.later(seconds=30)
    played.api.faults.add(Fault("server_error", "getChatMember", str(group.id), count=9))
    assert "确认不了您的身份" in await played.taps(chen, "发起投票")
    assert not [m for m in group.messages.values() if m.poll is not None]


async def test_a_manager_of_another_community_finds_no_such_consultation(
    played: Played, chen: User, group: Chat
) -> None:
    await opened(played, chen)
    await played.says(chen, "/settings")
    await played.taps(chen, "开通邀请码")
    code = next(t for t in reversed(played.reads(chen)) if "邀请码（" in t)
    other = played.person("外村主任")
    theirs = played.group("别的小区", other)
    await played.adds_bot(other, theirs)
    await played.starts(other)
    await played.says(other, f"/setup {code.splitlines()[1].strip()}", theirs)
    for words in ("下一步", "下一步", "下一步", "以后再说", "贴出并开始"):
        await played.taps(other, words)
    await played.says(other, "/outcome 1")
    assert played.shows(other, "没有这个协商") == 1
    await played.says(other, "/outcome 999")
    assert played.shows(other, "没有这个协商") == 2


async def test_garbled_buttons_change_nothing(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await opened(played, chen)
    message, data = played.button(group, "同意")
    for wrong in ("cs", "cs:::::", "x" * 64, data[:-3], data.replace("agree", "block"), "\x7f"):
        query = play.tap(played.telegram, lin, group, message, wrong)
        await played.settle()
        assert "过期" in played.telegram.queries[query]["answer"]["text"]
    for _ in range(5):
        play.tap(played.telegram, lin, group, message, data)
    await played.settle()
    await played.later(days=7, minutes=1)
    assert played.shows(chen, "同意 1\n") == 1


async def second_community(played: Played, chen: User, lin: User) -> Chat:
    """陈雪 looks after another community as well."""
    other = played.group("秋水苑", chen, lin)
    await played.adds_bot(chen, other)
    await played.says(chen, "/setup", other)
    for words in ("新小区", "下一步", "下一步", "下一步", "以后再说", "贴出并开始"):
        await played.taps(chen, words)
    return other


async def test_whoever_looks_after_two_communities_says_which_one_is_meant(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    other = await second_community(played, chen, lin)
    await played.says(chen, "/consult 种什么树", other)
    for words in ("没有材料", "不花钱", "3 天", "开始协商"):
        await played.taps(chen, words)
    assert [played.shows(lin, "种什么树", chat) for chat in (group, other)] == [0, 1]
    await played.says(chen, "/consult 换什么灯")
    await played.says(chen, "先打几个字")
    assert played.shows(chen, "请点按钮") == 1
    await played.restart()
    await played.taps(chen, "春晖里1群")
    for words in ("没有材料", "不花钱", "3 天", "开始协商"):
        await played.taps(chen, words)
    assert [played.shows(lin, "换什么灯", chat) for chat in (group, other)] == [1, 0]
    await played.says(chen, "/poll 几点？|8|9")
    await played.says(chen, "随便")
    await played.taps(chen, "秋水苑")
    await played.taps(chen, "发起投票")
    polls = [[m for m in chat.messages.values() if m.poll] for chat in (group, other)]
    assert [len(found) for found in polls] == [0, 1]
