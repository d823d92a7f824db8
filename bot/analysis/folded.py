"""The form of a text that the tables read: one case, one digit, no long runs, marked ends."""

import re

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


def grams(text: str) -> dict[str, int]:
    """How often every run of one to four characters stands in a folded text, its ends marked."""
    whole = f"{START}{text}{END}"
    counts: dict[str, int] = {}
    for size in (1, 2, 3, 4):
        for at in range(len(whole) - size + 1):
            gram = whole[at : at + size]
            counts[gram] = counts.get(gram, 0) + 1
    return counts
