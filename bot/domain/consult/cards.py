"""A consultation as residents and staff see it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.consult.values import Stance
from bot.domain.letter import Card, Phrase, Rows, Value, button, phrase
from bot.domain.matter import Matter, Stage

_BARS = {Stage.OPEN: 1, Stage.COUNTED: 2, Stage.DECIDED: 3, Stage.CLOSED: 4}


def bar(stage: Stage) -> str:
    """●●○○: dialogue, trust, action, consensus."""
    full = _BARS.get(stage, 1)
    return "●" * full + "○" * (4 - full)


def in_group(matter: Matter) -> Card:
    """The message in the group; a tap is answered to the one who tapped alone."""
    return Card("consult.open", stance_rows(matter.id), MappingProxyType(_shown(matter)))


def stance_rows(id: str) -> Rows:
    first = (
        button("consult.agree", f"cs:{id}:{Stance.AGREE}"),
        button("consult.stand_aside", f"cs:{id}:{Stance.STAND_ASIDE}"),
    )
    second = (
        button("consult.object", f"cs:{id}:{Stance.OBJECT}"),
        button("consult.abstain", f"cs:{id}:{Stance.ABSTAIN}"),
    )
    return (first, second)


def preview(matter: Matter, groups: str) -> Card:
    """What the group will see."""
    rows = (
        (button("consult.publish", "c:open"),),
        (button("form.back", "c:back"), button("form.cancel", "c:cancel")),
    )
    body = phrase("consult.open", **_shown(matter))
    return Card("consult.preview", rows, MappingProxyType({"body": body, "groups": groups}))


def closed(matter: Matter) -> Card:
    """The message in the group once the time is up: what was counted comes with the outcome."""
    values: dict[str, Value] = {
        "number": matter.number,
        "title": matter.text,
        "bar": bar(Stage.COUNTED),
    }
    return Card("consult.closed", (), MappingProxyType(values))


def tally_lines(tally: Mapping[Stance, int]) -> tuple[Phrase, ...]:
    return tuple(phrase(f"consult.count_{stance}", count=tally[stance]) for stance in Stance)


def _shown(matter: Matter) -> dict[str, Value]:
    materials, costs = matter.fact("materials"), matter.fact("costs")
    return {
        "number": matter.number,
        "title": matter.text,
        "bar": bar(Stage.OPEN),
        "materials": phrase("consult.materials", text=materials)
        if materials
        else Phrase("consult.materials_none"),
        "costs": phrase("consult.costs", costs=costs, affected=matter.fact("affected"))
        if costs
        else Phrase("consult.costs_none"),
        "until": matter.due_at or matter.created_at,
    }
