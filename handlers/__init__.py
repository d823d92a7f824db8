"""Every way in, and the one way out. ROLL is the table of contents."""

from handlers import (
    announce,
    audit,
    configure,
    doctor,
    groups,
    passing,
    privacy,
    roles,
    setup,
    start,
)
from handlers.feature import Feature

ROLL: tuple[Feature, ...] = (
    start.FEATURE,
    announce.FEATURE,
    setup.FEATURE,
    groups.FEATURE,
    roles.FEATURE,
    configure.FEATURE,
    privacy.FEATURE,
    audit.FEATURE,
    doctor.FEATURE,
    passing.FEATURE,
)
