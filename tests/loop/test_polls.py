"""Quick polls: hidden until the close, counted from Telegram's own word, told in three lines."""

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat, Message, User
from bot.sandbox.faults import Fault
from tests.played import Played

ASK = "/poll 周六包粽子几点开始？|9:00|14:00|都行"


def poll_in(group: Chat) -> Message:
    return next(m for m in group.messages.values() if m.poll is not None)


def results(played: Played, user: User, group: Chat) -> list[str]:
    return [text for text in played.reads(user, group) if "快速投票结果" in text]


async def opened(played: Played, chen: User, group: Chat, days: str = "1 天") -> Message:
    await played.says(chen, ASK, group)
    await played.taps(chen, days)
    await played.taps(chen, "发起投票")
    return poll_in(group)


async def votes(played: Played, group: Chat, people: list[User], choice: int) -> None:
    for user in people:
        play.vote(played.telegram, user, group, poll_in(group).id, [choice])
    await played.settle()


@pytest.mark.http
async def test_a_poll_runs_closes_and_is_told_once_across_restarts(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    message = await opened(played, chen, group)
    assert message.poll is not None
    assert (message.poll.anonymous, message.poll.hidden) == (True, True)
    assert message.protected
    await played.restart()
    await votes(played, group, neighbours[:2], 0)
    await votes(played, group, [lin], 1)
    await played.restart()
    await played.later(hours=25)
    assert poll_in(group).poll.closed  # type: ignore[union-attr]  # poll_in found one
    told = results(played, lin, group)
    assert len(told) == 1
    assert "回应 3/10 人（30%）" in told[0]
    assert "9:00：2（67%）" in told[0]
    await played.later(hours=5)
    assert len(results(played, lin, group)) == 1


async def test_a_poll_that_telegram_closed_already_is_counted_from_its_last_word(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    message = await opened(played, chen, group)
    await votes(played, group, [*neighbours[:1], lin], 2)
    played.telegram.close_poll(message)
    played.bot.queue.clear()
    await played.later(hours=26)
    told = results(played, lin, group)
    assert len(told) == 1
    assert "都行：2（100%）" in told[0]
    assert "只代表投了票的人" in told[0]


async def test_a_vote_that_is_taken_back_is_not_counted(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    message = await opened(played, chen, group)
    await votes(played, group, [lin], 0)
    play.vote(played.telegram, lin, group, message.id, [])
    await played.later(hours=26)
    assert "回应 0/10 人（0%）" in results(played, lin, group)[0]


async def test_it_can_be_taken_back_for_two_minutes(
    played: Played, chen: User, group: Chat
) -> None:
    await opened(played, chen, group)
    await played.taps(chen, "撤回")
    assert not [m for m in group.messages.values() if m.poll is not None]
    await played.later(hours=26)
    assert results(played, chen, group) == []


async def test_a_poll_whose_sending_was_uncertain_is_known_by_its_first_vote(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    played.api.faults.add(Fault("lost", "sendPoll", str(group.id), count=1))
    await opened(played, chen, group)
    assert played.shows(chen, "不知道到没到")
    await votes(played, group, [lin], 1)
    await played.later(hours=26)
    assert len([m for m in group.messages.values() if m.poll is not None]) == 1
    assert "14:00：1（100%）" in results(played, lin, group)[0]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "请这样写"),
        ("只有问题", "请这样写"),
        ("问题|一个", "请这样写"),
        ("问" * 301 + "|a|b", "最多 300"),
        ("q|" + "|".join(str(n) for n in range(13)), "最多 12 个选项"),
        ("q|" + "x" * 101 + "|b", "最多 100"),
        ("q|同意|同　意", "重复"),
        ("q|Yes|ＹＥＳ", "重复"),
    ],
)
async def test_bad_polls_get_one_clear_line(
    played: Played, chen: User, group: Chat, words: str, answer: str
) -> None:
    await played.says(chen, f"/poll {words}")
    assert played.shows(chen, answer)
    assert not [m for m in group.messages.values() if m.poll is not None]


async def test_markup_in_options_appears_literally(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, "/poll <b>粗</b>吗？|<i>x</i>|</a><a href='tg://user?id=1'>|&amp;")
    assert played.shows(chen, "<i>x</i>")
    await played.taps(chen, "发起投票")
    poll = poll_in(group).poll
    assert poll is not None
    assert poll.options[:2] == ["<i>x</i>", "</a><a href='tg://user?id=1'>"]


async def test_residents_cannot_open_one(played: Played, lin: User, group: Chat) -> None:
    await played.says(lin, ASK)
    assert played.shows(lin, "相应的管理角色")


async def test_the_close_can_be_typed_and_is_bounded(
    played: Played, chen: User, group: Chat
) -> None:
    await played.says(chen, ASK)
    await played.taps(chen, "别的时间")
    await played.says(chen, "40天")
    assert played.shows(chen, "最远 30 天")
    await played.says(chen, "周五 20:00")
    assert played.shows(chen, "11月27日(周五) 20:00")


async def test_polls_of_others_and_unknown_ids_are_left_alone(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    told = {
        "id": "999",
        "question": "别人的",
        "options": [
            {"persistent_id": "1", "text": "a", "voter_count": 1},
            {"persistent_id": "2", "text": "b", "voter_count": 0},
        ],
        "total_voter_count": 1,
        "is_closed": True,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    played.telegram.update(played.bot, "poll", told)
    await played.settle()
    with played.database.work() as work:
        assert work.arrivals.count("quarantined") == 0
