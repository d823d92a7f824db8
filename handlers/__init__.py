"""Every way in, and the one way out. ROLL is the table of contents."""

from handlers import groups, passing
from handlers.feature import Feature

ROLL: tuple[Feature, ...] = (groups.FEATURE, passing.FEATURE)
