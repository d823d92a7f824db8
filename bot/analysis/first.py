"""The first look: what the words of one message say by themselves, weighed by a learned table.

A table row is a run of one to four characters, a mark or a role; a column is a finding. The value
of a run is its TF-IDF (1 + ln tf, times idf, rows of unit length), as in scikit-learn's
`TfidfVectorizer(sublinear_tf=True)`; a weighted sum of a column is a logit.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis import marks
from bot.analysis.grams import Grams
from bot.analysis.roles import KINDS, kind_of_role

MOODS = ("-", "0", "+")
ACTORS = (
    "property",
    "neighbours",
    "business",
    "community",
    "committee",
    "grid",
    "government",
    "owners",
    "other",
)
CUES = ("W", "H", "T", "L", "X")
FINDINGS = (
    *(f"mood{mood}" for mood in MOODS),
    "asks",
    "claim",
    "complaint",
    "praises",
    "blames",
    *(f"cue{cue}" for cue in CUES),
    *(f"about:{actor}" for actor in ACTORS),
)
PLACE: Mapping[str, int] = {name: n for n, name in enumerate(FINDINGS)}
SIGN = 0.3
"""What a mark or a role weighs beside the runs of characters."""
Vector = npt.NDArray[np.float32]


class FirstTable:
    """The learned weights, as they lie in a table file."""

    def __init__(self, table: Mapping[str, npt.NDArray[Any]]) -> None:
        self._grams = Grams(bytes(table["grams"]).decode("utf-8"))
        self._idf = table["idf"].astype(np.float32)
        self._weights = table["weights"]
        self._scale = table["scale"].astype(np.float32)
        self._signs = table["signs"].astype(np.float32)
        self._bias = table["bias"].astype(np.float32)

    def logits(self, text: str, marked: Vector, role: str) -> Vector:
        """One logit a finding, in the order of `FINDINGS`, for a folded text."""
        (of_runs,) = self.of_runs([text])
        return self.with_signs(of_runs, marked, role)

    def of_runs(self, texts: Sequence[str]) -> list[Vector]:
        """What the runs of each folded text weigh for each finding."""
        return [self._weight(numbers) for numbers in self._grams.held(texts)]

    def _weight(self, numbers: Sequence[int]) -> Vector:
        places, values = self._valued(numbers)
        found: Vector = values @ self._weights.take(places, 0).astype(np.float32) * self._scale
        return found

    def with_signs(self, of_runs: Vector, marked: Vector, role: str) -> Vector:
        """The logits: what `of_runs` found, and what is beside it."""
        found: Vector = of_runs + signs(marked, role) @ self._signs + self._bias
        return found

    def _valued(self, numbers: Sequence[int]) -> tuple[npt.NDArray[np.intp], Vector]:
        """The runs that a text holds, each once, and their values."""
        counts: dict[int, int] = {}
        for number in numbers:
            counts[number] = counts.get(number, 0) + 1
        if not counts:
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        places = np.fromiter(counts, np.intp, len(counts))
        often = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1 + np.log(often)) * self._idf.take(places)
        return places, values / np.float32(math.sqrt(values @ values))

    def worth(self, finding: str) -> Vector:
        """What each mark is worth for a finding."""
        worth: Vector = self._signs[: len(marks.names()), PLACE[finding]]
        return worth


def signs(marked: Vector, role: str) -> Vector:
    """Marks and role side by side, as they are weighed."""
    whole = np.zeros(len(marked) + KINDS, np.float32)
    whole[: len(marked)] = marked
    whole[len(marked) + kind_of_role(role)] = 1
    return whole * np.float32(SIGN)


def chance(logit: float) -> float:
    """The probability of one logit."""
    return 1 / (1 + math.exp(-min(max(logit, -30.0), 30.0)))


def shares(logits: Sequence[float]) -> list[float]:
    """Probabilities of findings that exclude each other."""
    most = max(logits)
    powers = [math.exp(logit - most) for logit in logits]
    whole = sum(powers)
    return [power / whole for power in powers]
