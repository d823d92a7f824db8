"""The week, told to residents and to those in charge."""

from bot.domain.digest.desk import DigestDesk, DigestWork
from bot.domain.digest.facts import Week, facts_of
from bot.domain.digest.values import MANAGERS, RESIDENTS

__all__ = ["MANAGERS", "RESIDENTS", "DigestDesk", "DigestWork", "Week", "facts_of"]
