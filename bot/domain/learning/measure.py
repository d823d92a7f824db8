"""How well the reader finds a thing in this community, from messages that chance drew."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.interval import wilson
from bot.domain.label import Finding, Label
from bot.domain.learning.values import Stratum

FEW = 10
"""Fewer judged messages than this give no share."""
ENOUGH = 20
"""So many must be judged before a finding may switch itself off."""
BAR = 0.5
Figure = Callable[[float, float, int, int], float]


@dataclass(frozen=True, slots=True)
class Judged:
    """One stratum: of `seen` messages chance drew `count`, of which `hits` are the thing."""

    seen: int = 0
    count: int = 0
    hits: int = 0

    @property
    def share(self) -> float:
        return self.hits / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """An estimate with its 95 % interval, and on how many messages it rests."""

    value: float
    low: float
    high: float
    count: int

    @property
    def few(self) -> bool:
        return self.count < FEW


@dataclass(frozen=True, slots=True)
class Measure:
    """What is known of one finding; `unsure` counts those about which people could not say."""

    finding: Finding
    precision: Share
    recall: Share
    j: Share
    unsure: int = 0

    @property
    def judged(self) -> int:
        return self.j.count

    @property
    def fails(self) -> bool:
        """Whether the finding must fall silent: enough was judged, and all of J is below .5.

        The estimate alone would be no ground. With 20 of 30 flagged and 20 of 900 other
        messages judged, a good finding (J = .84) gets an estimate below .5 one week in ten,
        because a single question among the 20 stands for 45; its whole interval lies below
        .5 once in 250 weeks. Falling silent wrongly leaves residents without an answer;
        going on wrongly costs staff a tap on 〔不是问题〕. So the doubt is the finding's.
        """
        return self.judged >= ENOUGH and self.j.high < BAR


def measure(finding: Finding, labels: Sequence[Label], strata: Iterable[Stratum]) -> Measure:
    """Precision, recall and Youden's J of a finding from its audited labels.

    Flagged and other messages are drawn apart, so each judged message stands for as many as
    its stratum held: with F flagged and U other messages, p the share of real ones among the
    judged flagged and q among the judged others,

        recall = sensitivity = F p / (F p + U q)
        specificity = U (1 - q) / (U (1 - q) + F (1 - p)),

    the estimator of Begg & Greenes (1983), Biometrics 39:207-215, for tests of which only some
    are verified; J = sensitivity + specificity - 1 (Youden 1950). Weeks are pooled. Precision
    has a Wilson interval. Recall and J rise with p and fall with q; their intervals join the
    two Wilson intervals by MOVER (Zou & Donner 2008, Statistics in Medicine 27:1693-1702).
    """
    audited = [one for one in labels if one.audited and one.finding is finding]
    weeks = {one.week for one in audited}
    seen = [one for one in strata if one.finding is finding and one.week in weeks]
    return estimate(
        finding,
        _judged(audited, seen, flagged=True),
        _judged(audited, seen, flagged=False),
        sum(one.truth is None for one in audited),
    )


def _judged(labels: Sequence[Label], strata: Sequence[Stratum], flagged: bool) -> Judged:
    sure = [one for one in labels if one.flagged is flagged and one.truth is not None]
    seen = sum(one.seen for one in strata if one.flagged is flagged)
    return Judged(max(seen, len(sure)), len(sure), sum(bool(one.truth) for one in sure))


def estimate(finding: Finding, yes: Judged, no: Judged, unsure: int = 0) -> Measure:
    """The measure that two strata give: the flagged (`yes`) and the others (`no`)."""
    low, high = wilson(yes.hits, yes.count)
    precision = Share(yes.share, low, high, yes.count)
    # Where nothing was flagged at all, p weighs nothing; else both strata must be looked at.
    least = no.count if not yes.seen else min(yes.count, no.count)
    count = yes.count + no.count if least >= FEW else least
    recall, j = _joined(yes, no, _recall, 0.0), _joined(yes, no, _youden, -1.0)
    return Measure(finding, precision, Share(*recall, count), Share(*j, count), unsure)


def _joined(yes: Judged, no: Judged, of: Figure, floor: float) -> tuple[float, float, float]:
    """MOVER: how far each share alone can move the figure, joined like two sides of a square."""
    (p_low, p_high), (q_low, q_high) = wilson(yes.hits, yes.count), wilson(no.hits, no.count)
    p, q, f, u = yes.share, no.share, yes.seen, no.seen
    value = of(p, q, f, u)
    down = math.hypot(value - of(p_low, q, f, u), value - of(p, q_high, f, u))
    up = math.hypot(of(p_high, q, f, u) - value, of(p, q_low, f, u) - value)
    return value, max(floor, value - down), min(1.0, value + up)


def _recall(p: float, q: float, flagged: int, others: int) -> float:
    """Where there was nothing to find, nothing was found."""
    found, missed = flagged * p, others * q
    return found / (found + missed) if found + missed else 0.0


def _youden(p: float, q: float, flagged: int, others: int) -> float:
    wrong, right = flagged * (1 - p), others * (1 - q)
    specificity = right / (right + wrong) if right + wrong else 0.0
    return _recall(p, q, flagged, others) + specificity - 1
