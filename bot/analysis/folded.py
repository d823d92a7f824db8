"""The form of a text that the tables read: one case, one digit, no long runs, marked ends."""

import re
from collections import Counter
from itertools import pairwise

LONGEST = 240
"""Characters that are read; longer talk says at its beginning what it wants."""
START, END = "^", "$"
_PHONE = re.compile(r"1[3-9]\d[\d*]{8}")
_NUMBER = re.compile(r"\d+")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_SPACE = re.compile(r"\s+")


def folded(normal: str) -> str:
    """A normalised text in the form the tables know."""
    text = _RUN.sub(r"\1\1", normal[:LONGEST].lower())
    return _SPACE.sub(" ", _NUMBER.sub("0", _PHONE.sub("〔话〕", text))).strip()


def runs(text: str) -> list[str]:
    """Every run of one to four characters in a folded text, its ends marked."""
    ones = f"{START}{text}{END}"
    twos = [one + more for one, more in pairwise(ones)]
    threes = [two + more for two, more in zip(twos, ones[2:], strict=False)]
    fours = [three + more for three, more in zip(threes, ones[3:], strict=False)]
    return [*ones, *twos, *threes, *fours]


def grams(text: str) -> dict[str, int]:
    """How often each run stands in a folded text."""
    return dict(Counter(runs(text)))
