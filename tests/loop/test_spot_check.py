"""The weekly spot check: drawn by chance, shown one by one, judged, measured, and acted upon."""

import pytest

from bot.domain.learning import Draw, Shown
from bot.domain.learning.draw import chosen
from bot.sandbox import play
from bot.sandbox.actors import Chat, Message, User
from tests.loop.test_learning import bytes_of, labels, lends, samples
from tests.played import Played

TALK = (
    "今天天气真好",
    "楼下的桂花开了",
    "刚买菜回来",
    "晚上一起散步去",
    "孩子放学了",
    "我家猫又胖了",
    "这个周末去爬山",
    "昨晚的球赛很精彩",
)
QUESTIONS = (
    "请问1号楼的快递柜什么时候能用？",
    "有人知道明天几点停水吗？",
    "3号楼电梯什么时候修？",
    "物业费在哪里交？",
    "垃圾房几点开门？",
    "谁知道附近哪里有开锁的？",
)


async def a_week_of_talk(played: Played, people: list[User], group: Chat) -> None:
    for n, words in enumerate((*TALK, *QUESTIONS)):
        await played.says(people[n % len(people)], words, group)


async def until_friday(played: Played) -> None:
    """Monday morning until the digest of those in charge."""
    await played.later(days=4, hours=7)


def drawn(played: Played) -> tuple[Draw, ...]:
    with played.database.work() as work:
        return work.draws.of(work.communities.all()[0].id, "2026-W48")


def copy_in(played: Played, user: User) -> Message | None:
    """The copy that waits for a verdict on this phone."""
    found = [
        message
        for message in played.private(user).messages.values()
        for row in (message.markup or {}).get("inline_keyboard") or []
        if any(button["text"] == "说不准" for button in row)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def asks(played: Played, user: User, copy: Message) -> bool:
    """Whether the person is asked about a question, and not about a claim."""
    rows = (copy.markup or {})["inline_keyboard"]
    return str(rows[0][0]["text"]) == "是问题"


def waiting(played: Played) -> int:
    """How many messages are to be shown."""
    return len(chosen(drawn(played)))


async def judges_all(played: Played, user: User, right: bool = True) -> list[str]:
    """Judges every copy by its question mark, or always the other way round."""
    seen: list[str] = []
    while (copy := copy_in(played, user)) is not None and len(seen) < 60:
        text = str(copy.body["text"])
        seen.append(text)
        yes, no = ("是问题", "不是问题") if asks(played, user, copy) else ("需要核实", "不需要")
        real = ("？" if yes == "是问题" else "投毒") in text
        await played.taps(user, yes if real is right else no, message=copy.id)
        await played.later(seconds=2)
    return seen


@pytest.mark.http
async def test_on_friday_one_offer_leads_through_the_week_message_by_message(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    assert played.shows(chen, "每周抽查") == 0
    await until_friday(played)
    count = waiting(played)
    assert 2 * len(QUESTIONS) < count <= 40
    assert played.shows(chen, f"「春晖里1群」的每周抽查：随机抽了 {count} 条") == 1
    await played.restart()
    await played.taps(chen, "开始")
    copy = copy_in(played, chen)
    assert copy is not None
    assert copy.protected
    assert "forward_origin" not in copy.body
    seen = await judges_all(played, chen)
    assert len(seen) == count
    assert set(seen) <= {*TALK, *QUESTIONS}
    assert played.shows(chen, "需要答复的问题（在用）") == 1
    assert not {*TALK} & {str(m.body.get("text")) for m in played.private(chen).messages.values()}
    audited = [one for one in labels(played) if one.audited]
    assert len(audited) == count
    assert {one.week for one in audited} == {"2026-W48"}
    await played.later(days=2)
    assert played.shows(chen, "的每周抽查：") == 0


async def test_every_look_stands_in_the_audit_log_and_no_word_stays(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    await played.taps(chen, "开始")
    seen = await judges_all(played, chen)
    with played.database.work() as work:
        home = work.communities.all()[0]
        entries = work.audit.entries(home.id, home.created_at)
    looks = [entry for entry in entries if entry.act == "spot_check_view"]
    assert len(looks) == len(seen) == waiting(played)
    assert all(look.object.startswith("talk:2026-W48:") for look in looks)
    assert samples(played) == ()
    raw = bytes_of(played)
    assert not [words for words in TALK if words.encode() in raw]


async def test_judged_words_stay_masked_where_the_community_lends_them(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await lends(played, chen)
    await a_week_of_talk(played, neighbours, group)
    await played.says(neighbours[0], "有事打我电话13812345678", group)
    await until_friday(played)
    await played.taps(chen, "开始")
    await judges_all(played, chen)
    assert "有事打我电话【电话】" in {one.text for one in samples(played)}
    assert {one.week for one in samples(played)} == {"2026-W48"}


async def test_whoever_opted_out_and_whoever_holds_an_office_is_never_drawn(
    played: Played, chen: User, li: User, lin: User, wang: User, group: Chat
) -> None:
    await played.says(lin, "/optout", group)
    await played.says(lin, "我说的话不要分析", group)
    await played.says(li, "今天物业照常上班", group)
    await played.says(wang, "楼下的桂花开了", group)
    late = await played.says(wang, "3号楼电梯什么时候修？", group)
    assert len(drawn(played)) == 4
    assert {one.message for one in drawn(played)} >= {late.id}
    await played.says(wang, "/optout", group)
    assert drawn(played) == ()


async def test_a_message_that_is_gone_is_replaced_by_another(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    first = min(drawn(played), key=lambda one: one.lot)
    text = str(group.messages[first.message].body["text"])
    play.delete(played.telegram, group, first.message)
    await played.taps(chen, "开始")
    seen = await judges_all(played, chen)
    assert text not in seen
    lost = [one for one in drawn(played) if one.state is Shown.LOST]
    assert {one.message for one in lost} == {first.message}
    assert len(seen) == waiting(played)


async def test_when_nothing_else_is_left_one_is_told_that_it_is_gone(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    for one in drawn(played):
        if one.message in group.messages:
            play.delete(played.telegram, group, one.message)
    await played.taps(chen, "开始")
    assert played.shows(chen, "这条消息看不到了") == 1
    assert copy_in(played, chen) is None


async def test_one_may_stop_and_go_on_and_a_copy_never_lies_there_for_more_than_a_day(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    await played.taps(chen, "开始")
    left = waiting(played) - 1
    await played.taps(chen, "说不准")
    await played.taps(chen, f"先停（还剩 {left} 条）")
    assert played.shows(chen, f"停在这里了，还剩 {left} 条")
    assert copy_in(played, chen) is None
    await played.says(chen, "抽查")
    await played.taps(chen, f"开始抽查（{left} 条）")
    assert copy_in(played, chen) is not None
    await played.later(hours=25)
    assert copy_in(played, chen) is None
    assert [one.truth for one in labels(played)] == [None]
    await played.says(chen, "/spotcheck")
    await played.taps(chen, f"开始抽查（{left} 条）")
    before = copy_in(played, chen)
    await played.says(chen, "/spotcheck")
    await played.taps(chen, "开始抽查")
    again = copy_in(played, chen)
    assert before is not None
    assert again is not None
    assert (again.id != before.id, again.body["text"]) == (True, before.body["text"])


async def test_no_is_an_answer_and_few_messages_are_not_worth_asking(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    await played.taps(chen, "这周不了")
    assert played.shows(chen, "这周不抽查了") == 1
    await played.says(neighbours[0], "楼下的桂花开了", group)
    await played.later(days=7)
    assert played.shows(chen, "的每周抽查：") == 0
    await played.says(chen, "/spotcheck")
    assert played.shows(chen, "样本太少（0 条）") == 1


async def test_a_community_may_do_without(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(chen, "/settings")
    await played.taps(chen, "每周抽查")
    await played.taps(chen, "关掉")
    await a_week_of_talk(played, neighbours, group)
    assert drawn(played) == ()
    await until_friday(played)
    assert played.shows(chen, "的每周抽查：") == 0


async def test_a_neighbour_sees_no_figures_and_a_monitor_judges_but_switches_nothing(
    played: Played, chen: User, lin: User, wang: User, neighbours: list[User], group: Chat
) -> None:
    await played.says(lin, "/spotcheck")
    assert played.shows(lin, "相应的管理角色")
    await played.says(chen, "/roles")
    await played.taps(chen, "增加一个角色")
    await played.taps(chen, "监督员")
    link = next(t for t in reversed(played.reads(chen)) if "start=" in t)
    await played.starts(wang, link.rpartition("start=")[2].strip())
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    assert played.shows(wang, "的每周抽查：") == 1
    await played.taps(wang, "开始")
    assert copy_in(played, wang) is not None
    await played.taps(chen, "开始")
    mine, other = copy_in(played, chen), copy_in(played, wang)
    assert mine is not None
    assert other is not None
    await judges_all(played, wang)
    assert {one.judge for one in labels(played)} == {"monitor"}
    await played.says(wang, "/spotcheck")
    with pytest.raises(LookupError):
        played.button(played.private(wang), "停用")


async def test_whoever_left_the_group_is_shown_nothing_of_it_any_more(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    play.demote(played.telegram, group, chen.id, lin.id)
    play.leave(played.telegram, group, chen.id)
    await played.later(seconds=20)
    await played.taps(chen, "开始")
    assert copy_in(played, chen) is None
