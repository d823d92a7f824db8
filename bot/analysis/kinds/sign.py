"""Words that speak for a sort of text or against it, each with its weight."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.sieve import Sieve
from bot.domain.talk import TextKind

ENOUGH = 2.5
"""What the signs of a sort must weigh."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words, and how much they weigh."""

    weight: float
    words: str


def sign(weight: float, *words: str) -> Sign:
    """One sign from its several wordings."""
    return Sign(weight, "|".join(words))


class Signs:
    """The signs of several sorts, of each those against it last; case is nothing to them."""

    def __init__(self, sorts: Mapping[TextKind, Sequence[Sign]]) -> None:
        self._sorts = tuple(sorts)
        self._each = [(sort, each.weight) for sort, signs in sorts.items() for each in signs]
        words = [each.words for signs in sorts.values() for each in signs]
        self._sieve = Sieve(words, re.IGNORECASE)

    def weigh(self, text: str) -> dict[TextKind, float]:
        """What is found weighs for each sort; signs against it count where it matters."""
        total = dict.fromkeys(self._sorts, 0.0)
        for n in self._sieve.found(text):
            sort, weight = self._each[n]
            if weight > 0 or total[sort] >= ENOUGH:
                total[sort] += weight
        return total


ASKING = (
    r"[?]|吗(?!啡)|啥|什么(?!都)|怎么|咋|能不能|能否|为什么|多少|几[点号天个]|真的假的|真假"
    r"|靠谱|哪[个位里儿家天]|是不是|有没有|有冇|边度"
    r"|谁(?!家?有?(?:需|要|想)|有需要)"
)
