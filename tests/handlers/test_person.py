"""A person's own side: welcome, language, large letters, privacy, and being forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.basics import CommunityId, MemberId, pseudonyms
from bot.domain.letter import State
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.handlers.test_setup import OWNER, opens
from tests.played import KEY, Played


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Played]:
    played = await Played(tmp_path, owner=OWNER).start()
    yield played
    played.database.close()


@pytest.fixture
def chen(played: Played) -> User:
    return played.person("陈雪", id=OWNER)


@pytest.fixture
def lin(played: Played) -> User:
    return played.person("林悦", id=987_654_321)


@pytest.fixture
async def group(played: Played, chen: User, lin: User) -> Chat:
    group = played.group("春晖里1群", chen, lin)
    await opens(played, chen, group)
    return group


def community(played: Played) -> CommunityId:
    with played.database.work() as work:
        return work.communities.all()[0].id


async def test_start_welcomes_and_every_button_answers(
    played: Played, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    assert played.shows(lin, "我是邻声")
    for words in ("30 秒了解", "选我的楼"):
        await played.taps(lin, words)
    await played.taps(lin, "3")
    assert played.shows(lin, "3 号楼")
    with played.database.work() as work:
        (known,) = work.people.memberships(MemberId(lin.id))
    assert known.building == "3"


async def test_the_language_changes_at_once(played: Played, lin: User) -> None:
    await played.starts(lin)
    await played.says(lin, "/lang")
    await played.taps(lin, "English")
    assert played.shows(lin, "I will speak English")
    await played.says(lin, "/help")
    assert played.shows(lin, "I can help you")


async def test_in_traditional_script_everything_is_traditional(played: Played) -> None:
    hua = played.person("阿華", language_code="zh-hant")
    await played.starts(hua)
    assert played.shows(hua, "您好，我是鄰聲")


async def test_elderly_people_get_short_lines_and_wide_buttons(played: Played, lin: User) -> None:
    await played.starts(lin)
    await played.says(lin, "大字")
    await played.says(lin, "帮助")
    last = [m for m in played.sees(lin) if m["from"]["bot"]][-1]
    assert all(len(line) <= 18 for line in last["text"].split("\n"))
    assert len(last["text"].split("\n")) <= 6
    assert all(len(row) == 1 for row in last["buttons"])
    assert len(last["buttons"]) <= 4


@pytest.mark.parametrize("text", ["在吗", "/nonsense", "\u202eabc", "a" + "\u0301" * 500])
async def test_whatever_is_said_in_private_there_is_an_answer(
    played: Played, lin: User, text: str
) -> None:
    await played.starts(lin)
    before = len(played.reads(lin))
    await played.says(lin, text)
    assert len(played.reads(lin)) == before + 1


async def test_a_voice_message_gets_a_polite_answer_and_a_group_stays_silent(
    played: Played, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    voice = play.upload(played.telegram, "voice", b"x")
    await played.says(lin, "", body=voice)
    assert played.shows(lin, "语音")
    before = played.reads(lin, group)
    await played.says(lin, "", group, body=voice)
    assert played.reads(lin, group) == before


async def test_opting_out_under_the_notice_works_at_once_and_back_again(
    played: Played, lin: User, group: Chat
) -> None:
    assert "不分析" in await played.taps(lin, "不要分析我", group)
    with played.database.work() as work:
        assert work.people.membership(work.communities.all()[0].id, MemberId(lin.id)).opted_out
    await played.says(lin, "/optin", group)
    with played.database.work() as work:
        assert not work.people.membership(work.communities.all()[0].id, MemberId(lin.id)).opted_out


async def test_my_data_shows_what_is_kept_and_nothing_of_others(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    await played.taps(lin, "选我的楼")
    await played.taps(lin, "2")
    await played.says(lin, "/mydata")
    assert played.shows(lin, "楼栋：2")
    await played.taps(lin, "导出一份")
    assert played.shows(lin, str(lin.id))
    assert not played.shows(lin, str(chen.id))


async def test_personal_commands_in_a_group_are_answered_in_private(
    played: Played, lin: User, group: Chat
) -> None:
    await played.says(lin, "/forget", group)
    assert played.shows(lin, "私聊我办", group)


async def test_whoever_is_forgotten_is_in_no_byte_of_the_file(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    await played.taps(lin, "选我的楼")
    await played.taps(lin, "2")
    await played.says(chen, "/announce 停水")
    await played.taps(chen, "现在发")
    await played.taps(lin, "知道了", group)
    await played.taps(lin, "家里有困难", group)
    await played.taps(lin, "送水")
    code = pseudonyms(KEY)(community(played), MemberId(lin.id))
    await played.says(lin, "/forget")
    await played.taps(lin, "确认删除")
    assert played.shows(lin, "回执")
    played.database.checkpoint()
    raw = played.path.read_bytes()
    assert str(lin.id).encode() not in raw
    assert lin.id.to_bytes(4, "big") not in raw
    with played.database.engine.connect() as connection:
        kept = connection.exec_driver_sql(
            "SELECT count(*) FROM acknowledgements WHERE code = ?", (code,)
        ).scalar_one()
        total = connection.exec_driver_sql("SELECT count(*) FROM acknowledgements").scalar_one()
    assert (kept, total) == (0, 1)


async def test_the_only_owner_hands_over_first(played: Played, chen: User, group: Chat) -> None:
    await played.says(chen, "/forget")
    assert played.shows(chen, "唯一的负责人")


async def test_residents_see_what_was_done_and_the_owner_every_row(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.starts(lin)
    await played.says(lin, "/audit")
    assert played.shows(lin, "setup：1 次")
    await played.says(chen, "/audit")
    assert played.shows(chen, "链条完整")


async def test_the_owner_can_ask_how_the_bot_is_doing(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    with played.database.work() as work:
        played.service.tools.desks.privacy.begin(work)
    await played.says(chen, "/doctor")
    assert played.shows(chen, "✔ 春晖里1群：一切正常")
    assert not played.shows(chen, "✖")
    await played.starts(lin)
    await played.says(lin, "/doctor")
    assert not played.shows(lin, "自检")


async def test_words_are_swept_away_in_time(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    with played.database.work() as work:
        played.service.tools.desks.privacy.begin(work)
    await played.says(lin, "秘密词汇一二三", group)
    await played.later(days=2)
    with played.database.work() as work:
        assert work.letters.count(State.PENDING) == 0
    played.database.checkpoint()
    assert "秘密词汇".encode() not in played.path.read_bytes()
    assert b"\\u79d8\\u5bc6" not in played.path.read_bytes()


async def test_the_menus_are_short_and_speak_two_languages(played: Played) -> None:
    from handlers.start import publish_menus

    await publish_menus(played.service.bot)
    assert len(played.bot.commands) == 6
    assert all(len(commands) <= 7 for commands in played.bot.commands.values())
