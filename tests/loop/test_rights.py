"""Opting out and being forgotten reach everything that the loop keeps."""

import pytest

from bot.domain.basics import MemberId, pseudonyms
from bot.domain.hearing import author_code
from bot.domain.matter import MatterKind
from bot.sandbox.actors import Chat, User
from tests.played import KEY, Played


async def consulted(played: Played, chen: User, lin: User, group: Chat) -> None:
    await played.says(chen, "/consult 活动室周末开放")
    for words in ("没有材料", "不花钱", "3 天", "开始协商"):
        await played.taps(chen, words)
    await played.taps(lin, "反对（", group)
    await played.says(lin, "周末想安静些")


def read_of(played: Played, user: User, group: Chat) -> int:
    with played.database.work() as work:
        community = work.communities.all()[0].id
        code = author_code(pseudonyms(KEY), community, MemberId(user.id), work.now)
        heard = work.talk.last(group.id, 100)  # type: ignore[arg-type]  # a plain chat id
    return sum(one.author == code for one in heard)


async def test_what_was_read_of_somebody_goes_when_they_opt_out(
    played: Played, lin: User, group: Chat
) -> None:
    await played.says(lin, "今天天气真好", group)
    assert read_of(played, lin, group) == 1
    await played.says(lin, "/optout", group)
    assert read_of(played, lin, group) == 0


async def test_being_forgotten_leaves_questions_without_an_asker_and_votes_without_a_voter(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "物业在吗？2号楼门禁什么时候修好？", group)
    await consulted(played, chen, lin, group)
    await played.says(lin, "/mydata")
    assert played.shows(lin, "求助：1 件")
    assert played.shows(lin, "表态：1 次")
    await played.says(lin, "/forget")
    await played.taps(lin, "确认删除")
    assert read_of(played, lin, group) == 0
    with played.database.work() as work:
        community = work.communities.all()[0].id
        asked = work.matters.of_kind(community, MatterKind.QUESTION)[0]
        consult = work.matters.of_kind(community, MatterKind.CONSULT)[0]
        assert (asked.owner, "门禁" in asked.text) == (None, True)
        assert work.consultations.reasons(consult.id) == ()
        assert sum(work.consultations.tally(consult.id).values()) == 1
    with played.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.iterdump())
    assert str(lin.id) not in dump


async def test_a_keeper_who_is_forgotten_leaves_the_question_open(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "物业在吗？2号楼门禁什么时候修好？", group)
    await played.taps(li, "我来处理")
    await played.says(li, "/forget")
    await played.taps(li, "确认删除")
    await played.says(lin, "/my")
    assert played.shows(lin, "等待处理")


@pytest.mark.no_cover
async def test_words_are_gone_thirty_days_after_the_end(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await consulted(played, chen, lin, group)
    await played.says(lin, "物业在吗？2号楼门禁什么时候修好？", group)
    await played.says(chen, "/answer 2 周三修好，配件已经到了")
    await played.taps(lin, "解决了")
    with played.database.work() as work:
        played.service.tools.desks.privacy.begin(work)
    await played.later(days=32)
    played.database.checkpoint()
    raw = played.path.read_bytes()
    assert "2号楼门禁".encode() not in raw
    assert "周三修好".encode() in raw
