"""The reader hears what it reads next: talk of people who are read, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from telegram import Update

from bot.analysis import PlainReader
from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.community import Community, Group, GroupState
from bot.domain.people import Membership
from bot.domain.talk import Coming
from handlers.intake.ahead import look_ahead
from handlers.intake.order import TOGETHER
from storage.database import Database
from tests.handlers.frame import START, Frame
from tests.telegram import heard, tapped

GROUP, PAUSED, LIN, WANG = -100, -200, 21, 22
HOME = CommunityId("home")


class Listening(PlainReader):
    """Notes what it is told ahead."""

    def __init__(self, error: Exception | None = None) -> None:
        self.told: list[list[str]] = []
        self._error = error

    def ahead(self, coming: Sequence[Coming]) -> None:
        self.told.append([message.text for chat in coming for message in chat.messages])
        if self._error is not None:
            raise self._error


@pytest.fixture
async def frame(tmp_path: Path) -> Frame:
    frame = await Frame(tmp_path).start()
    opened(frame.database)
    return frame


def opened(database: Database) -> None:
    """A community with one group that is listened to, one that is not, and 王 who opted out."""
    with database.work() as work:
        work.communities.put(Community(HOME, "春晖里", "zh-Hans", "Asia/Shanghai", START))
        for chat, state in ((GROUP, GroupState.ACTIVE), (PAUSED, GroupState.PAUSED)):
            work.communities.put_group(Group(ChatId(chat), HOME, "群", state, since=START))
        work.people.put_membership(Membership(HOME, MemberId(WANG), opted_out=True))


def told(frame: Frame, *updates: object) -> list[str]:
    reader = Listening()
    parsed = [Update.de_json(one, frame.service.bot) for one in updates]  # type: ignore[arg-type]  # updates of the tests
    look_ahead(frame.database, frame.desks.hearing, reader, parsed)
    return reader.told[-1]


async def test_talk_in_a_group_is_named(frame: Frame) -> None:
    assert told(frame, heard(1, GROUP, LIN, "几点停水"), heard(2, GROUP, LIN, "收到")) == [
        "几点停水",
        "收到",
    ]


@pytest.mark.parametrize(
    "update",
    [
        heard(1, GROUP, WANG, "我不想被读"),
        heard(1, PAUSED, LIN, "暂停了"),
        heard(1, -300, LIN, "不认识的群"),
        heard(1, LIN, LIN, "私聊"),
        heard(1, GROUP, LIN, "/ask 几点停水"),
        heard(1, GROUP, LIN, "频道", sender_chat={"id": -5, "type": "channel", "title": "c"}),
        tapped(1, GROUP, LIN, "x"),
    ],
)
async def test_nothing_else_is(frame: Frame, update: dict[str, object]) -> None:
    assert told(frame, update) == []


async def test_a_reader_that_stumbles_ahead_holds_nothing_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    frame = Frame(tmp_path)
    frame.reader = Listening(ValueError("几点停水"))
    await frame.start()
    opened(frame.database)
    await frame.takes(heard(1, GROUP, LIN, "几点停水"), heard(2, GROUP, LIN, "收到"))
    with frame.database.work() as work:
        assert [work.arrivals.count(state) for state in ("pending", "done")] == [0, 2]
    assert "looking ahead: ValueError" in caplog.text
    assert "几点停水" not in caplog.text


async def test_when_all_is_read_the_reader_is_told_of_nothing_more(tmp_path: Path) -> None:
    frame = Frame(tmp_path)
    frame.reader = reader = Listening()
    await frame.start()
    opened(frame.database)
    await frame.takes(*(heard(n, GROUP, LIN, f"第{n}句") for n in range(1, TOGETHER + 6)))
    assert [len(some) for some in reader.told] == [TOGETHER, 5, 0]
