"""The verdicts there are, and what rumours need of the stores."""

from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.matter import Matter, Stage
from bot.domain.question.values import QuestionWork

KIND, REMIND = "rumour", "rumour.remind"
LISTED = 8
"""Claims that one list shows."""
FIRST_LINE = timedelta(minutes=30)
TOLD_AGAIN = timedelta(days=7)
WORDS, SOURCE = 600, 200
UNJUDGED = frozenset({Stage.OPEN, Stage.CHECKING})


class Judgement(StrEnum):
    """What a person found out."""

    TRUE = "true"
    FALSE = "false"
    PARTLY = "partly"
    UNKNOWN = "unknown"


class RumourWork(QuestionWork, Protocol):
    """The stores that rumours need."""


def letter_of(matter: Matter) -> str:
    """The one message in the group, if there is one."""
    return matter.fact("letter")
