"""Figures of a measurement, each with what it would be had other texts been drawn."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import fmean
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Thing = TypeVar("Thing")
DRAWS = 100
PUBLIC = "public corpora, the same method learned from one part, asked of another"
OURS = "plain"
Places = npt.NDArray[np.intp]
Measure = Callable[[Any, Any], float]
"""What it makes of the truth and what was said, one of each a text."""
Asked = tuple[Any, Mapping[str, Any]]
"""The truth of some texts, and what each reader said of them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with a 95 % interval from drawing anew what it rests on."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """One figure: what was measured, on how many texts, the figure, and its mark.

    `others` are the figures of readers that ours is measured against; `with_meaning` is the mark
    of a reader that weighs meanings.
    """

    name: str
    count: int
    found: Interval
    mark: float | None = None
    below: bool = False
    with_meaning: float | None = None
    others: Mapping[str, float] = field(default_factory=dict)
    data: str = PUBLIC


def drawn(measures: Sequence[Callable[[Places], float]], counts: Sequence[int]) -> Interval:
    """The mean of some measures, each of so many things, given by their places.

    A draw of which a figure cannot be told is left out.
    """
    chance = np.random.default_rng(7)
    groups = list(zip(measures, counts, strict=True))
    value = fmean(measure(np.arange(count)) for measure, count in groups)
    draws = [
        fmean(measure(chance.integers(count, size=count)) for measure, count in groups)
        for _ in range(DRAWS)
    ]
    known = [draw for draw in draws if not math.isnan(draw)] or [value]
    low, high = np.quantile(known, [0.025, 0.975]).tolist()
    return Interval(value, low, high)


def figure(
    name: str,
    measure: Measure,
    parts: Sequence[Asked],
    mark: float | None = None,
    below: bool = False,
    data: str = PUBLIC,
) -> Score:
    """The mean over some parts of one figure, of ours and of the others."""
    arrays = [
        (np.array(truth), {name: np.array(said) for name, said in by_reader.items()})
        for truth, by_reader in parts
    ]

    def at(truth: Any, said: Any, places: Places) -> float:
        return measure(truth[places], said[places])

    ours = [partial(at, truth, said[OURS]) for truth, said in arrays]
    others = {
        reader: fmean(measure(truth, said[reader]) for truth, said in arrays)
        for reader in arrays[0][1]
        if reader != OURS
    }
    counts = [len(truth) for truth, _ in arrays]
    return Score(name, sum(counts), drawn(ours, counts), mark, below, others=others, data=data)


def over_writers(
    name: str,
    count: int,
    measure: Callable[[list[Thing]], float],
    by_writer: Sequence[Sequence[Sequence[Thing]]],
    mark: float | None = None,
    with_meaning: float | None = None,
) -> Score:
    """The mean over writers of one figure, whose chats are drawn anew; each has its things."""

    def at(chats: Sequence[Sequence[Thing]], places: Places) -> float:
        return measure([thing for place in places.tolist() for thing in chats[place]])

    measures = [partial(at, chats) for chats in by_writer]
    found = drawn(measures, list(map(len, by_writer)))
    return Score(name, count, found, mark, with_meaning=with_meaning)


def share(truth: Any, said: Any) -> float:
    """How many were said to be so, whatever they are."""
    return float(np.mean(said))
