"""The second look: what the words say, weighed again in their place in the talk, by small forests.

What goes in: the logits of the first look and, where there is one, of the meaning; the context,
the marks, the speaker's role. What comes out: mood, question and claim; and, for each office or
neighbour that seems to be judged, how.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis import marks
from bot.analysis.first import ACTORS, CUES, PLACE, Vector, chance, shares
from bot.analysis.forest import Forest
from bot.analysis.roles import KINDS, kind_of_role

FIRST = 8
"""How many findings of the first look go in: moods, asks, claim, complaint, praises, blames."""
STANCES = (1, -1)
_CUES = slice(PLACE[f"cue{CUES[0]}"], PLACE[f"cue{CUES[0]}"] + len(CUES))
_ABOUT = slice(PLACE[f"about:{ACTORS[0]}"], PLACE[f"about:{ACTORS[0]}"] + len(ACTORS))
NEUTRAL, CALM = 1, 0.5
"""Who is likelier neutral than not judges nobody."""
POSSIBLE = -3.0
"""Whoever is judged with a smaller logit than this is not looked at again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the first look found in one message."""

    logits: Vector
    marked: Vector
    context: Vector
    role: str
    meant: Vector | None = None

    @property
    def moods(self) -> Vector:
        """The mood by the words, and by the meaning where there is one."""
        if self.meant is None:
            return self.logits[:3]
        return mixed(self.logits[:3], self.meant[:3])

    @property
    def cues(self) -> Vector:
        """The cues by the words, and by the meaning where there is one."""
        if self.meant is None:
            return self.logits[_CUES]
        return mixed(self.logits[_CUES], self.meant[_CUES])


def placed(seen: Seen) -> Vector:
    """One row for the forests of mood, question and claim."""
    role = np.zeros(KINDS, np.float32)
    role[kind_of_role(seen.role)] = 1
    meant = () if seen.meant is None else (seen.meant[:FIRST],)
    return np.concatenate([seen.logits[:FIRST], seen.context, seen.marked, role, *meant])


def judged(seen: Seen, actor: int, whole: Vector) -> Vector:
    """One row for the forests that tell how one actor is judged; `whole` is `placed(seen)`."""
    named = seen.marked[_named()].tolist()
    numbers = [*_beside_others(seen.logits, actor), named[actor], sum(named) - named[actor]]
    if seen.meant is not None:
        numbers += _beside_others(seen.meant, actor)
    row = np.zeros(len(ACTORS) + len(numbers) + len(whole), np.float32)
    row[actor] = 1
    row[len(ACTORS) : -len(whole)] = numbers
    row[-len(whole) :] = whole
    return row


def _beside_others(logits: Vector, actor: int) -> list[float]:
    """How likely an actor is judged, the likeliest other one, and how far they are apart."""
    about = logits[_ABOUT].tolist()
    others = max(one for n, one in enumerate(about) if n != actor)
    return [about[actor], others, about[actor] - others]


@cache
def _named() -> slice:
    """Where the marks stand that name an actor."""
    first = marks.names().index(ACTORS[0])
    return slice(first, first + len(ACTORS))


def candidates(seen: Seen) -> list[int]:
    """The actors worth a second look."""
    logits = seen.logits.tolist()
    if max(logits[PLACE["praises"]], logits[PLACE["blames"]]) < POSSIBLE:
        return []
    return [n for n, logit in enumerate(logits[_ABOUT]) if logit >= POSSIBLE]


def mixed(second: Vector, first: Vector) -> Vector:
    """Two looks together: each knows what the other does not."""
    both: Vector = ((second + first) / 2).astype(np.float32)
    return both


@dataclass(frozen=True, slots=True)
class Weighed:
    """Probabilities: of each mood, of a question, of a claim; who is judged with which stance."""

    moods: Sequence[float]
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
        whole = placed(seen)
        raw = self._talk.one(whole)
        raw[:3] = mixed(raw[:3], seen.moods)
        *moods, asks, claim = (raw + self._shift).tolist()
        moods = shares(moods)
        targets = () if moods[NEUTRAL] >= CALM else self._targets(seen, whole)
        return Weighed(moods, chance(asks), chance(claim), targets)

    def _targets(self, seen: Seen, whole: Vector) -> tuple[tuple[str, int], ...]:
        actors = candidates(seen)
        if not actors:
            return ()
        found = []
        for actor in actors:
            likely = (self._stances.one(judged(seen, actor, whole)) - self._limits).tolist()
            most = max(likely)
            if most >= 0:
                found.append((ACTORS[actor], STANCES[likely.index(most)]))
        return tuple(found)
