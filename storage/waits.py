"""Texts that wait for the second reader: rows of `arrivals` with numbers below Telegram's."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.domain.basics import ChatId, MemberId
from bot.domain.second import Awaited, Found
from bot.domain.second.fields import fields_of, reading_of
from bot.domain.second.values import MOST
from storage.arrivals import DONE, PENDING, UNDONE
from storage.codec import dump, load, moment, stamp
from storage.prepared import Prepared
from storage.tables import arrivals

WAITING = "second"
UNREADABLE = (TypeError, KeyError, ValueError)
"""Another version of the program wrote it; its text is not kept for that."""


def _live() -> Any:
    waits = (arrivals.c.state == WAITING) | (arrivals.c.state == PENDING)
    return UNDONE & waits & (arrivals.c.update_id < 0)


_count = Prepared(select(func.count()).select_from(arrivals).where(_live()))
_lowest = Prepared(select(func.min(arrivals.c.update_id)).where(arrivals.c.update_id < 0))
_put = Prepared(insert(arrivals))
_first = Prepared(
    select(arrivals.c.update_id, arrivals.c.raw)
    .where(_live())
    .order_by(arrivals.c.state == WAITING, arrivals.c.update_id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Wait:
    """One text that waits; `found` is there once the second reader has answered."""

    id: int
    awaited: Awaited
    found: Found | None


class SqlWaits:
    """These rows are unseen by polling and intake, whose numbers begin at 0."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now

    def put(self, awaited: Awaited) -> bool:
        """Lets a text wait; false where too many wait already."""
        if _count.value(self._connection) >= MOST:
            return False
        _put.run(
            self._connection,
            update_id=(_lowest.value(self._connection) or 0) - 1,
            raw=dump({"awaited": asdict(awaited)}),
            state=WAITING,
            attempts=0,
            error="",
            received_at=stamp(self._now),
        )
        return True

    def first(self) -> Wait | None:
        """The one that has waited longest; one that is answered comes before the others."""
        row = _first.first(self._connection)
        if row is None:
            return None
        try:
            return _wait(row.update_id, row.raw)
        except UNREADABLE:
            self._empty([row.update_id])
            return None

    def answered(self, id: int, awaited: Awaited, found: Found) -> bool:
        """Keeps what was found beside the text; false where the text is gone since."""
        packed = {"reading": fields_of(found.reading), "alike": found.alike}
        changed = self._connection.execute(
            update(arrivals)
            .where(arrivals.c.update_id == id, arrivals.c.state == WAITING)
            .values(raw=dump({"awaited": asdict(awaited), "found": packed}), state=PENDING)
        )
        return changed.rowcount == 1

    def done(self, id: int) -> bool:
        """Empties a row; false if that was done before."""
        return self._empty([id]) == 1

    def drop(self, chat: ChatId, message: int) -> None:
        """A message was changed: its older words are not read any more."""
        self._drop(lambda one: one.chat == chat and one.message == message)

    def drop_chats(self, chats: Sequence[ChatId]) -> None:
        """Everything said in these groups."""
        self._drop(lambda one: one.chat in chats)

    def forget(self, member: MemberId) -> None:
        """Everything a person said, wherever."""
        self._drop(lambda one: one.member == member)

    def expire(self, before: datetime) -> None:
        """Everything that came before a moment or at it."""
        self._connection.execute(
            update(arrivals)
            .where(_live(), arrivals.c.received_at <= stamp(before))
            .values(raw=None, state=DONE)
        )

    def oldest(self) -> datetime | None:
        """Since when the oldest has waited."""
        found: str | None = self._connection.execute(
            select(func.min(arrivals.c.received_at)).where(_live())
        ).scalar_one()
        return None if found is None else moment(found)

    def _drop(self, concerns: Callable[[Awaited], bool]) -> None:
        rows = self._connection.execute(
            select(arrivals.c.update_id, arrivals.c.raw).where(_live())
        ).all()
        self._empty([id for id, raw in rows if _concerned(raw, concerns)])

    def _empty(self, ids: list[int]) -> int:
        return self._connection.execute(
            update(arrivals)
            .where(_live(), arrivals.c.update_id.in_(ids))
            .values(raw=None, state=DONE)
        ).rowcount


def _concerned(raw: str, concerns: Callable[[Awaited], bool]) -> bool:
    """Of what cannot be read nobody knows whose it is, so it concerns everybody."""
    try:
        return concerns(_awaited(load(raw)["awaited"]))
    except UNREADABLE:
        return True


def _awaited(given: dict[str, Any]) -> Awaited:
    ids = {"chat": ChatId(given["chat"]), "member": MemberId(given["member"])}
    return Awaited(**given | ids)


def _wait(id: int, raw: str) -> Wait:
    kept = load(raw)
    awaited = _awaited(kept["awaited"])
    found = kept.get("found")
    if found is None:
        return Wait(id, awaited, None)
    alike = tuple((str(other), float(near)) for other, near in found["alike"])
    return Wait(id, awaited, Found(reading_of(found["reading"]), alike))
