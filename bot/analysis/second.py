"""The second look: what the words say, weighed again in their place in the talk, by small forests.

What goes in: the logits of the first look, the context, the marks, the speaker's role. What comes
out: mood, question and claim; and, for each office or neighbour that seems to be judged, how.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis import marks
from bot.analysis.first import ACTORS, PLACE, Vector, chance, shares
from bot.analysis.forest import Forest
from bot.analysis.roles import KINDS, kind_of_role

FIRST = 8
"""How many findings of the first look go in: moods, asks, claim, complaint, praises, blames."""
STANCES = (1, -1)
POSSIBLE = -3.0
"""Whoever is judged with a smaller logit than this is not looked at again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the first look found in one message."""

    logits: Vector
    marked: Vector
    context: Vector
    role: str


def placed(seen: Seen) -> Vector:
    """One row for the forests of mood, question and claim."""
    role = np.zeros(KINDS, np.float32)
    role[kind_of_role(seen.role)] = 1
    return np.concatenate([seen.logits[:FIRST], seen.context, seen.marked, role])


def judged(seen: Seen, actor: int) -> Vector:
    """One row for the forests that tell how one actor is judged."""
    first = PLACE[f"about:{ACTORS[0]}"]
    about = seen.logits[first : first + len(ACTORS)]
    others = np.delete(about, actor).max()
    names = marks.names()
    named = seen.marked[names.index(ACTORS[0]) : names.index(ACTORS[0]) + len(ACTORS)]
    one = np.zeros(len(ACTORS), np.float32)
    one[actor] = 1
    numbers = np.array(
        [about[actor], others, about[actor] - others, named[actor], named.sum() - named[actor]],
        np.float32,
    )
    return np.concatenate([one, numbers, placed(seen)])


def candidates(seen: Seen) -> list[int]:
    """The actors worth a second look."""
    first = PLACE[f"about:{ACTORS[0]}"]
    if max(seen.logits[PLACE["praises"]], seen.logits[PLACE["blames"]]) < POSSIBLE:
        return []
    about = seen.logits[first : first + len(ACTORS)]
    return [n for n in range(len(ACTORS)) if about[n] >= POSSIBLE]


def mixed(second: Vector, first: Vector) -> Vector:
    """The mood of both looks together: each knows what the other does not."""
    both: Vector = ((second + first) / 2).astype(np.float32)
    return both


@dataclass(frozen=True, slots=True)
class Weighed:
    """Probabilities: of each mood, of a question, of a claim; who is judged with which stance."""

    moods: Vector
    asks: float
    claim: float
    targets: tuple[tuple[str, int], ...]


class SecondTable:
    """The forests, and the shifts that put each threshold at one half (of stances: a logit)."""

    def __init__(self, table: Mapping[str, npt.NDArray[Any]]) -> None:
        self._talk = Forest.load(table, "talk")
        self._stances = Forest.load(table, "stances")
        self._shift = table["shift"].astype(np.float32)
        self._limits = table["limits"].astype(np.float32)

    def weigh(self, seen: Seen) -> Weighed:
        """All that the second look finds."""
        raw = self._talk.raw(placed(seen)[None, :])[0]
        moods = shares(mixed(raw[:3], seen.logits[:3]) + self._shift[:3])
        asks, claim = (raw[3:5] + self._shift[3:5]).tolist()
        return Weighed(moods, chance(asks), chance(claim), self._targets(seen))

    def _targets(self, seen: Seen) -> tuple[tuple[str, int], ...]:
        actors = candidates(seen)
        if not actors:
            return ()
        raw = self._stances.raw(np.array([judged(seen, actor) for actor in actors]))
        likely = raw - self._limits
        found = []
        for row, actor in enumerate(actors):
            column = int(likely[row].argmax())
            if likely[row, column] >= 0:
                found.append((ACTORS[actor], STANCES[column]))
        return tuple(found)
