"""Questions: none dies silently."""

from bot.domain.question.answer import AnswerDesk
from bot.domain.question.desk import QuestionDesk
from bot.domain.question.values import CARD, KIND, OVERDUE, SETTLE, STALE, QuestionWork, Said

__all__ = [
    "CARD",
    "KIND",
    "OVERDUE",
    "SETTLE",
    "STALE",
    "AnswerDesk",
    "QuestionDesk",
    "QuestionWork",
    "Said",
]
