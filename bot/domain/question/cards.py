"""What staff and askers are shown of a question."""

from types import MappingProxyType

from bot.domain.letter import Button, Card, Phrase, Rows, Value, button
from bot.domain.matter import Matter, Stage
from bot.domain.question.routing import ASSIGNABLE
from bot.domain.question.sla import Urgency
from bot.domain.question.values import is_waiting


def for_staff(matter: Matter) -> Card:
    """The card of a question as it stands now."""
    values: dict[str, Value] = {
        "number": matter.number,
        "office": office_name(matter),
        "text": matter.text,
        "due": matter.due_at or matter.created_at,
        "edited": Phrase("question.edited" if matter.fact("edited") else "question.as_said"),
        "where": _where(matter),
        "same": same(matter),
    }
    if matter.stage is Stage.WITHDRAWN:
        return _plain("question.card_withdrawn", matter)
    if matter.stage is Stage.CLOSED:
        return _plain("question.card_closed", matter)
    if not is_waiting(matter):
        return Card("question.card_answered", (), MappingProxyType(values))
    key = "question.card_taken" if matter.stage is Stage.TAKEN else "question.card"
    if matter.fact("urgency") == Urgency.HAZARD:
        key = "question.card_hazard"
        values["signs"] = matter.fact("signs")
    return Card(key, _staff_rows(matter), MappingProxyType(values))


def _staff_rows(matter: Matter) -> Rows:
    first: tuple[Button, ...] = (button("question.write", f"q:write:{matter.id}"),)
    if matter.stage is Stage.OPEN:
        first = (button("question.take", f"q:take:{matter.id}"), *first)
    second: tuple[Button, ...] = (button("question.pass", f"q:pass:{matter.id}"),)
    if not matter.fact("explicit"):
        second = (*second, button("question.not_one", f"q:not:{matter.id}"))
    return (first, second)


def overdue(matter: Matter) -> Card:
    """Its time is up."""
    values: dict[str, Value] = {"number": matter.number, "text": matter.text}
    return Card("question.overdue", _staff_rows(matter), MappingProxyType(values))


def offices(matter: Matter) -> Card:
    """To whom is it passed on?"""
    rows = tuple(
        (button(f"role.{role}", f"q:office:{matter.id}:{role}"),)
        for role in ASSIGNABLE
        if role != matter.office
    )
    back = (button("form.back", f"q:show:{matter.id}"),)
    return Card("question.ask_office", (*rows, back), {"number": matter.number})


def for_asker(matter: Matter, answer: str, by: Phrase) -> Card:
    """There is an answer: is it solved?"""
    rows = (
        (
            button("question.solved", f"q:ok:{matter.id}"),
            button("question.unsolved", f"q:no:{matter.id}"),
        ),
    )
    values: dict[str, Value] = {"number": matter.number, "by": by, "answer": answer}
    key = "question.answered" if answer else "question.answered_in_group"
    return Card(key, rows, MappingProxyType(values))


def same(matter: Matter) -> Phrase:
    """Which earlier matter may be the same, if one was found."""
    if matter.fact("same"):
        values: dict[str, Value] = {"number": int(matter.fact("same"))}
        return Phrase("question.same", MappingProxyType(values))
    return Phrase("question.as_said")


def office_name(matter: Matter) -> Phrase:
    return Phrase(f"role.{matter.office or 'manager'}")


def _where(matter: Matter) -> Phrase:
    building = matter.fact("building")
    if building:
        return Phrase("announce.building", MappingProxyType({"building": building}))
    return Phrase("announce.building_unknown")


def _plain(key: str, matter: Matter) -> Card:
    return Card(key, (), {"number": matter.number})
