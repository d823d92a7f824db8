"""Values that the contract puts into the stores, and strings nobody should trip over."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.label import Finding, Label, Sample
from bot.domain.learning import Draw
from bot.domain.letter import Kind, Letter, Priority
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.people import Grant, Role
from bot.domain.second import Awaited
from bot.domain.talk import Alone, Heard, Mood, Reading

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOME, OTHER, NOWHERE = CommunityId("home"), CommunityId("other"), CommunityId("nowhere")
CHAT, SECOND, SUPER = ChatId(-100), ChatId(-200), ChatId(-1_000_000_000_100)
LIN, WANG, CHEN = MemberId(7), MemberId(8), MemberId(9)
WEEK = "2026-W48"
HOSTILE = (
    "'; DROP TABLE matters; --",
    '"signs":"',
    '{"key":"x",',
    "100%_/\\",
    "𠮷野家👨‍👩‍👧\u202e\u200b",
    "\x00\n\r\t",
    "",
)


def matter(
    id: str = "m1",
    number: int = 1,
    kind: MatterKind = MatterKind.QUESTION,
    stage: Stage = Stage.OPEN,
    created_at: datetime = NOW,
    closed_at: datetime | None = None,
    message: int | None = 5,
    text: str = "门禁坏了吗",
    **facts: str,
) -> Matter:
    """A question of Lin's in the group, kept by nobody yet."""
    return Matter(
        id,
        number,
        HOME,
        kind,
        stage,
        LIN,
        text,
        created_at,
        MappingProxyType(facts),
        closed_at=closed_at,
        office="property",
        chat=CHAT,
        message=message,
    )


def letter(
    id: str = "l1",
    to: ChatId = CHAT,
    key: str = "some.text",
    kind: Kind = Kind.SEND,
    priority: Priority = Priority.PRIVATE,
    about: str = "",
    not_before: datetime | None = None,
) -> Letter:
    """A letter to the group."""
    return Letter(id, to, key, kind=kind, priority=priority, about=about, not_before=not_before)


def heard(message: int, author: str = "a", at: datetime = NOW, asks: float = 0.9) -> Heard:
    """What was read in one message."""
    reading = Reading(mood=Mood.NEGATIVE, asks=asks, cues="HT", alone=Alone(asks=asks))
    return Heard(message, at, author, "", None, reading, "plain-1")


def label(
    message: int | None,
    truth: bool | None = True,
    audited: bool = False,
    week: str = WEEK,
    finding: Finding = Finding.QUESTION,
) -> Label:
    """What a manager says of a message."""
    chat = None if message is None else CHAT
    return Label(
        HOME, week, finding, True, truth, "manager", 0.9, "plain-1", audited, chat, message
    )


def sample(message: int | None, text: str = "门禁坏了吗", week: str = WEEK) -> Sample:
    """Words that are lent."""
    chat = None if message is None else CHAT
    return Sample(HOME, week, Finding.QUESTION, True, text, chat, message)


def lot(message: int, low: float, week: str = WEEK, finding: Finding = Finding.QUESTION) -> Draw:
    """A message that may be drawn, and its lot."""
    return Draw(HOME, week, finding, True, CHAT, message, low)


def grant(member: MemberId = CHEN, role: Role = Role.MANAGER, at: datetime = NOW) -> Grant:
    """A role at home."""
    return Grant(HOME, member, role, False, at)


def awaited(message: int, member: MemberId = LIN, chat: ChatId = CHAT) -> Awaited:
    """A text that waits for the second reader."""
    return Awaited(chat, message, member, f"听说北门要关？{message}")
