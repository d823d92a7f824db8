"""Half a year without any act: a matter is closed, and whoever has a part in it is told so."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.basics import NewId, Pseudonym
from bot.domain.due import Due, Dues
from bot.domain.matter import Matter, MatterKind, Matters, Stage
from bot.domain.pen import Pen, PenWork
from bot.domain.question.routing import RoutingWork, managers
from bot.domain.touch import TouchWork, touch

STALE = "matter.stale"
FORGOTTEN = timedelta(days=180)


class AliveWork(Protocol):
    """The stores that keeping a matter alive needs."""

    now: datetime

    @property
    def dues(self) -> Dues: ...


class StaleWork(PenWork, RoutingWork, TouchWork, Protocol):
    """The stores that closing a forgotten matter needs."""

    now: datetime

    @property
    def matters(self) -> Matters: ...


def alive(work: AliveWork, matter: Matter) -> None:
    """Something was done with it: its half year begins anew, or ends with the matter."""
    if matter.closed_at is not None:
        work.dues.cancel(STALE, matter.id)
        return
    work.dues.put(Due(STALE, matter.id, max(work.now, matter.due_at or work.now) + FORGOTTEN))


class StaleDesk:
    """Closes what nobody has touched."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._pen = Pen(new_id, pseudonym)

    def due(self, work: StaleWork, id: str) -> None:
        """Its half year is over."""
        matter = work.matters.get(id)
        if matter is None or matter.closed_at is not None:
            return
        work.matters.put(replace(matter, stage=Stage.CLOSED, closed_at=work.now), "", work.now)
        touch(work, matter.community)
        told = dict.fromkeys((matter.owner, *managers(work, matter.community)))
        for member in told:
            if member is not None:
                self._pen.tell(work, member, _key(matter), number=matter.number)


def _key(matter: Matter) -> str:
    asked = matter.kind in (MatterKind.QUESTION, MatterKind.RUMOUR)
    return "question.stale" if asked else "acts.stale"
