"""What whoever runs the bot may choose: one file and the environment, checked at the door."""

from bot.settings.door import load
from bot.settings.key import load_or_make_key
from bot.settings.refused import BadSettings
from bot.settings.sections import Settings

__all__ = ["BadSettings", "Settings", "load", "load_or_make_key"]
