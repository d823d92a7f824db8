"""A finding that reads badly falls silent, and is opened again only by hand."""

from bot.domain.label import Finding
from bot.sandbox.actors import Chat, User
from tests.loop.test_rumours import POISON
from tests.loop.test_spot_check import QUESTIONS, TALK, a_week_of_talk, judges_all, until_friday
from tests.played import Played


async def badly_judged(played: Played, chen: User, neighbours: list[User], group: Chat) -> None:
    """A week in which the reader got every question wrong, as people see it."""
    await a_week_of_talk(played, neighbours, group)
    for n, words in enumerate(QUESTIONS):
        await played.says(neighbours[n], f"再问一次，{words}", group)
    for n, words in enumerate(TALK):
        await played.says(neighbours[n % 6], f"真的，{words}", group)
    await until_friday(played)
    await played.taps(chen, "开始")
    await judges_all(played, chen, right=False)


async def test_a_finding_that_reads_badly_falls_silent_says_why_once_and_is_opened_by_hand(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await badly_judged(played, chen, neighbours, group)
    assert played.shows(chen, "我把“需要答复的问题”停了") == 1
    assert played.shows(chen, "整个可能范围都低于 0.5") >= 1
    cards = played.shows(chen, "新问题")
    said = await played.says(lin, "物业在吗？2号楼门禁什么时候修好？", group)
    assert played.shows(chen, "新问题") == cards
    assert group.messages[said.id].reactions.get(played.bot.id, []) == []
    await played.says(lin, "提问：2号楼门禁什么时候修好？", group)
    await played.restart()
    await played.later(days=1)
    assert played.shows(chen, "我把“需要答复的问题”停了") == 1
    await played.says(chen, "/doctor")
    assert played.shows(chen, "需要答复的问题：已停") == 1
    await played.says(chen, "/spotcheck")
    await played.taps(chen, "再打开：需要答复的问题")
    told = await played.says(lin, "物业在吗？3号楼的灯什么时候修好？", group)
    assert group.messages[told.id].reactions.get(played.bot.id, []) != []
    await played.says(chen, "/audit")
    assert played.shows(chen, "finding_off finding:question")
    assert played.shows(chen, "finding_on finding:question")
    await played.later(days=7)
    assert played.shows(chen, "我把“需要答复的问题”停了") == 1


async def test_a_danger_is_told_whatever_is_silent(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(chen, "/spotcheck")
    await played.taps(chen, "停用：需要答复的问题")
    await played.taps(chen, "停用：需要核实的说法")
    await played.says(lin, POISON, group)
    assert played.shows(chen, "待核实") == 0
    await played.says(lin, "3号楼楼道里有很浓的煤气味！", group)
    assert played.shows(chen, "可能有危险") == 1
    with played.database.work() as work:
        off = work.gates.off(work.communities.all()[0].id)
    assert off == {Finding.QUESTION, Finding.CLAIM}
