"""The bot is removed, or never let in: no text stays, and nothing lingers."""

from bot.domain.due import Due
from bot.domain.letter import State
from bot.domain.privacy import PURGE
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.handlers.test_announce import posts
from tests.handlers.test_rights import chen, group, lin, played
from tests.handlers.test_setup import rows
from tests.played import Played

__all__ = ["chen", "group", "lin", "played"]


def bytes_of(played: Played) -> bytes:
    """Everything that stands in the file and beside it."""
    played.database.checkpoint()
    return b"".join(path.read_bytes() for path in played.path.parent.glob("played.db*"))


async def test_with_the_last_group_every_text_goes_at_once(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    await played.says(lin, "/ask 西瓜摊什么时候来", group)
    await played.says(chen, "/announce 已发出的葡萄")
    await played.taps(chen, "现在发")
    await played.says(chen, "/announce 定时的樱桃")
    await played.taps(chen, "定时")
    await played.says(chen, "明天 9:00")
    await played.taps(chen, "定时发")
    await played.says(chen, "/announce 草稿里的荔枝")
    before = bytes_of(played)
    words = ("西瓜摊", "葡萄", "樱桃", "荔枝")
    assert all(word.encode() in before for word in words)
    play.leave(played.telegram, group, played.bot.id, chen.id)
    await played.settle()
    assert [word for word in words if word.encode() in bytes_of(played)] == []
    play.join(played.telegram, group, played.bot.id, chen.id)
    play.promote(played.telegram, group, played.bot.id, chen.id)
    await played.later(days=2)
    assert posts(played, group, "公告") == []
    assert posts(played, group, "樱桃") == []


async def test_a_poll_that_runs_keeps_its_question_for_the_day_the_bot_comes_back(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/poll 周六几点？|9:00|14:00", group)
    await played.taps(chen, "发起投票")
    assert "周六几点".encode() in bytes_of(played)
    play.leave(played.telegram, group, played.bot.id, chen.id)
    await played.settle()
    assert "周六几点".encode() in bytes_of(played)


async def test_with_one_of_two_groups_only_its_own_texts_go(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    second = played.group("春晖里2群", chen, lin)
    await played.adds_bot(chen, second)
    await played.says(chen, "/setup", second)
    await played.taps(chen, "并入")
    await played.starts(lin)
    await played.says(lin, "/ask 西瓜摊什么时候来", second)
    await played.says(lin, "/ask 葡萄架谁来修", group)
    play.leave(played.telegram, second, played.bot.id, chen.id)
    await played.settle()
    kept = bytes_of(played)
    assert "西瓜摊".encode() not in kept
    assert "葡萄架".encode() in kept


async def test_a_community_that_was_never_opened_is_gone_after_its_invitations(
    played: Played, chen: User, lin: User
) -> None:
    with played.database.work() as work:
        work.dues.put(Due(PURGE, "all", work.now))
    other = played.group("半途而废", chen, lin)
    await played.adds_bot(chen, other)
    await played.starts(chen)
    await played.says(chen, "/setup", other)
    for words in ("下一步", "下一步", "下一步", "物业"):
        await played.taps(chen, words)
    await played.taps(chen, "取消")
    assert rows(played, "communities") == 1
    await played.later(days=9)
    assert rows(played, "communities") == 0


async def test_held_words_and_words_put_aside_go_within_the_hour_they_are_due(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    with played.database.work() as work:
        work.dues.put(Due(PURGE, "all", work.now))
    await played.later(hours=2, minutes=50)
    await played.says(lin, "/help", group)
    with played.database.work() as work:
        assert work.letters.count(State.HELD) == 1
    await played.later(hours=23)
    with played.database.work() as work:
        assert work.letters.count(State.HELD) == 1
    await played.later(hours=2)
    with played.database.work() as work:
        assert work.letters.count(State.HELD) == 0
