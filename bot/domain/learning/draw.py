"""Chance draws messages for the weekly spot check; what is switched off is left alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.basics import CommunityId
from bot.domain.community import Communities
from bot.domain.label import FLAGS, Finding, week_of
from bot.domain.learning.values import DRAWN, KEPT, Dice, Draw, Draws, Gates, Shown
from bot.domain.question.values import Said
from bot.domain.talk import Flag, Reading, flags_for

EACH, HALF = 20, 10
"""So many flagged and so many other messages a week; claims take half unless there is room."""


class HeedWork(Protocol):
    """The stores that hearing needs to draw and to leave alone."""

    now: datetime

    @property
    def communities(self) -> Communities: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def gates(self) -> Gates: ...


def heeded(
    work: HeedWork, community: CommunityId, said: Said, reading: Reading, dice: Dice | None
) -> frozenset[Flag]:
    """The flags of a neighbour's message that are switched on; with dice it may be drawn.

    The draw goes on for a finding that is switched off, so that one can see whether it is better.
    A sign of danger is not drawn: it has its card, and is no missed question.
    """
    known = None if dice is None else work.communities.get(community)
    flags = flags_for(reading)
    if dice is not None and known is not None and known.audits and not reading.hazard:
        week = week_of(work.now, known.zone)
        place = (said.chat, said.message)
        lots = tuple(
            Draw(community, week, each, FLAGS[each] in flags, *place, dice()) for each in DRAWN
        )
        work.draws.offer(lots, KEPT)
    return flags - {FLAGS[each] for each in work.gates.off(community)} if flags else flags


def chosen(draws: Sequence[Draw]) -> tuple[Draw, ...]:
    """What is shown of a week: at most 20 flagged and 20 others, in an order that tells nothing.

    The lowest lots come first. Every stratum keeps its lowest lots, so that what is shown of it
    is a random sample of all its messages.
    """
    usable = sorted((d for d in draws if d.state is not Shown.LOST), key=lambda d: d.lot)
    taken: list[Draw] = []
    for side in (True, False):
        claims = [d for d in usable if d.flagged is side and d.finding is Finding.CLAIM]
        asks = [d for d in usable if d.flagged is side and d.finding is Finding.QUESTION]
        claims = claims[: max(HALF, EACH - len(asks))]
        taken += [*claims, *asks[: EACH - len(claims)]]
    return tuple(sorted(taken, key=lambda d: d.lot))
