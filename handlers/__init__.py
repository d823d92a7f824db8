"""Every way in, and the one way out. ROLL is the table of contents."""

from handlers import (
    announce,
    audit,
    board,
    configure,
    consult,
    digest,
    doctor,
    groups,
    importing,
    passing,
    poll,
    privacy,
    question,
    roles,
    rumour,
    setup,
    start,
    talk,
)
from handlers.feature import Feature

ROLL: tuple[Feature, ...] = (
    start.FEATURE,
    talk.FEATURE,
    question.FEATURE,
    rumour.FEATURE,
    announce.FEATURE,
    poll.FEATURE,
    consult.FEATURE,
    board.FEATURE,
    digest.FEATURE,
    importing.FEATURE,
    setup.FEATURE,
    groups.FEATURE,
    roles.FEATURE,
    configure.FEATURE,
    privacy.FEATURE,
    audit.FEATURE,
    doctor.FEATURE,
    passing.FEATURE,
)
