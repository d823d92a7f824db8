"""The second reader: what it is asked, what it finds, and what may come of that."""

from bot.domain.doctor import Health
from bot.domain.second.desk import SecondDesk
from bot.domain.second.values import (
    Asked,
    Awaited,
    Found,
    Scope,
    SecondReader,
    Waits,
    wanted,
)

__all__ = [
    "Asked",
    "Awaited",
    "Found",
    "Health",
    "Scope",
    "SecondDesk",
    "SecondReader",
    "Waits",
    "wanted",
]
