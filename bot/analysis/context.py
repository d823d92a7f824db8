"""What was heard just before, as numbers: the second look reads a message in its place."""

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from bot.analysis.named import spoken_of
from bot.domain.talk import Alone, Heard, Message

NEAREST, RECENT = 3, 8
MINUTE = 60.0
FADE, SPAN = 30 * MINUTE, 240 * MINUTE
UNTOLD = 5 * MINUTE
"""Seconds between messages where nobody says when they were written."""
NOTHING = (0.0,) * 4
WIDTH = NEAREST * 6 + 5 + 4 + 5


def context(message: Message, before: Sequence[Heard]) -> npt.NDArray[np.float32]:
    """The place of a message: `WIDTH` numbers, then those of `spoken_of`.

    The first are of the last three messages, the last hours, the speaker and the reply.
    """
    ages = _ages(message.at, before)
    weights = [math.exp(-age / FADE) for age in ages]
    near = [heard for heard, age in zip(before, ages, strict=True) if age < SPAN]
    numbers = [
        *_nearest(message, before, weights),
        *_hours([heard.reading.alone for heard in near]),
        *_own(message, near),
        *_replied(message, before),
    ]
    of_all = spoken_of(message, before, weights)
    return np.concatenate([np.array(numbers, np.float32), of_all])


def told_by(heard: Heard) -> tuple[object, ...]:
    """All that a context rests on of one message."""
    said, reading = (heard.author, heard.role, heard.reply_to), heard.reading
    return heard.message, heard.at, said, reading.names, reading.alone


def _ages(at: datetime | None, before: Sequence[Heard]) -> list[float]:
    """How many seconds ago each was said."""
    if at is None:
        return [UNTOLD * n for n in range(len(before), 0, -1)]
    return [max((at - heard.at).total_seconds(), 0.0) for heard in before]


def _alone(said: Alone) -> tuple[float, float, float, float]:
    return said.negative, said.positive, said.asks, said.claim


def _nearest(message: Message, before: Sequence[Heard], weights: Sequence[float]) -> list[float]:
    numbers: list[float] = []
    last = zip(before[: -NEAREST - 1 : -1], weights[: -NEAREST - 1 : -1], strict=True)
    for heard, weight in last:
        numbers += [number * weight for number in _alone(heard.reading.alone)]
        numbers += (weight, weight if _same(message, heard) else 0.0)
    return numbers + [0.0] * (NEAREST * 6 - len(numbers))


def _same(message: Message, heard: Heard) -> bool:
    return bool(message.author) and message.author == heard.author


def _hours(near: Sequence[Alone]) -> tuple[float, ...]:
    if not near:
        return (0.0,) * 5
    last = near[-RECENT:]
    return (
        max([said.claim for said in near]),
        sum([said.claim for said in last]) / len(last),
        max([said.asks for said in last]),
        sum([said.negative for said in last]) / len(last),
        sum([said.positive for said in last]) / len(last),
    )


def _own(message: Message, near: Sequence[Heard]) -> tuple[float, ...]:
    """What the same speaker said last."""
    for heard in reversed(near):
        if _same(message, heard):
            return _alone(heard.reading.alone)
    return NOTHING


def _replied(message: Message, before: Sequence[Heard]) -> tuple[float, ...]:
    if message.reply_to is not None:
        for heard in before:
            if heard.message == message.reply_to:
                return (*_alone(heard.reading.alone), 1.0)
    return (*NOTHING, 0.0)
