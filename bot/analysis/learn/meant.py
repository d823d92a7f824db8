"""Learns the table of meanings: kernel ridge regression over every finding at once.

All messages are learned from; the places of only some are kept, and what is said of any other is
a weighted sum over those (Williams, Seeger 2001, "Using the Nyström method to speed up kernel
machines", NIPS).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve

from bot.analysis.first import MOODS
from bot.analysis.learn.first import Example, Table
from bot.analysis.meant import STEEP, TOLD, known, place, weight

RIDGE, RARER = 0.3, 0.7
"""How small the worth of messages is held, and how much more messages of rarer moods count."""
EVEN, EVEN_CUE = 0.5, 0.1
"""The share of full worth at which a finding is as likely as not; cues are rare."""
KEPT, FIRM = 8_000, 0.03
"""How many places are kept; what keeps those that lie close together apart in the sums."""
Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Part:
    """Messages of which everything must be known, with their meanings and signs."""

    examples: Sequence[Example]
    meanings: Rows
    signs: Rows


class Lesson:
    """All that is learned from, in parts, so that each may be left out without a new beginning."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        meanings = np.concatenate([part.meanings for part in parts.values()])
        self._centre, spread = meanings.mean(axis=0), meanings.std(axis=0)
        self._spread = spread + np.float32(1e-6)
        places = {name: self._placed(part) for name, part in parts.items()}
        whole = np.concatenate(list(places.values()))
        self._scale = (np.abs(whole).max(axis=0) / 127 + 1e-12).astype(np.float32)
        self._small = self._made_small(whole)[_kept(len(whole))]
        self._kept = known(self._small, self._scale)
        examples = [one for part in parts.values() for one in part.examples]
        truth, self._weights = _truth(examples), _weights(examples)
        self._middle = truth.mean(axis=0)
        self._parts = {name: (places[name], part.examples) for name, part in parts.items()}
        self._whole = _added(self._sums(name) for name in parts)

    def table(self, without: str | None = None) -> Table:
        """The table of all parts, or of all but one."""
        squares, sums = self._whole
        if without is not None:
            its_squares, its_sums = self._sums(without)
            squares, sums = squares - its_squares, sums - its_sums
        squares = squares.astype(np.float64) + RIDGE * _near(self._kept, self._kept)
        squares[np.diag_indices(len(squares))] += FIRM
        factor = cho_factor(squares, lower=True, overwrite_a=True, check_finite=False)
        worth: Any = cho_solve(factor, sums.astype(np.float64), check_finite=False)
        return {
            "centre": self._centre,
            "spread": self._spread,
            "places": self._small,
            "scale": self._scale,
            "worth": (worth * STEEP).astype(np.float16),
            "bias": ((self._middle - _even()) * STEEP).astype(np.float32),
        }

    def _placed(self, part: Part) -> Rows:
        pairs = zip(part.meanings, part.signs, strict=True)
        return np.array([place(one, beside, self._centre, self._spread) for one, beside in pairs])

    def _made_small(self, places: Rows) -> npt.NDArray[np.int8]:
        small: npt.NDArray[np.int8] = np.round(places / self._scale).astype(np.int8)
        return small

    def _sums(self, name: str) -> tuple[Rows, Rows]:
        """What one part adds to the equations of least squares."""
        places, examples = self._parts[name]
        near = _near(known(self._made_small(places), self._scale), self._kept)
        moods = [one.known["mood"] for one in examples]
        weighed: Rows = near.T * self._weights[moods]
        return weighed @ near, weighed @ (_truth(examples) - self._middle)


def _truth(chosen: Sequence[Example]) -> Rows:
    """One column a finding."""
    told = [{**one.known, f"mood{MOODS[one.known['mood']]}": 1} for one in chosen]
    return np.array([[known.get(name, 0) for name in TOLD] for known in told], np.float32)


def _even() -> Rows:
    return np.array([EVEN_CUE if name.startswith("cue") else EVEN for name in TOLD], np.float32)


def _weights(chosen: Sequence[Example]) -> Rows:
    """How much an example of each mood counts."""
    moods = np.array([one.known["mood"] for one in chosen])
    often = np.bincount(moods, minlength=len(MOODS)) / len(moods)
    weights = np.maximum(often, 1 / len(moods)) ** -RARER
    return np.asarray(weights / weights[moods].mean(), np.float32)


def _kept(count: int) -> npt.NDArray[np.intp]:
    """Which messages' places are kept, drawn from a seed."""
    drawn = np.random.default_rng(7).permutation(count)[:KEPT]
    return np.sort(drawn)


def _near(places: Rows, others: Rows) -> Rows:
    """How near each place is to each other one."""
    squares, beside = (places**2).sum(1), (others**2).sum(1)
    return weight(squares[:, None] + beside - 2 * (places @ others.T))


def _added(sums: Iterator[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    """The sum of each of the two; they are large, so only one pair more is held at a time."""
    squares, products = next(sums)
    for more, further in sums:
        squares += more
        products += further
    return squares, products
