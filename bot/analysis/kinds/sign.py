"""Words that speak for a sort of text or against it, each with its weight."""

import re
from dataclasses import dataclass

ENOUGH = 2.5
"""What the signs of a sort must weigh."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words, and how much they weigh."""

    weight: float
    words: re.Pattern[str]


def sign(weight: float, *words: str) -> Sign:
    """One sign from its several wordings; the case of letters is nothing to it."""
    return Sign(weight, re.compile("|".join(words), re.IGNORECASE))


def weighed(text: str, signs: tuple[Sign, ...]) -> float:
    """The weights of all signs that are found; those against it are looked for last."""
    total = 0.0
    for each in signs:
        if each.weight < 0 and total < ENOUGH:
            break
        if each.words.search(text):
            total += each.weight
    return total


ASKING = (
    r"[?]|吗(?!啡)|啥|什么(?!都)|怎么|咋|能不能|能否|为什么|多少|几[点号天个]|真的假的|真假"
    r"|靠谱|哪[个位里儿家天]|是不是|有没有|有冇|边度"
    r"|谁(?!家?有?(?:需|要|想)|有需要)"
)
