"""Who talks with whom in a chat: how two speakers take turns, and what else links them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.analysis.threads.links import Linked, Talked

AROUND = 40
"""Messages before and after a question in which turns are counted."""
WIDTH = 12
"""Numbers in a row."""
Pair = frozenset[str]
Rows = npt.NDArray[np.float32]


class Company:
    """The speakers of one chat, from the first links of all its questions."""

    def __init__(self, talked: Talked, found: Sequence[Linked]) -> None:
        self._authors = [one.line.author for one in talked.seen]
        self._found = found

    def beside(self, rows: Rows, linked: Linked) -> Rows:
        """The rows of a question, each with the numbers of the speakers beside it."""
        return np.hstack([rows, self.rows(linked)]) if len(rows) else rows

    def rows(self, linked: Linked) -> Rows:
        """One row of numbers for each message that may answer a question."""
        near = self._authors[max(0, linked.asked - AROUND) : linked.asked + AROUND]
        asker = self._authors[linked.asked]
        turns = {other: taken(near, asker, other) for other in set(near) - {asker}}
        bonds = self._bonds_beside(linked)
        numbers = [
            (
                *_turns(turns, self._authors[at]),
                near.count(self._authors[at]),
                *_bonds(bonds, asker, self._authors[at]),
                *self._rivals(linked, place),
            )
            for place, at in enumerate(linked.after)
        ]
        return np.array(numbers, np.float32).reshape(len(linked.after), WIDTH)

    def _rivals(self, linked: Linked, place: int) -> tuple[float, ...]:
        """The first link of a message, and those of its speaker's and others' messages."""
        likely, author = linked.likely, self._authors[linked.after[place]]
        own = np.array([self._authors[at] == author for at in linked.after])
        parts = (likely[own], likely[~own], likely[:place], likely[place + 1 :])
        return (float(likely[place]), *(float(part.max(initial=0.0)) for part in parts))

    def _bonds_beside(self, linked: Linked) -> Mapping[Pair, float]:
        """How closely every two speakers are linked by all other questions."""
        bonds = dict(self._bonds)
        for pair, bond in self._bond(linked).items():
            bonds[pair] -= bond
        return bonds

    @cached_property
    def _bonds(self) -> Mapping[Pair, float]:
        bonds: dict[Pair, float] = {}
        for linked in self._found:
            for pair, bond in self._bond(linked).items():
                bonds[pair] = bonds.get(pair, 0.0) + bond
        return bonds

    def _bond(self, linked: Linked) -> Mapping[Pair, float]:
        """The likeliest link of each speaker with the asker of one question."""
        best: dict[Pair, float] = {}
        for at, likely in zip(linked.after, linked.likely.tolist(), strict=True):
            pair = frozenset((self._authors[linked.asked], self._authors[at]))
            best[pair] = max(best.get(pair, 0.0), likely)
        return best


def taken(authors: Sequence[str], one: str, other: str) -> float:
    """How many more turns two speakers take than if they spoke in any order."""
    spoken = [author for author in authors if author in (one, other)]
    if len(spoken) < 3:
        return 0.0
    own = spoken.count(one)
    changes = sum(a != b for a, b in pairwise(spoken))
    return changes - 2 * own * (len(spoken) - own) / len(spoken)


def _turns(turns: Mapping[str, float], author: str) -> tuple[float, float]:
    """The turns with the asker, and how many more than with the next best speaker."""
    best = max((found for other, found in turns.items() if other != author), default=-3.0)
    own = turns.get(author, 0.0)
    return own, own - best


def _bonds(bonds: Mapping[Pair, float], asker: str, author: str) -> tuple[float, ...]:
    """The bond of asker and author; the best each has elsewhere; the best of anybody else's."""
    own, rest = frozenset((asker, author)), []
    best = {asker: 0.0, author: 0.0}
    for pair, bond in bonds.items():
        if pair != own:
            for name in pair & own:
                best[name] = max(best[name], bond)
            if not pair & own:
                rest.append(bond)
    return bonds.get(own, 0.0), best[asker], best[author], max(rest, default=0.0)
