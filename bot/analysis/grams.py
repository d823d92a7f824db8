"""Known runs of characters; all runs of some texts are looked up at once, by cuckoo hashing.

Pagh, Rodler (2004), "Cuckoo hashing", Journal of Algorithms 51: what is known lies in one of two
places, so that both can be asked of everything in one step. A dictionary is asked for one run
after the other, and each time the processor waits for memory: that took longer than what followed.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.analysis.folded import END, START

LONGEST = 4
BETWEEN = "\n"
"""Stands between the runs that are known, and so in none of them."""
BITS = 16
"""Of each character in a key."""
UNKNOWN, NO_KEY, EMPTY = (1 << BITS) - 1, (1 << BITS * LONGEST) - 1, 0
_WIDE, _HALF = np.uint64(BITS), np.uint64(32)
_STIRS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
"""Odd numbers without a pattern: the golden ratio, and a prime of xxHash."""
ROUNDS = 200
Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]


class Grams:
    """Runs of one to four characters, numbered in the order in which they are given."""

    def __init__(self, words: str) -> None:
        """Takes the runs, `BETWEEN` between every two. Raises `ValueError` for one too long.

        A run that is given twice finds no places, nor do so many that they fill both halves.
        """
        codes = _codes(words)
        often = np.bincount(codes)
        often[ord(BETWEEN)] = 0
        known = np.flatnonzero(often)
        self._number = np.full(len(often) + 1, UNKNOWN, np.uint64)
        self._number[known] = np.arange(1, len(known) + 1)
        keys = _keys_of(self._number[codes], codes == ord(BETWEEN))
        self._size = 1 << len(keys).bit_length()
        self._shift = np.uint64(65 - self._size.bit_length())
        places = _apart(self._places(keys), self._size)
        held = np.full(2 * self._size, EMPTY, np.uint64)
        held[places] = keys
        self._held = held[: self._size], held[self._size :]
        self._which = np.zeros(2 * self._size, np.int32)
        self._which[places] = np.arange(len(keys))

    def held(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the known runs in each folded text, its ends marked; short runs first."""
        framed = [f"{START}{text}{END}" for text in texts]
        found = self._found(self._wanted(BETWEEN.join(framed)))
        parts, start = [], 0
        for text in framed:
            part = found[:, start : start + len(text)].ravel()
            parts.append(self._which.take(part[part >= 0]).tolist())
            start += len(text) + len(BETWEEN)
        return parts

    def _wanted(self, text: str) -> Keys:
        """The keys of the runs that begin at each character, (lengths, characters)."""
        ones = self._number.take(_codes(text), mode="clip")
        keys = np.full((LONGEST, len(ones)), NO_KEY, np.uint64)
        keys[0] = longer = ones
        for more in range(1, min(LONGEST, len(ones))):
            longer = longer[:-1] << _WIDE | ones[more:]
            keys[more, :-more] = longer
        return keys

    def _found(self, keys: Keys) -> Places:
        """Where each key lies, -1 where it does not."""
        here, there = self._places(keys)
        first, second = self._held
        other = np.where(second.take(there) == keys, there + self._size, -1)
        found: Places = np.where(first.take(here) == keys, here, other)
        return found

    def _places(self, keys: Keys) -> tuple[Places, Places]:
        """Where each key would lie in either half."""
        stirred = keys * _STIRS[0]
        again = (stirred ^ stirred >> _HALF) * _STIRS[1]
        here, there = stirred >> self._shift, again >> self._shift
        return here.view(np.intp), there.view(np.intp)


def _apart(halves: Sequence[Places], size: int) -> Places:
    """One of its two places for each key, no two in the same; the second half lies behind."""
    places = np.array([halves[0], halves[1] + size])
    holds = np.full(2 * size, -1, np.intp)
    side, left = np.zeros(places.shape[1], np.intp), np.arange(places.shape[1])
    for _ in range(ROUNDS):
        at = places[side[left], left]
        out = holds[at]
        holds[at] = left
        left = np.union1d(left[holds[at] != left], out[out >= 0])
        if not len(left):
            return places[side, np.arange(len(side))]
        side[left] ^= 1
    raise ValueError("the runs find no place")


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _keys_of(numbers: Keys, between: npt.NDArray[np.bool_]) -> Keys:
    """The key of each run: the numbers of its characters side by side."""
    ends = np.append(np.flatnonzero(between), len(numbers))
    starts = np.append(0, ends[:-1] + len(BETWEEN))
    if (ends - starts).max() > LONGEST:
        raise ValueError("a run is too long")
    keys = np.zeros(len(starts), np.uint64)
    for at in range(LONGEST):
        there = starts + at < ends
        keys[there] = keys[there] << _WIDE | numbers[starts[there] + at]
    return keys
