"""The weekly digests: once each, on Friday, late after a long silence, never about one person."""

from datetime import UTC, datetime

import pytest

from bot.domain.digest.values import RESIDENTS, next_at, span_of, week_at
from bot.sandbox.actors import Chat, User
from tests.loop.test_polls import opened as polled
from tests.loop.test_polls import votes
from tests.played import Played

NEW_YORK = "America/New_York"


def weekly(played: Played, user: User, chat: Chat | None, mark: str) -> list[str]:
    return [text for text in played.reads(user, chat) if text.startswith(mark)]


async def a_solved_question(played: Played, li: User, lin: User, group: Chat) -> None:
    await played.says(lin, "物业在吗？2号楼门禁什么时候修好？", group)
    await played.says(li, "/answer 1 配件周三到，周三 18 点前修好")
    await played.taps(lin, "解决了")


async def test_on_friday_evening_each_group_hears_its_week_once(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await a_solved_question(played, li, lin, group)
    await played.restart()
    await played.later(days=4, hours=8)
    assert weekly(played, lin, group, "🗞") == []
    assert len(weekly(played, chen, None, "📊")) == 1
    await played.later(hours=1)
    told = weekly(played, lin, group, "🗞")
    assert len(told) == 1
    assert len(told[0]) <= 900
    assert "居民确认解决 1 件" in told[0]
    assert "〔补发〕" not in told[0]
    await played.restart()
    await played.later(days=2)
    assert len(weekly(played, lin, group, "🗞")) == 1
    assert len(weekly(played, chen, None, "📊")) == 1


async def test_after_nine_days_of_silence_it_comes_once_late_and_of_the_right_week(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await a_solved_question(played, li, lin, group)
    played.telegram.advance(9 * 24 * 3600)
    await played.restart()
    await played.settle()
    told = weekly(played, lin, group, "🗞")
    assert len(told) == 1
    assert "〔补发〕" in told[0]
    assert "11月20日(周五)–11月27日(周五)" in told[0]
    await played.later(days=3)
    assert len(weekly(played, lin, group, "🗞")) == 1


async def test_a_week_without_anything_is_not_told_to_residents(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.later(days=5)
    assert weekly(played, lin, group, "🗞") == []
    assert len(weekly(played, chen, None, "📊")) == 1


async def test_what_was_asked_in_private_is_not_quoted_to_the_group(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "/ask 低保怎么申请？")
    await played.says(chen, "/answer 1 带户口本到一楼 102，当场就办")
    await played.taps(lin, "解决了")
    await played.later(days=5)
    told = weekly(played, lin, group, "🗞")[0]
    assert "居民确认解决 1 件" in told
    assert "低保" not in told


async def test_whoever_asks_gets_the_one_meant_for_them(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await a_solved_question(played, li, lin, group)
    await played.says(lin, "/digest")
    assert len(weekly(played, lin, None, "🗞")) == 1
    await played.says(chen, "/digest")
    assert len(weekly(played, chen, None, "📊")) == 1
    assert "太少，不算比例" in weekly(played, chen, None, "📊")[0]


async def test_a_full_week_stays_within_its_length(
    played: Played, chen: User, li: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    for n in range(12):
        await played.says(neighbours[n % 6], f"提问：{'很长的问题' * 20}第{n}个？", group)
        await played.says(chen, f"/answer {n + 1} {'很长的答复' * 20}")
    await played.says(lin, "/digest")
    assert len(weekly(played, lin, None, "🗞")[0]) <= 900
    await played.says(chen, "/digest")
    managers = weekly(played, chen, None, "📊")[0]
    assert managers.count("\n") <= 12
    assert "区间" in managers


async def test_what_happens_after_a_digest_is_told_in_the_next_one(
    played: Played, chen: User, li: User, lin: User, wang: User, group: Chat
) -> None:
    await played.says(lin, "物业在吗？快递柜什么时候修好？", group)
    await played.later(days=5)
    await played.says(wang, "物业在吗？2号楼门禁什么时候修好？", group)
    await played.says(li, "/answer 2 配件周三到，周三 18 点前修好")
    await played.restart()
    await played.later(days=7)
    first, second = weekly(played, lin, group, "🗞")
    assert "还在等答复：1 个" in first
    assert "提了 1 个问题，1 个有答复" in second


async def test_an_outcome_is_news_once(played: Played, chen: User, lin: User, group: Chat) -> None:
    await played.says(chen, "/consult 活动室周末开放")
    for words in ("没有材料", "不花钱", "3 天", "开始协商"):
        await played.taps(chen, words)
    await played.later(days=3, minutes=1)
    await played.taps(chen, "写结果")
    await played.says(chen, "从下周六起开放。")
    for words in ("3 个月后", "公布结果"):
        await played.taps(chen, words)
    await played.restart()
    await played.later(days=16)
    told = weekly(played, lin, group, "🗞")
    assert ["一起定的：活动室周末开放" in text for text in told] == [True]


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-03-04T12:00", "2026-03-06T18:30-05:00"),
        ("2026-03-08T12:00", "2026-03-13T18:30-04:00"),
        ("2026-10-30T22:29", "2026-10-30T18:30-04:00"),
        ("2026-10-30T22:31", "2026-11-06T18:30-05:00"),
    ],
)
def test_when_the_clocks_change_it_is_still_half_past_six_and_one_a_week(
    now: str, at: str
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = next_at(RESIDENTS, moment, NEW_YORK)
    assert found == datetime.fromisoformat(at)
    begin, end = span_of(RESIDENTS, week_at(RESIDENTS, moment, NEW_YORK), NEW_YORK)
    assert begin <= moment < end == found


async def test_a_polls_most_wanted_option_is_told_and_a_poll_without_votes_is_not(
    played: Played, chen: User, lin: User, neighbours: list[User], group: Chat
) -> None:
    await polled(played, chen, group, "1 天")
    for user in neighbours[:3]:
        await votes(played, group, [user], 1)
    await votes(played, group, [lin], 0)
    await played.later(days=1, hours=1)
    await played.says(chen, "/poll 没人投的？|一|二")
    await played.taps(chen, "1 天")
    await played.taps(chen, "发起投票")
    await played.restart()
    await played.later(days=4)
    told = weekly(played, lin, group, "🗞")[0]
    assert "一起定的：周六包粽子几点开始？ → 14:00" in told
    assert "没人投的" not in told
