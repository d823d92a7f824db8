"""The spot check where something is odd: lost answers, two communities, danger, old buttons."""

from dataclasses import replace

import pytest

from bot.domain.basics import ChatId, pseudonyms
from bot.domain.label import Finding
from bot.domain.learning import LearningDesk, Shown
from bot.domain.talk import Reading
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from bot.sandbox.faults import Fault
from tests.loop.test_learning import labels
from tests.loop.test_spot_check import (
    a_week_of_talk,
    copy_in,
    drawn,
    judges_all,
    until_friday,
    waiting,
)
from tests.played import KEY, Played


async def test_a_copy_whose_answer_was_lost_is_judged_and_deleted_like_any_other(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    played.api.faults.add(Fault("lost", "copyMessage", str(chen.id), count=1))
    await played.taps(chen, "开始")
    first = copy_in(played, chen)
    assert first is not None
    await played.taps(chen, "说不准", message=first.id)
    await played.later(seconds=5)
    assert first.id not in played.private(chen).messages
    assert copy_in(played, chen) is not None


async def test_a_button_of_a_copy_that_was_judged_does_nothing_any_more(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    await played.taps(chen, "开始")
    copy = copy_in(played, chen)
    assert copy is not None
    data = (copy.markup or {})["inline_keyboard"][1][0]["callback_data"]
    play.tap(played.telegram, chen, played.private(chen), copy.id, data)
    query = play.tap(played.telegram, chen, played.private(chen), copy.id, data)
    await played.settle()
    assert "最新" in str(played.telegram.queries[query]["answer"])
    assert len(labels(played)) == 1


async def test_nothing_is_shown_out_of_a_group_that_lets_nothing_out(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    for message in group.messages.values():
        message.protected = True
    await until_friday(played)
    await played.taps(chen, "开始")
    await played.later(minutes=2)
    assert copy_in(played, chen) is None
    assert played.shows(chen, "或者群里不许转出") == 1
    assert {one.state for one in drawn(played)} == {Shown.LOST}


async def test_a_sign_of_danger_is_in_no_draw(played: Played, lin: User, group: Chat) -> None:
    await played.says(lin, "3号楼楼道里有很浓的煤气味！", group)
    assert drawn(played) == ()


async def test_a_question_in_private_was_never_read_and_is_no_label(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "/ask 2号楼门禁什么时候修好？")
    await played.says(chen, "/answer 1 周三修好，配件已经到了")
    assert labels(played) == ()


async def test_a_question_that_only_a_neighbour_found_is_a_miss(
    played: Played, chen: User, lin: User, wang: User, group: Chat
) -> None:
    said = await played.says(wang, "门禁又是老样子", group)
    await played.says(lin, "/ask", group, reply_to=said.id)
    await played.says(chen, "/answer 1 周三修好，配件已经到了")
    (one,) = labels(played)
    assert (one.finding, one.flagged, one.truth, one.message) == (
        Finding.QUESTION,
        False,
        True,
        said.id,
    )


async def test_somebody_who_opts_out_while_being_looked_at_leaves_no_label(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    await played.taps(chen, "开始")
    copy = copy_in(played, chen)
    assert copy is not None
    for person in neighbours:
        await played.says(person, "/optout", group)
    assert drawn(played) == ()
    await played.later(seconds=5)
    assert copy_in(played, chen) is None
    assert labels(played) == ()
    await played.says(chen, "/spotcheck")
    with pytest.raises(LookupError):
        played.button(played.private(chen), "开始抽查")


async def test_the_owner_finds_the_figures_from_the_audit_log(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    count = waiting(played)
    await played.taps(chen, "开始")
    await judges_all(played, chen)
    await played.says(chen, "/audit")
    await played.taps(chen, "识别得准不准")
    assert played.shows(chen, "（在用）") == 2
    assert played.shows(chen, "需要答复的问题（在用）\n准：") == 2
    assert count == len(labels(played))
    await played.says(chen, "/spotcheck")
    with pytest.raises(LookupError):
        played.button(played.private(chen), "开始抽查")


async def test_one_who_looks_after_two_communities_chooses_whose_figures_to_see(
    played: Played, chen: User, group: Chat
) -> None:
    other = played.group("秋水苑", chen, played.person("赵敏"))
    await played.adds_bot(chen, other)
    await played.says(chen, "/setup", other)
    for words in ("新小区", "下一步", "下一步"):
        await played.taps(chen, words)
    await played.says(chen, "1-4")
    for words in ("以后再说", "贴出并开始"):
        await played.taps(chen, words)
    await played.says(chen, "/spotcheck")
    assert played.shows(chen, "「春晖里1群」：我判断得准不准") == 1
    await played.taps(chen, "看「秋水苑」")
    assert played.shows(chen, "「秋水苑」：我判断得准不准") == 1


async def test_what_was_said_of_an_earlier_reader_says_nothing_of_this_one(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    await until_friday(played)
    await played.taps(chen, "开始")
    await judges_all(played, chen)
    with played.database.work() as work:
        home = work.communities.all()[0].id
        now = played.service.tools.desks.learning.gauge.measures(work, home)
        after = LearningDesk(played.service.tools.new_id, pseudonyms(KEY), "next-1")
        assert sum(one.precision.count for one in now) > 0
        assert [one.precision.count for one in after.measures(work, home)] == [0, 0]


async def test_of_two_groups_only_that_one_is_shown_in_which_one_still_is(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    left = played.group("春晖里2群", neighbours[0], chen, *neighbours[1:])
    play.promote(played.telegram, left, chen.id, neighbours[0].id)
    await played.adds_bot(neighbours[0], left)
    await played.says(chen, "/setup", left)
    await played.taps(chen, "并入")
    await a_week_of_talk(played, neighbours, group)
    await played.says(neighbours[1], "二群的桂花也开了", left)
    assert {one.chat for one in drawn(played)} == {group.id, left.id}
    await until_friday(played)
    play.leave(played.telegram, left, chen.id)
    await played.later(seconds=20)
    await played.taps(chen, "开始")
    seen = await judges_all(played, chen)
    assert len(seen) > 10
    assert "二群的桂花也开了" not in seen


async def test_a_second_reading_moves_no_message_into_another_stratum(
    played: Played, chen: User, neighbours: list[User], group: Chat
) -> None:
    await a_week_of_talk(played, neighbours, group)
    with played.database.work() as work:
        for one in work.talk.last(ChatId(group.id), 100):
            work.talk.put(ChatId(group.id), replace(one, reading=Reading(asks=0.9, claim=0.9)))
    await until_friday(played)
    await played.taps(chen, "开始")
    await judges_all(played, chen)
    strata = {(one.message, one.finding): one.flagged for one in drawn(played)}
    assert {one.flagged for one in labels(played)} == {True, False}
    assert all(
        strata[one.message, one.finding] is one.flagged for one in labels(played) if one.message
    )
