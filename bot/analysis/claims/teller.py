"""What a trained table says of claims: which messages tell the same, and what each does."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.claims.pairs import Told, acting, same
from bot.analysis.forest import Forest
from bot.domain.talk import CLAIMS

ACTS = ("asserts", "asks", "refutes", "confirms")
REACH = 60
"""So many messages that tell claims are looked back at."""


class ClaimTable:
    """The forests of same claims and of acts, and the likeness from which two are one."""

    def __init__(self, table: Mapping[str, npt.NDArray[Any]]) -> None:
        self._same = Forest.load(table, "same")
        self._acts = Forest.load(table, "acts")
        self._least = float(table["least"])
        self._shift = table["shift"].astype(np.float32)

    def group(self, told: Told) -> list[list[int]]:
        """The claims of a chat, each as the places of its messages."""
        return grouped(told.telling, self._scores(told), self._least)

    def found(self, told: Told) -> list[list[int]]:
        """The claims of which at least one message is a claim for certain."""
        sure = {at for at in told.telling if told.lines[at].reading.claim >= CLAIMS}
        return [claim for claim in self.group(told) if sure & set(claim)]

    def acts(self, told: Told, claim: list[int]) -> list[str]:
        """What each message of one claim does."""
        rows = np.array([acting(told, at, claim[:n]) for n, at in enumerate(claim)])
        return [ACTS[n] for n in (self._acts.raw(rows) + self._shift).argmax(1)]

    def _scores(self, told: Told) -> dict[tuple[int, int], float]:
        pairs = pairs_of(told)
        if not pairs:
            return {}
        rows = np.array([same(told, one, other) for one, other in pairs])
        return dict(zip(pairs, self._same.raw(rows)[:, 0].tolist(), strict=True))


def pairs_of(told: Told) -> list[tuple[int, int]]:
    """Every two messages that may tell the same claim, the earlier one first."""
    return [
        (one, other)
        for n, other in enumerate(told.telling)
        for one in told.telling[max(0, n - REACH) : n]
    ]


def grouped(
    telling: list[int], scores: Mapping[tuple[int, int], float], least: float
) -> list[list[int]]:
    """Joins the two likeliest groups, by their mean likeness, until none is likely enough."""
    groups = [[at] for at in telling]
    likeness = {
        (a, b): [scores[telling[a], telling[b]]]
        for b in range(len(telling))
        for a in range(b)
        if (telling[a], telling[b]) in scores
    }
    while likeness:
        best = max(likeness, key=lambda pair: sum(likeness[pair]) / len(likeness[pair]))
        if sum(likeness[best]) / len(likeness[best]) < least:
            break
        _join(groups, likeness, *best)
    return sorted(sorted(group) for group in groups if group)


def _join(
    groups: list[list[int]], likeness: dict[tuple[int, int], list[float]], kept: int, gone: int
) -> None:
    groups[kept] += groups[gone]
    groups[gone] = []
    del likeness[kept, gone]
    for other in range(len(groups)):
        old = likeness.pop((min(gone, other), max(gone, other)), None)
        if old is not None:
            pair = min(kept, other), max(kept, other)
            likeness[pair] = likeness.get(pair, []) + old
