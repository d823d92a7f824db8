"""Rumours: none stands, and none is judged without a human and a source."""

from bot.domain.rumour.desk import RumourDesk
from bot.domain.rumour.judge import JudgeDesk
from bot.domain.rumour.values import KIND, REMIND, Judgement, RumourWork

__all__ = ["KIND", "REMIND", "JudgeDesk", "Judgement", "RumourDesk", "RumourWork"]
