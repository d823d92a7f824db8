"""What a question needs of the stores, and where it was said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.audit import Audit
from bot.domain.basics import ChatId
from bot.domain.community import Communities, Forms
from bot.domain.due import Dues
from bot.domain.label import Labels
from bot.domain.letter import Letters, Noise
from bot.domain.matter import Matter, Matters, Stage
from bot.domain.people import People
from bot.domain.talk import Talk
from bot.domain.touch import Boards

KIND = "question"
CARD, OVERDUE, SETTLE, STALE = (
    "question.card",
    "question.overdue",
    "question.settle",
    "question.stale",
)
PATIENCE, SILENCE = timedelta(minutes=30), timedelta(hours=72)
FORGOTTEN, REOPENS = timedelta(days=180), timedelta(days=7)
WAITING = frozenset({Stage.OPEN, Stage.TAKEN})
OPEN_STAGES = WAITING | {Stage.ANSWERED}
WORDS = 1_000


class QuestionWork(Protocol):
    """The stores that questions need."""

    now: datetime

    @property
    def audit(self) -> Audit: ...
    @property
    def boards(self) -> Boards: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def matters(self) -> Matters: ...
    @property
    def noise(self) -> Noise: ...
    @property
    def people(self) -> People: ...
    @property
    def talk(self) -> Talk: ...


@dataclass(frozen=True, slots=True)
class Said:
    """Where in a group something was said."""

    chat: ChatId
    message: int
    topic: int | None = None


def is_waiting(matter: Matter) -> bool:
    """Nobody has answered yet."""
    return matter.stage in WAITING
