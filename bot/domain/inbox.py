"""What waits for staff, by urgency; and what somebody raised themselves."""

from datetime import timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.consult.values import ConsultWork
from bot.domain.letter import Button, Card, Phrase, Rows, Value, button, phrase
from bot.domain.matter import Matter, MatterKind, Stage, number_of
from bot.domain.pen import Pen
from bot.domain.people import OFFICE, Role
from bot.domain.question.routing import role_of
from bot.domain.question.values import is_waiting

PAGE = 8
_PREFIX = {
    MatterKind.QUESTION: "q",
    MatterKind.RUMOUR: "r",
    MatterKind.CONSULT: "c",
    MatterKind.PROMISE: "pm",
}
_OWN = (MatterKind.QUESTION, MatterKind.RUMOUR, MatterKind.HELP)


class InboxWork(ConsultWork, Protocol):
    """The stores that the inbox needs."""


class InboxDesk:
    """Lists; a matter is opened by its own desk."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._pen = Pen(new_id, pseudonym)

    def inbox(self, work: InboxWork, member: MemberId, page: int = 0) -> Card:
        """Everything open that is this person's business. Raises `Refusal`."""
        found: list[Matter] = []
        for community, role in self._offices(work, member).items():
            found += self._open(work, community, role)
            self._pen.note(work, community, member, "inbox_view", "inbox")
        if not found:
            return Card("inbox.empty")
        ordered = sorted(found, key=lambda m: (_rank(work, m), m.due_at or m.created_at))
        shown = ordered[page * PAGE : (page + 1) * PAGE]
        rows: list[tuple[Button, ...]] = [(_button(work, matter),) for matter in shown]
        if len(ordered) > (page + 1) * PAGE:
            rows.append((button("audit.older", f"in:{page + 1}"),))
        late = sum(_rank(work, matter) == 0 for matter in found)
        values: dict[str, Value] = {"count": len(found), "late": late}
        return Card("inbox.list", tuple(rows), MappingProxyType(values))

    def my(self, work: InboxWork, member: MemberId) -> Card:
        """What a person raised, with its stage."""
        mine = [m for m in work.matters.of_owner(member) if m.kind in _OWN]
        mine = [m for m in mine if m.stage is not Stage.WITHDRAWN][-PAGE:]
        if not mine:
            return Card("my.empty", ((button("board.ask", url="start:ask"),),))
        lines = tuple(_line(matter) for matter in mine)
        rows: Rows = tuple(
            (button("my.withdraw", f"q:back:{m.id}", number=m.number),)
            for m in mine
            if m.kind is MatterKind.QUESTION and is_waiting(m)
        )
        rows += tuple(
            (
                button("my.solved", f"q:ok:{m.id}", number=m.number),
                button("my.unsolved", f"q:no:{m.id}", number=m.number),
            )
            for m in mine
            if m.kind is MatterKind.QUESTION and m.stage is Stage.ANSWERED
        )
        return Card("my.list", rows, MappingProxyType({"lines": lines}))

    def find(
        self, work: InboxWork, member: MemberId, number: str, kind: MatterKind
    ) -> tuple[Matter, Role]:
        """The matter with this number that is the person's business. Raises `Refusal`.

        Each community counts by itself: whoever answers in two of them is not guessed at.
        """
        offices, asked = self._offices(work, member), number_of(number, "#QqRrCc")
        if asked is None:
            raise Refusal("question.unknown")
        every = ((work.matters.numbered(home, asked), role) for home, role in offices.items())
        found = [(m, role) for m, role in every if m is not None and m.kind is kind]
        found = [one for one in found if _is_open(one[0])] or found
        if len(found) > 1:
            raise Refusal("question.several", number=asked)
        if not found:
            raise Refusal("question.unknown")
        return found[0]

    def _offices(self, work: InboxWork, member: MemberId) -> dict[CommunityId, Role]:
        found: dict[CommunityId, Role] = {}
        for grant in work.people.grants(member):
            role = role_of(work, grant.community, member)
            if role is not None:
                found[grant.community] = role
        if not found:
            raise Refusal("denied.role")
        return found

    def _open(self, work: InboxWork, community: CommunityId, role: Role) -> list[Matter]:
        """Property sees its own matters only; those in charge see all."""
        every = [
            matter
            for kind in _PREFIX
            for matter in work.matters.of_kind(community, kind, work.now)
            if _is_open(matter)
        ]
        if role in OFFICE:
            return every
        return [m for m in every if m.office == role]


def _is_open(matter: Matter) -> bool:
    match matter.kind:
        case MatterKind.QUESTION:
            return is_waiting(matter)
        case MatterKind.RUMOUR:
            return matter.stage in (Stage.OPEN, Stage.CHECKING)
        case MatterKind.CONSULT:
            return matter.stage is Stage.COUNTED
        case _:
            return matter.stage in (Stage.OPEN, Stage.OVERDUE)


def _rank(work: InboxWork, matter: Matter) -> int:
    """0 overdue, 1 a rumour or a hazard, 2 due within a day, 3 the rest."""
    due = matter.due_at
    if matter.kind is not MatterKind.CONSULT and due is not None and due <= work.now:
        return 0
    if matter.kind is MatterKind.RUMOUR or matter.fact("urgency") == "hazard":
        return 1
    return 2 if due is not None and due - work.now < timedelta(days=1) else 3


def _button(work: InboxWork, matter: Matter) -> Button:
    rank = _rank(work, matter)
    return button(
        "inbox.one",
        f"{_PREFIX[matter.kind]}:show:{matter.id}",
        number=matter.number,
        text=" ".join(matter.text.split())[:18],
        mark=Phrase(f"inbox.mark{rank}"),
        kind=Phrase(f"inbox.{matter.kind}"),
    )


def _line(matter: Matter) -> Phrase:
    return phrase(
        "my.line",
        number=matter.number,
        text=" ".join(matter.text.split())[:40] or "—",
        stage=Phrase(f"stage.{matter.stage}"),
    )
