"""The second look: what the words say, weighed again in their place in the talk, by small forests.

What goes in: the logits of the first look and, where there is one, of the meaning; the context,
the marks, the speaker's role. What comes out: mood, question and claim; and which offices or
neighbours are judged, which is also told by who was spoken of before. How they are judged is the
mood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis import marks
from bot.analysis.context import WIDTH
from bot.analysis.first import ACTORS, CUES, PLACE, Vector, chance, shares
from bot.analysis.forest import Forest
from bot.analysis.named import NUMBERS
from bot.analysis.roles import KINDS, kind_of_role

FIRST = 8
"""How many findings of the first look go in: moods, asks, claim, complaint, praises, blames."""
_CUES = slice(PLACE[f"cue{CUES[0]}"], PLACE[f"cue{CUES[0]}"] + len(CUES))
_ABOUT = slice(PLACE[f"about:{ACTORS[0]}"], PLACE[f"about:{ACTORS[0]}"] + len(ACTORS))
STANCES = (-1, 0, 1)
"""How each mood judges: whoever feels nothing judges nobody."""
POSSIBLE = -4.0
"""The forest learns of every actor that is judged with this logit or a larger one."""
PLAIN, HEARD = -2.5, 0.2
"""It is asked of those whose logit is larger, or of whom so much was told before: of the others
hardly any is judged, and each takes its time."""
_ITSELF = np.eye(len(ACTORS), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the first look found in one message, and its place (see `context`)."""

    logits: Vector
    marked: Vector
    place: Vector
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
    return np.concatenate([seen.logits[:FIRST], seen.place[:WIDTH], seen.marked, role, *meant])


def judged(seen: Seen, actors: Sequence[int], whole: Vector) -> Vector:
    """A row for each actor, (actors, features), for the forest that tells whether it is judged.

    `whole` is `placed(seen)`.
    """
    named = seen.marked[_named(), None]
    spoken = _spoken(seen)
    of_each = [
        _ITSELF,
        *_compared(seen.logits[_ABOUT, None]),
        named,
        named.sum() - named,
        spoken,
        _of_others(spoken),
    ]
    if seen.meant is not None:
        of_each += _compared(seen.meant[_ABOUT, None])
    own = np.concatenate(of_each, 1)[actors]
    return np.concatenate([own, whole[None].repeat(len(actors), 0)], 1)


def _compared(told: Vector) -> list[Vector]:
    """How likely each actor is judged, the likeliest other one, and how far they are apart."""
    others = _of_others(told)
    return [told, others, told - others]


def _of_others(told: Vector) -> Vector:
    """For each actor the most that is told of any other one; both are (actors, numbers)."""
    second, most = np.sort(told, 0)[-2:]
    others: Vector = np.where(told == most, second, most)
    return others


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


def heard_of(seen: Seen, actors: Sequence[int]) -> list[int]:
    """Those of them whom the words themselves or what was said before may be about."""
    about, most = seen.logits[_ABOUT].tolist(), _spoken(seen).max(1).tolist()
    return [actor for actor in actors if about[actor] >= PLAIN or most[actor] > HEARD]


def _spoken(seen: Seen) -> Vector:
    """What was said before of each actor, (actors, numbers)."""
    return seen.place[WIDTH:].reshape(len(ACTORS), NUMBERS)


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
    """The forests, the shifts that put thresholds at one half, and each actor's own, a logit."""

    def __init__(self, table: Mapping[str, npt.NDArray[Any]]) -> None:
        self._talk = Forest.load(table, "talk")
        self._judged = Forest.load(table, "judged")
        self._shift = table["shift"].astype(np.float32)
        self._limits = table["limits"].tolist()

    def weigh(self, seen: Seen) -> Weighed:
        """All that the second look finds."""
        whole = placed(seen)
        raw = self._talk.one(whole)
        raw[:3] = mixed(raw[:3], seen.moods)
        *moods, asks, claim = (raw + self._shift).tolist()
        moods = shares(moods)
        stance = STANCES[moods.index(max(moods))]
        targets = tuple((actor, stance) for actor in self._whom(seen, whole)) if stance else ()
        return Weighed(moods, chance(asks), chance(claim), targets)

    def _whom(self, seen: Seen, whole: Vector) -> tuple[str, ...]:
        """The actors that seem to be judged."""
        actors = heard_of(seen, candidates(seen))
        rows = judged(seen, actors, whole) if actors else ()
        likely = [self._judged.one(row)[0] for row in rows]
        limits = [self._limits[actor] for actor in actors]
        return tuple(
            ACTORS[actor]
            for actor, logit, limit in zip(actors, likely, limits, strict=True)
            if logit >= limit
        )
