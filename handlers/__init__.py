"""Every way in, and the one way out. ROLL is the table of contents."""

from handlers import announce, configure, groups, passing, roles, setup
from handlers.feature import Feature

ROLL: tuple[Feature, ...] = (
    announce.FEATURE,
    setup.FEATURE,
    groups.FEATURE,
    roles.FEATURE,
    configure.FEATURE,
    passing.FEATURE,
)
