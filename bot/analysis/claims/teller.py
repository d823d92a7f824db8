"""What a trained table says of claims: which messages tell the same, and what each does."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.claims.pairs import Told, acting, same
from bot.analysis.forest import Forest
from bot.domain.talk import CLAIMS

ACTS = ("asserts", "asks", "refutes", "confirms")
JUDGING, VERBATIM = ("refutes", "confirms"), 0.9
"""Nobody judges a claim by saying it again, in words that are so alike."""
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
        found = [ACTS[n] for n in (self._acts.raw(rows) + self._shift).argmax(1)]
        for n, at in enumerate(claim):
            if found[n] in JUDGING:
                first = _first_in_these_words(told, claim[:n], at)
                found[n] = found[n if first is None else first]
        return found

    def _scores(self, told: Told) -> dict[tuple[int, int], float]:
        pairs = pairs_of(told)
        if not pairs:
            return {}
        rows = np.array([same(told, one, other) for one, other in pairs])
        return dict(zip(pairs, self._same.raw(rows)[:, 0].tolist(), strict=True))


def _first_in_these_words(told: Told, before: Sequence[int], at: int) -> int | None:
    """Which of the messages before says the same in the same words."""
    alike = (n for n, one in enumerate(before) if told.wording.cosine(one, at) >= VERBATIM)
    return next(alike, None)


def pairs_of(told: Told) -> list[tuple[int, int]]:
    """Every two messages that may tell the same claim, the earlier one first."""
    return [
        (one, other)
        for n, other in enumerate(told.telling)
        for one in told.telling[max(0, n - REACH) : n]
    ]


def grouped(
    telling: Sequence[int], scores: Mapping[tuple[int, int], float], least: float
) -> list[list[int]]:
    """Each message joins the claim it is most like, by the mean over those in reach, or none."""
    claims: list[list[int]] = []
    home: dict[int, int] = {}
    for n, at in enumerate(telling):
        likeness: dict[int, list[float]] = {}
        for one in telling[max(0, n - REACH) : n]:
            likeness.setdefault(home[one], []).append(scores[one, at])
        means = {claim: sum(all_of) / len(all_of) for claim, all_of in likeness.items()}
        best = max(means, key=lambda claim: means[claim], default=None)
        if best is None or means[best] < least:
            best = len(claims)
            claims.append([])
        claims[best].append(at)
        home[at] = best
    return claims
