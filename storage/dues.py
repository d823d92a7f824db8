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
        rows = self._connection.execute(
            select(dues.c.kind, dues.c.object, dues.c.at)
            .where(dues.c.done_at.is_(None), dues.c.at <= stamp(now), dues.c.attempts < ATTEMPTS)
            .order_by(dues.c.at, dues.c.kind, dues.c.object)
            .limit(limit)
        )
        return [Due(kind, object, moment(at)) for kind, object, at in rows]

    def next_at(self) -> datetime | None:
        found: str | None = self._connection.execute(
            select(func.min(dues.c.at)).where(dues.c.done_at.is_(None), dues.c.attempts < ATTEMPTS)
        ).scalar_one()
        return maybe_moment(found)

    def claim(self, due: Due, now: datetime) -> bool:
        """Marks a duty done; true only for the one who got there first."""
        done = self._connection.execute(
            update(dues)
            .where(
                dues.c.kind == due.kind,
                dues.c.object == due.object,
                dues.c.at == stamp(due.at),
                dues.c.done_at.is_(None),
            )
            .values(done_at=stamp(now))
        )
        return done.rowcount == 1

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
        self._connection.execute(
            delete(dues).where(dues.c.done_at < stamp(now - timedelta(days=30)))
        )
