"""What the second reader finds comes back as an arrival of its own, and harms nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.analysis.semantic import Nobody, Second
from bot.domain.basics import ChatId
from bot.domain.matter import Matter
from bot.domain.second import Health, Scope
from bot.domain.talk import Mood
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.played import Played
from tests.semantic import fake
from tests.semantic.town import CHEN, MISSED, Silent, opened, rows

ASKED = "请问暖气几号来？"
HEARD = f"{fake.CLAIMS}暖气要停"


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Played]:
    second = Second(Scope.ALL, fake.COMMAND, seconds=20.0)
    played = Played(tmp_path, owner=CHEN, second=second)
    yield played
    await played.service.close()
    played.database.close()


@pytest.fixture
async def town(played: Played) -> tuple[Chat, User]:
    return await opened(played)


@pytest.fixture
def chen(played: Played, town: tuple[Chat, User]) -> User:
    return played.telegram.users[CHEN]


def matter_of(played: Played, group: Chat, message: int) -> Matter | None:
    with played.database.work() as work:
        return work.matters.said_at(ChatId(group.id), message)


async def test_a_missed_question_reaches_the_office_and_nothing_is_said_in_the_group(
    played: Played, town: tuple[Chat, User], chen: User
) -> None:
    group, lin = town
    before = len(played.reads(lin, group))
    said = await played.says(lin, MISSED, group)
    matter = matter_of(played, group, said.id)
    assert matter is not None
    assert matter.text == MISSED
    assert group.messages[said.id].reactions.get(played.bot.id, []) == []
    await played.later(minutes=31)
    assert played.shows(chen, "暖气片") == 1
    assert len(played.reads(lin, group)) == before
    with played.database.work() as work:
        heard = work.talk.get(ChatId(group.id), said.id)
    assert heard is not None
    assert (heard.reading.mood, heard.reading.asks) == (Mood.NEGATIVE, 0.9)


async def test_a_missed_claim_reaches_those_who_verify(
    played: Played, town: tuple[Chat, User], chen: User
) -> None:
    group, lin = town
    await played.says(lin, HEARD, group)
    assert played.shows(chen, "待核实 #1") == 1


async def test_polling_and_duplicates_know_nothing_of_these_rows(
    played: Played, town: tuple[Chat, User]
) -> None:
    group, lin = town
    await played.says(lin, MISSED, group)
    with played.database.work() as work:
        newest = work.arrivals.newest()
        assert work.arrivals.waiting(-1, 10) == []
        assert work.arrivals.pending() == 0
    assert newest is not None
    assert newest > 0
    assert [state for state, _ in rows(played.path)] == ["done"]
    await played.restart()
    with played.database.work() as work:
        assert work.arrivals.newest() == newest
    await played.says(lin, "早", group)
    assert [raw for _, raw in rows(played.path)] == [None, None]


async def test_the_same_thing_in_other_words_is_hinted_at_on_the_later_card(
    played: Played, town: tuple[Chat, User], chen: User
) -> None:
    group, lin = town
    await played.says(lin, ASKED, group)
    await played.says(lin, "请问暖管什么时候通？", group)
    await played.says(lin, "请问门禁坏了找谁？", group)
    await played.later(minutes=31)
    hinted = [text for text in played.reads(chen) if "可能和 #1" in text]
    assert len(hinted) == 1
    assert "暖管" in hinted[0]
    await played.says(lin, HEARD, group)
    await played.says(lin, f"{fake.CLAIMS}今年没暖了", group)
    claims = [text for text in played.reads(chen) if "待核实" in text and "可能和 #4" in text]
    assert len(claims) == 1


async def test_what_a_person_decided_is_not_undone(
    played: Played, town: tuple[Chat, User], chen: User
) -> None:
    group, lin = town
    said = await played.says(lin, ASKED, group)
    await played.later(minutes=31)
    await played.taps(chen, "不是问题")
    play.edit(played.telegram, lin, group, said.id, MISSED)
    await played.settle()
    matter = matter_of(played, group, said.id)
    assert matter is not None
    assert matter.fact("verdict") == "none"
    assert matter.text == ASKED
    assert played.shows(chen, "新问题") == 0


async def test_a_bad_text_costs_only_its_second_reading(tmp_path: Path) -> None:
    async def at_once(seconds: float) -> None:
        """No pause in tests."""

    second = Second(Scope.ALL, fake.COMMAND, seconds=20.0, sleep=at_once)
    played = Played(tmp_path, owner=CHEN, second=second)
    group, lin = await opened(played)
    died = await played.says(lin, f"{MISSED}{fake.DIES}", group)
    told = await played.says(lin, MISSED, group)
    assert matter_of(played, group, died.id) is None
    assert matter_of(played, group, told.id) is not None
    assert [raw for _, raw in rows(played.path)] == [None, None]
    await played.service.close()


async def test_whoever_opted_out_is_never_handed_over(tmp_path: Path) -> None:
    silent = Silent()
    silent.gate.set()
    played = Played(tmp_path, owner=CHEN, second=silent)
    group, lin = await opened(played)
    await played.says(lin, "/optout", group)
    await played.says(lin, MISSED, group)
    assert silent.asked == []
    await played.says(lin, "/optin", group)
    await played.says(lin, MISSED, group)
    assert silent.asked == [MISSED]


async def test_with_questions_only_plain_talk_is_not_handed_over(tmp_path: Path) -> None:
    silent = Silent()
    silent.gate.set()
    silent.scope = Scope.QUESTIONS
    played = Played(tmp_path, owner=CHEN, second=silent)
    group, lin = await opened(played)
    await played.says(lin, "今天的晚霞真好看呀", group)
    assert silent.asked == []
    await played.says(lin, ASKED, group)
    assert silent.asked == [ASKED]


async def test_the_doctor_says_how_the_second_reader_is(
    played: Played, town: tuple[Chat, User], chen: User
) -> None:
    await played.says(chen, "/doctor")
    assert played.shows(chen, "第二遍细读在工作") == 1
    for health, words in (
        (Health.OFF, "第二遍细读已关闭"),
        (Health.ABSENT, "没有装第二遍细读"),
        (Health.GAVE_UP, "第二遍细读出错"),
    ):
        played.second = Nobody(health)
        await played.restart()
        await played.says(chen, "/doctor")
        assert played.shows(chen, words) == 1
