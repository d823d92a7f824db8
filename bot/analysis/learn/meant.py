"""Learns the table of meanings: kernel ridge regression over every finding at once."""

from collections.abc import Sequence
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
Rows = npt.NDArray[np.float32]


def learn(chosen: Sequence[Example], meanings: Rows, signs: Rows) -> Table:
    """The table of these examples, of which everything must be known."""
    centre, spread = meanings.mean(axis=0), meanings.std(axis=0) + np.float32(1e-6)
    places = np.array(
        [place(one, beside, centre, spread) for one, beside in zip(meanings, signs, strict=True)]
    )
    scale = (np.abs(places).max(axis=0) / 127 + 1e-12).astype(np.float32)
    small = np.round(places / scale).astype(np.int8)
    truth = _truth(chosen)
    middle = truth.mean(axis=0)
    worth = _solved(known(small, scale), truth - middle, _weights(chosen))
    return {
        "centre": centre,
        "spread": spread,
        "places": small,
        "scale": scale,
        "worth": (worth * STEEP).astype(np.float16),
        "bias": ((middle - _even()) * STEEP).astype(np.float32),
    }


def _truth(chosen: Sequence[Example]) -> Rows:
    """One column a finding."""
    told = [{**one.known, f"mood{MOODS[one.known['mood']]}": 1} for one in chosen]
    return np.array([[known.get(name, 0) for name in TOLD] for known in told], np.float32)


def _even() -> Rows:
    return np.array([EVEN_CUE if name.startswith("cue") else EVEN for name in TOLD], np.float32)


def _weights(chosen: Sequence[Example]) -> Rows:
    """How much each example counts."""
    moods = np.array([one.known["mood"] for one in chosen])
    often = np.bincount(moods, minlength=len(MOODS)) / len(moods)
    weights = often[moods] ** -RARER
    return np.asarray(weights / weights.mean(), np.float32)


def _solved(places: Rows, truth: Rows, weights: Rows) -> npt.NDArray[Any]:
    """What each place is worth, so that together they come near the truth."""
    squares = (places**2).sum(1)
    near = weight(squares[:, None] + squares - 2 * (places @ places.T))
    near[np.diag_indices(len(near))] += RIDGE / weights
    factor = cho_factor(near, lower=True, overwrite_a=True, check_finite=False)
    solved: npt.NDArray[Any] = cho_solve(factor, truth, check_finite=False)
    return solved
