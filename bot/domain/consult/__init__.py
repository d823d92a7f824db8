"""Consultations: a question of the community, everybody's stance, an outcome that answers."""

from bot.domain.consult.desk import ConsultDesk
from bot.domain.consult.draft import ConsultDraftDesk
from bot.domain.consult.outcome import OutcomeDesk
from bot.domain.consult.promise import PromiseDesk
from bot.domain.consult.values import CLOSE, FORM, PROMISE, REVIEW, ConsultWork, Stance

__all__ = [
    "CLOSE",
    "FORM",
    "PROMISE",
    "REVIEW",
    "ConsultDesk",
    "ConsultDraftDesk",
    "ConsultWork",
    "OutcomeDesk",
    "PromiseDesk",
    "Stance",
]
