"""Updates as they came from Telegram, until each has had its effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.codec import stamp
from storage.prepared import Prepared
from storage.tables import arrivals

PENDING, DONE, QUARANTINED = "pending", "done", "quarantined"
UNDONE = arrivals.c.raw.is_not(None)
"""Only what is not done yet stands in the index, and what asks for it must say so."""

_keep = insert(arrivals).on_conflict_do_nothing()
_done = Prepared(
    update(arrivals)
    .where(arrivals.c.update_id == bindparam("id"), arrivals.c.state == PENDING)
    .values(raw=None, state=DONE, error="")
)
_pending = Prepared(
    select(func.count()).select_from(arrivals).where(UNDONE, arrivals.c.state == PENDING)
)
_waiting = Prepared(
    select(arrivals.c.update_id, arrivals.c.raw, arrivals.c.attempts)
    .where(UNDONE, arrivals.c.state == PENDING, arrivals.c.update_id > bindparam("after"))
    .order_by(arrivals.c.update_id)
    .limit(bindparam("limit"))
)
_newest = Prepared(select(func.max(arrivals.c.update_id)).where(arrivals.c.update_id >= 0))
_empty = Prepared(
    update(arrivals)
    .where(arrivals.c.state == QUARANTINED, arrivals.c.received_at < bindparam("before"))
    .values(raw=None)
)
_drop = Prepared(
    delete(arrivals).where(
        arrivals.c.state != PENDING,
        arrivals.c.received_at < bindparam("before"),
        arrivals.c.update_id != bindparam("newest"),
    )
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update that waits."""

    id: int
    raw: str
    attempts: int


class SqlArrivals:
    """The rows of `arrivals`."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now

    def keep(self, raws: Sequence[tuple[int, str]]) -> None:
        """Keeps a batch of (update id, raw JSON); an id that is known already is passed over."""
        at = stamp(self._now)
        rows = [
            {
                "update_id": id,
                "raw": raw,
                "state": PENDING,
                "attempts": 0,
                "error": "",
                "received_at": at,
            }
            for id, raw in raws
        ]
        if rows:
            self._connection.execute(_keep, rows)

    def waiting(self, after: int, limit: int) -> list[Arrival]:
        rows = _waiting.all(self._connection, after=after, limit=limit)
        return [Arrival(row.update_id, row.raw or "", row.attempts) for row in rows]

    def done(self, id: int) -> bool:
        """Marks an update done and empties it; false if it was settled before."""
        return _done.run(self._connection, id=id) == 1

    def failed(self, id: int, error: str, limit: int) -> bool:
        """Counts one failed attempt; at the limit the update is quarantined. True if it was."""
        row = self._connection.execute(
            update(arrivals)
            .where(arrivals.c.update_id == id)
            .values(attempts=arrivals.c.attempts + 1, error=error[:80])
            .returning(arrivals.c.attempts)
        ).one()
        if row[0] >= limit:
            self._connection.execute(
                update(arrivals).where(arrivals.c.update_id == id).values(state=QUARANTINED)
            )
        return bool(row[0] >= limit)

    def newest(self) -> int | None:
        """The highest update id ever kept and not yet purged; our own rows lie below 0."""
        found: int | None = _newest.value(self._connection)
        return found

    def count(self, state: str) -> int:
        found: int = self._connection.execute(
            select(func.count()).select_from(arrivals).where(arrivals.c.state == state)
        ).scalar_one()
        return found

    def pending(self) -> int:
        """How many wait to be done."""
        found: int = _pending.value(self._connection)
        return found

    def purge(self) -> None:
        """Empties quarantined texts after 24 hours and drops settled rows after 48."""
        day, two = stamp(self._now - timedelta(hours=24)), stamp(self._now - timedelta(hours=48))
        _empty.run(self._connection, before=day)
        _drop.run(self._connection, before=two, newest=self.newest() or 0)
