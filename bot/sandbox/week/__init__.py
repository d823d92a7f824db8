"""A seeded week of a small community, 春晖里, for the demo and for headless runs."""

from bot.sandbox.week.player import OWNER, play

__all__ = ["OWNER", "play"]
