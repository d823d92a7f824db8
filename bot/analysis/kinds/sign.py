"""Words that speak for a sort of text or against it, each with its weight."""

import re
from dataclasses import dataclass

from bot.analysis.sieve import Sieve

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
    """All signs of one sort, those against it last; the case of letters is nothing to them."""

    def __init__(self, *signs: Sign) -> None:
        self._weights = [each.weight for each in signs]
        self.words = tuple(each.words for each in signs)
        self._sieve = Sieve(self.words, re.IGNORECASE)

    def weigh(self, text: str) -> float:
        """The weights of all that are found; those against it are looked for where it matters."""
        total = 0.0
        for n in self._sieve.found(text):
            if self._weights[n] < 0 and total < ENOUGH:
                break
            total += self._weights[n]
        return total


ASKING = (
    r"[?]|吗(?!啡)|啥|什么(?!都)|怎么|咋|能不能|能否|为什么|多少|几[点号天个]|真的假的|真假"
    r"|靠谱|哪[个位里儿家天]|是不是|有没有|有冇|边度"
    r"|谁(?!家?有?(?:需|要|想)|有需要)"
)
