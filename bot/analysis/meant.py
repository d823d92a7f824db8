"""What a message says by its meaning: how near it is to each message that was learned from.

Kernel ridge regression over radial basis functions. A place is the meaning (a unit vector of an
embedding, each number put to scale) with the signs beside it; a message that was learned from
weighs exp(-NARROW d²) at the distance d of the two places.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.first import FINDINGS, PLACE, Vector, signs

TOLD = tuple(name for name in FINDINGS if name != "complaint")
"""What is told by meanings: complaints are not, only other texts are labelled with them."""
AT = np.array([PLACE[name] for name in TOLD])
NARROW = np.float32(0.7)
STEEP = 6.0
"""How many logits lie between a message that says a thing for certain and one that does not."""


class MeantTable:
    """The places of labelled messages and what each is worth, as they lie in a table file."""

    def __init__(self, table: Mapping[str, npt.NDArray[Any]]) -> None:
        self._centre, self._spread = table["centre"], table["spread"]
        self._places = known(table["places"], table["scale"])
        self._squares = (self._places**2).sum(1)
        self._worth = table["worth"].astype(np.float32)
        self._bias = table["bias"].astype(np.float32)

    def logits(self, meaning: Vector | None, marked: Vector, role: str) -> Vector:
        """One logit a finding, in the order of `FINDINGS`; no meaning is taken for a middling one.

        What is not told by meanings stays 0.
        """
        of = self._centre if meaning is None else meaning
        here = place(of, signs(marked, role), self._centre, self._spread)
        far = self._squares + here @ here - 2 * (self._places @ here)
        found = np.zeros(len(FINDINGS), np.float32)
        found[AT] = weight(far) @ self._worth + self._bias
        return found


def place(meaning: Vector, beside: Vector, centre: Vector, spread: Vector) -> Vector:
    """Where a message lies: how far its meaning leans from the middle of all, then its signs."""
    leans = (meaning - centre) / (spread * np.float32(np.sqrt(len(centre))))
    return np.concatenate([leans, beside]).astype(np.float32)


def known(places: npt.NDArray[np.int8], scale: Vector) -> Vector:
    """Places as they were before they were made small to be stored."""
    whole: Vector = places.astype(np.float32) * scale
    return whole


def weight(far: Vector) -> Vector:
    """What messages weigh whose places are so far away, in squares."""
    weights: Vector = np.exp(-NARROW * np.maximum(far, 0))
    return weights
