"""Duties and the moments at which they are due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.due import Due
from storage.codec import maybe_moment, moment, stamp
from storage.prepared import Prepared
from storage.tables import dues

ATTEMPTS = 3
_new = insert(dues)
_put = Prepared(
    _new.values(attempts=0, error="").on_conflict_do_update(
        index_elements=["kind", "object"],
        set_={"at": _new.excluded["at"], "done_at": None, "attempts": 0, "error": ""},
    ),
    "kind",
    "object",
    "at",
)
_cancel = Prepared(
    delete(dues).where(dues.c.kind == bindparam("which"), dues.c.object == bindparam("what"))
)
_waits = dues.c.done_at.is_(None)
_due = Prepared(
    select(dues.c.kind, dues.c.object, dues.c.at)
    .where(_waits, dues.c.at <= bindparam("now"), dues.c.attempts < ATTEMPTS)
    .order_by(dues.c.at, dues.c.kind, dues.c.object)
    .limit(bindparam("limit"))
)
_next = Prepared(select(func.min(dues.c.at)).where(_waits, dues.c.attempts < ATTEMPTS))
_claim = Prepared(
    update(dues)
    .where(
        dues.c.kind == bindparam("which"),
        dues.c.object == bindparam("what"),
        dues.c.at == bindparam("due_at"),
        _waits,
    )
    .values(done_at=bindparam("now"))
)
_over = Prepared(delete(dues).where(dues.c.done_at < bindparam("before")))


@dataclass(frozen=True, slots=True)
class Failed:
    """A duty that could not be done, for the doctor."""

    kind: str
    error: str


class SqlDues:
    """The rows of `dues`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, due: Due) -> None:
        _put.run(self._connection, kind=due.kind, object=due.object, at=stamp(due.at))

    def cancel(self, kind: str, object: str) -> None:
        _cancel.run(self._connection, which=kind, what=object)

    def waits(self, kind: str, prefix: str) -> bool:
        """Whether a duty of this kind is still to be done for an object that begins so."""
        found = self._connection.execute(
            select(dues.c.object).where(
                dues.c.kind == kind,
                dues.c.done_at.is_(None),
                func.substr(dues.c.object, 1, len(prefix)) == prefix,
            )
        ).first()
        return found is not None

    def due(self, now: datetime, limit: int = 100) -> list[Due]:
        rows = _due.all(self._connection, now=stamp(now), limit=limit)
        return [Due(kind, object, moment(at)) for kind, object, at in rows]

    def next_at(self) -> datetime | None:
        return maybe_moment(_next.value(self._connection))

    def claim(self, due: Due, now: datetime) -> bool:
        """Marks a duty done; true only for the one who got there first."""
        values = {"which": due.kind, "what": due.object, "due_at": stamp(due.at)}
        return _claim.run(self._connection, **values, now=stamp(now)) == 1

    def failed(self, due: Due, error: str) -> None:
        self._connection.execute(
            update(dues)
            .where(dues.c.kind == due.kind, dues.c.object == due.object)
            .values(attempts=dues.c.attempts + 1, error=error[:80])
        )

    def stuck(self) -> list[Failed]:
        rows = self._connection.execute(
            select(dues.c.kind, dues.c.error).where(dues.c.attempts >= ATTEMPTS)
        )
        return [Failed(kind, error) for kind, error in rows]

    def purge(self, now: datetime) -> None:
        _over.run(self._connection, before=stamp(now - timedelta(days=30)))
