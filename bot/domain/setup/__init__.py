"""Opening a community: three steps in private chat, and one notice in the group."""

from bot.domain.setup.desk import LEAVE, SetupDesk
from bot.domain.setup.work import Place, SetupWork

__all__ = ["LEAVE", "Place", "SetupDesk", "SetupWork"]
