"""How much two messages of one chat share, rare runs of characters counting more."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log, sqrt

from bot.analysis.recent import recent

_NOISE = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
NOTHING: frozenset[str] = frozenset()
LONGEST = 80
"""Characters of a text that are compared; a longer one says at its beginning what it is about."""


class Wording:
    """The runs of characters of every text, weighed by how rare they are in this chat."""

    def __init__(self, texts: Sequence[str], sizes: Sequence[int]) -> None:
        self.runs = [_runs(text, sizes) if text else NOTHING for text in texts]
        self._known: dict[tuple[int, int], float] = {}
        self._sizes: dict[int, float] = {}

    @cached_property
    def _both(self) -> frozenset[str] | None:
        """What both hold, where only two texts are compared: nothing need be counted then."""
        texts = [found for found in self.runs if found]
        return texts[0] & texts[1] if len(texts) == 2 else None

    @cached_property
    def _held(self) -> Mapping[str, int]:
        """How many texts hold each run."""
        held: Counter[str] = Counter()
        for found in self.runs:
            held.update(found)
        return held

    @cached_property
    def _rare(self) -> Sequence[float]:
        """How rare a run is that so many texts hold."""
        most, texts = len(self.runs) + 1, sum(map(bool, self.runs))
        return [log(most / (held + 0.5)) / log(most + 1) for held in range(texts + 1)]

    def _weight(self, runs: frozenset[str]) -> float:
        """The sum of squares of how rare runs are; counted first, for few counts differ."""
        if self._both is not None:
            twice = len(runs & self._both)
            return twice * self._rare[2] ** 2 + (len(runs) - twice) * self._rare[1] ** 2
        often = Counter(map(self._held.__getitem__, runs))
        return sum(times * self._rare[held] ** 2 for held, times in often.items())

    def size(self, one: int) -> float:
        """The weight of all that a text holds; worked out once."""
        if one not in self._sizes:
            self._sizes[one] = self._weight(self.runs[one])
        return self._sizes[one]

    def shared(self, one: int, other: int) -> float:
        """The weight of what two texts share; worked out once."""
        pair = one, other
        if pair not in self._known:
            both = self.runs[one] & self.runs[other]
            self._known[pair] = self._weight(both) if both else 0.0
        return self._known[pair]

    def rarest(self, one: int, other: int) -> float:
        """How rare the rarest run is that two texts share, from 0 to 1."""
        both = self.runs[one] & self.runs[other]
        if not both:
            return 0.0
        return self._rare[2 if self._both else min(map(self._held.__getitem__, both))]

    def cosine(self, one: int, other: int) -> float:
        """The likeness of two texts, from 0 to 1."""
        shared = self.shared(one, other)
        return shared / sqrt(self.size(one) * self.size(other)) if shared else 0.0

    def cover(self, one: int, other: int) -> float:
        """The share of the smaller text that stands in the other."""
        shared = self.shared(one, other)
        return shared / min(self.size(one), self.size(other)) if shared else 0.0


def numbers(text: str) -> frozenset[str]:
    """The numbers of two digits and more in a text."""
    return frozenset(found for found in _NUMBER.findall(text) if len(found) > 1)


@recent
def _runs(text: str, sizes: Sequence[int]) -> frozenset[str]:
    plain = _NOISE.sub("", text[:LONGEST].lower())
    return frozenset(
        [plain[at : at + size] for size in sizes for at in range(len(plain) - size + 1)]
    )
