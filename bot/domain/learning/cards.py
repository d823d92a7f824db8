"""What those in charge are shown of the reader: figures with their doubt, and what is off."""

from types import MappingProxyType

from bot.domain.basics import CommunityId
from bot.domain.community import Community
from bot.domain.label import Finding
from bot.domain.learning.measure import Measure, Share
from bot.domain.letter import Button, Card, Phrase, Rows, Value, button, phrase


def offer(community: Community, count: int) -> Card:
    """Friday's offer; whoever does not want it taps once or lets it lie."""
    rows = ((button("learn.go", f"le:go:{community.id}"), button("learn.not_now", "le:no")),)
    values: dict[str, Value] = {"name": community.name, "count": count}
    return Card("learn.offer", rows, MappingProxyType(values))


def fell_silent(community: CommunityId, one: Measure) -> Card:
    """A finding switched itself off: why, and how to open it again."""
    rows = ((button("learn.on_again", f"le:on:{community}:{one.finding}"),),)
    values: dict[str, Value] = {
        "finding": Phrase(f"finding.{one.finding}"),
        "figure": figure(one),
        "precision": share(one.precision),
        "recall": share(one.recall),
    }
    return Card("learn.fell_silent", rows, MappingProxyType(values))


def figures(
    community: Community,
    measures: tuple[Measure, ...],
    tapped: tuple[Phrase, ...],
    off: frozenset[Finding],
    waiting: int,
    may_switch: bool,
    others: tuple[Community, ...],
) -> Card:
    """All that is measured, and what can be done about it."""
    lines = (*(_line(one, one.finding in off) for one in measures), *tapped)
    rows: list[tuple[Button, ...]] = []
    if waiting:
        rows.append((button("learn.go_on", f"le:go:{community.id}", count=waiting),))
    if may_switch:
        rows += _switches(community, measures, off)
    rows += [(button("learn.other", f"le:see:{other.id}", name=other.name),) for other in others]
    values: dict[str, Value] = {"name": community.name, "lines": lines}
    return Card("learn.figures", tuple(rows), MappingProxyType(values))


def _switches(
    community: Community, measures: tuple[Measure, ...], off: frozenset[Finding]
) -> Rows:
    return tuple(
        (
            button(
                "learn.open_one" if one.finding in off else "learn.close_one",
                f"le:{'on' if one.finding in off else 'off'}:{community.id}:{one.finding}",
                finding=Phrase(f"finding.{one.finding}"),
            ),
        )
        for one in measures
    )


def _line(one: Measure, off: bool) -> Phrase:
    return phrase(
        "learn.line",
        finding=Phrase(f"finding.{one.finding}"),
        state=Phrase("learn.is_off" if off else "learn.is_on"),
        precision=share(one.precision),
        recall=share(one.recall),
        figure=figure(one),
        unsure=one.unsure,
    )


def share(of: Share) -> Phrase:
    """A percentage with its interval, or that too few were judged."""
    if of.few:
        return phrase("learn.few", count=of.count)
    low, value, high = (round(100 * part) for part in (of.low, of.value, of.high))
    return phrase("learn.share", value=value, low=low, high=high, count=of.count)


def figure(one: Measure) -> Phrase:
    """J with its interval, or that too few were judged."""
    if one.j.few:
        return phrase("learn.few", count=one.j.count)
    low, value, high = (f"{part:.2f}" for part in (one.j.low, one.j.value, one.j.high))
    return phrase("learn.figure", value=value, low=low, high=high, count=one.j.count)
