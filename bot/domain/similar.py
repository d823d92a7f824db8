"""Whether two texts tell the same thing: shared pairs of characters."""

import re
import unicodedata

SAME = 0.5
_NOISE = re.compile(r"[\W_]+")


def pairs(text: str) -> frozenset[str]:
    """Every two neighbouring characters, without punctuation, width or case."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


def likeness(one: str, other: str) -> float:
    """Shared pairs over the pairs of the shorter text, from 0 to 1."""
    first, second = pairs(one), pairs(other)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
