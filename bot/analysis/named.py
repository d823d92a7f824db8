"""Who was spoken of just before, and who spoke: whoever judges often names nobody."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bot.analysis.first import ACTORS, Vector
from bot.analysis.roles import office_of
from bot.domain.talk import Heard, Message

NEAREST, RECENT = 3, 8
LAST, NEAR, LATELY, SPOKE, SPEAKS, OWN, REPLIED, SHARE = range(8)
NUMBERS = 8
"""What is told of each actor; the first six fade with the age of what was said."""


def named_in(found: Collection[str]) -> tuple[str, ...]:
    """The actors whose marks a text carries."""
    return tuple([actor for actor in ACTORS if actor in found])


def spoken_of(message: Message, before: Sequence[Heard], weights: Sequence[float]) -> Vector:
    """`NUMBERS` of each actor, one actor after the other, as the newest messages tell them.

    `weights` say how little time has faded each message of `before`, from 0 to 1.
    """
    told = _told(message, before, weights)
    numbers = np.zeros((len(ACTORS), NUMBERS), np.float32)
    for n, actor in enumerate(ACTORS):
        if actor in told:
            told[actor][SHARE] /= len(before)
            numbers[n] = told[actor]
    return numbers.ravel()


def _told(
    message: Message, before: Sequence[Heard], weights: Sequence[float]
) -> Mapping[str, list[float]]:
    """The numbers of those who were spoken of at all; `SHARE` is still a count."""
    told: dict[str, list[float]] = defaultdict(lambda: [0.0] * NUMBERS)
    author = message.author or None
    for back, (heard, weight) in enumerate(zip(reversed(before), reversed(weights), strict=True)):
        names, office = heard.reading.names, heard.role and office_of(heard.role)
        for name in names:
            _named(told[name], back, weight)
        if office and back < RECENT:
            _spoke(told[office], back, weight)
        if heard.author == author:
            author = None
            for name in names:
                told[name][OWN] = weight
        if heard.message == message.reply_to:
            for name in (*names, office) if office else names:
                told[name][REPLIED] += 1
    return told


def _named(row: list[float], back: int, weight: float) -> None:
    row[SHARE] += 1
    if back == 0:
        row[LAST] = weight
    if back < NEAREST:
        row[NEAR] = max(row[NEAR], weight)
    if back < RECENT:
        row[LATELY] += weight


def _spoke(row: list[float], back: int, weight: float) -> None:
    if back == 0:
        row[SPOKE] = weight
    row[SPEAKS] = max(row[SPEAKS], weight)
