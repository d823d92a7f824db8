"""A group becomes a supergroup: everything follows, and nothing old is acted upon there."""

from bot.domain.basics import ChatId
from bot.domain.community import GroupState
from bot.sandbox import play
from bot.sandbox.actors import User
from bot.sandbox.faults import Fault
from tests.handlers.test_announce import posts
from tests.handlers.test_rights import chen, lin, played, state
from tests.handlers.test_setup import opens
from tests.played import Played

__all__ = ["chen", "lin", "played"]


async def test_a_small_group_that_grows_up_during_setup_is_opened_all_the_same(
    played: Played, chen: User, lin: User
) -> None:
    """Making a bot administrator is what turns a small group into a supergroup."""
    small = played.group("小群", chen, lin, kind="group")
    await played.adds_bot(chen, small, admin=False)
    await played.starts(chen)
    await played.says(chen, "/setup", small)
    large = play.migrate(played.telegram, small, chen.id)
    play.promote(played.telegram, large, played.bot.id, chen.id)
    await played.later(seconds=30)
    for words in ("下一步", "下一步", "下一步", "以后再说", "贴出并开始"):
        await played.taps(chen, words)
    assert state(played, large) is GroupState.ACTIVE
    assert played.shows(lin, "我是邻声", large) == 1


async def test_what_the_bot_may_do_in_the_new_supergroup_is_known_whichever_news_comes_first(
    played: Played, chen: User, lin: User
) -> None:
    small = played.group("小群", chen, lin, kind="group")
    await played.adds_bot(chen, small, admin=False)
    large = play.migrate(played.telegram, small, chen.id)
    play.promote(played.telegram, large, played.bot.id, chen.id)
    backwards = [update for _, update in reversed(played.bot.queue)]
    played.bot.queue.clear()
    ids = sorted(update["update_id"] for update in backwards)
    played.service.intake.keep(
        update | {"update_id": id} for id, update in zip(ids, backwards, strict=True)
    )
    await played.settle()
    with played.database.work() as work:
        found = work.communities.group(ChatId(large.id))
    assert found is not None
    assert (found.hears_all, found.can_pin) == (True, True)


async def test_a_draft_outlives_the_move_to_a_supergroup(
    played: Played, chen: User, lin: User
) -> None:
    small = played.group("小群", chen, lin, kind="group")
    await opens(played, chen, small)
    await played.says(chen, "/announce 搬家前写的")
    large = play.migrate(played.telegram, small, chen.id)
    await played.later(seconds=30)
    await played.taps(chen, "现在发")
    assert len(posts(played, large, "搬家前写的")) == 1


async def test_a_scheduled_notice_outlives_the_move_to_a_supergroup(
    played: Played, chen: User, lin: User
) -> None:
    small = played.group("小群", chen, lin, kind="group")
    await opens(played, chen, small)
    await played.says(chen, "/announce 明天大扫除")
    await played.taps(chen, "定时")
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    large = play.migrate(played.telegram, small, chen.id)
    await played.later(days=1)
    assert len(posts(played, large, "明天大扫除")) == 1
    await played.taps(lin, "知道了", large)


async def test_a_lost_answer_on_the_way_to_a_moved_group_is_put_before_the_author(
    played: Played, chen: User, lin: User
) -> None:
    small = played.group("小群", chen, lin, kind="group")
    await opens(played, chen, small)
    await played.says(chen, "/announce 路上断了")
    large = play.migrate(played.telegram, small, chen.id)
    played.bot.queue.clear()
    played.api.faults.add(Fault("lost", "sendMessage", str(large.id)))
    await played.taps(chen, "现在发")
    await played.later(minutes=2)
    assert played.shows(chen, "不知道到没到")
    await played.taps(chen, "没有，补发")
    await played.later(minutes=2)
    assert len(posts(played, large, "路上断了")) == 2


async def test_an_edit_of_a_notice_never_touches_a_message_of_the_new_supergroup(
    played: Played, chen: User, lin: User
) -> None:
    """Message numbers begin anew there: the notice's old number is somebody else's message."""
    small = played.group("小群", chen, lin, kind="group")
    await opens(played, chen, small)
    await played.says(chen, "/announce 旧文字")
    await played.taps(chen, "现在发")
    large = play.migrate(played.telegram, small, chen.id)
    await played.settle()
    others = [await played.says(lin, f"第{n}句", large) for n in range(12)]
    await played.taps(chen, "撤回")
    await played.later(seconds=30)
    assert all(one.id in large.messages for one in others)


async def test_a_correction_after_the_move_is_posted_anew(
    played: Played, chen: User, lin: User
) -> None:
    small = played.group("小群", chen, lin, kind="group")
    await opens(played, chen, small)
    await played.says(chen, "/announce 旧文字")
    await played.taps(chen, "现在发")
    large = play.migrate(played.telegram, small, chen.id)
    await played.later(seconds=30)
    await played.taps(chen, "更正")
    await played.says(chen, "新文字")
    await played.later(seconds=30)
    assert len(posts(played, large, "新文字")) == 1
