"""Learning from people: what they judge, how well the reader does, when a finding falls silent."""

from bot.domain.learning.desk import LearningDesk
from bot.domain.learning.draw import heeded
from bot.domain.learning.spot import Copied, SpotDesk
from bot.domain.learning.values import COPY, Dice, Draw, Draws, Gates, LearningWork, Shown

__all__ = [
    "COPY",
    "Copied",
    "Dice",
    "Draw",
    "Draws",
    "Gates",
    "LearningDesk",
    "LearningWork",
    "Shown",
    "SpotDesk",
    "heeded",
]
