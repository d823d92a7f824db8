"""What was heard just before, as numbers: the second look reads a message in its place."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.domain.talk import Alone, Heard, Message

NEAREST, RECENT = 3, 8
FADE = timedelta(minutes=30)
SPAN = timedelta(hours=4)
UNTOLD = timedelta(minutes=5)
"""How far apart messages are taken to be where nobody says when they were written."""
WIDTH = NEAREST * 6 + 5 + 4 + 5


def context(message: Message, before: Sequence[Heard]) -> npt.NDArray[np.float32]:
    """`WIDTH` numbers: the last three messages, the last hours, the speaker, the reply."""
    ages = _ages(message.at, before)
    near = [(heard, age) for heard, age in zip(before, ages, strict=True) if age < SPAN]
    numbers = [
        *_nearest(message, before, ages),
        *_hours([heard for heard, _ in near]),
        *_own(message, near),
        *_replied(message, before),
    ]
    return np.array(numbers, np.float32)


def _ages(at: datetime | None, before: Sequence[Heard]) -> list[timedelta]:
    count = len(before)
    return [
        (count - n) * UNTOLD if at is None or heard.at is None else max(at - heard.at, timedelta())
        for n, heard in enumerate(before)
    ]


def _alone(said: Alone, weight: float = 1.0) -> tuple[float, ...]:
    return said.negative * weight, said.positive * weight, said.asks * weight, said.claim * weight


def _nearest(message: Message, before: Sequence[Heard], ages: Sequence[timedelta]) -> list[float]:
    numbers: list[float] = []
    for back in range(1, NEAREST + 1):
        if back > len(before):
            numbers += [0.0] * 6
            continue
        heard, weight = before[-back], math.exp(-ages[-back] / FADE)
        same = weight if _same(message, heard) else 0.0
        numbers += [*_alone(heard.reading.alone, weight), weight, same]
    return numbers


def _same(message: Message, heard: Heard) -> bool:
    return bool(message.author) and message.author == heard.author


def _hours(near: Sequence[Heard]) -> tuple[float, ...]:
    if not near:
        return (0.0,) * 5
    alone = [heard.reading.alone for heard in near]
    last = alone[-RECENT:]
    return (
        max(said.claim for said in alone),
        sum(said.claim for said in last) / len(last),
        max(said.asks for said in last),
        sum(said.negative for said in last) / len(last),
        sum(said.positive for said in last) / len(last),
    )


def _own(message: Message, near: Sequence[tuple[Heard, timedelta]]) -> tuple[float, ...]:
    own = [heard for heard, _ in near if _same(message, heard)]
    return _alone(own[-1].reading.alone) if own else (0.0,) * 4


def _replied(message: Message, before: Sequence[Heard]) -> tuple[float, ...]:
    if message.reply_to is not None:
        for heard in before:
            if heard.message == message.reply_to:
                return (*_alone(heard.reading.alone), 1.0)
    return (0.0,) * 5
