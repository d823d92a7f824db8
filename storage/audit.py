"""The audit log as rows, each chained to the one before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from bot.domain.audit import GENESIS, Entry, chained
from bot.domain.basics import CommunityId
from storage.codec import moment, stamp
from storage.health import SqlHealth
from storage.prepared import Prepared
from storage.tables import audit

ANCHOR = "audit.anchor"

_last_before = Prepared(
    select(audit.c.seq, audit.c.hash)
    .where(audit.c.at < bindparam("before"))
    .order_by(audit.c.seq.desc())
    .limit(1)
)


class SqlAudit:
    """The rows of `audit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: Entry) -> None:
        self._connection.execute(
            insert(audit).values(
                community=entry.community,
                at=stamp(entry.at),
                actor=entry.actor,
                act=entry.act,
                object=entry.object,
                why=entry.why,
                allowed=entry.allowed,
                hash=chained(self._head(), _kept(entry)),
            )
        )

    def entries(self, community: CommunityId, since: datetime) -> tuple[Entry, ...]:
        rows = self._connection.execute(
            select(audit)
            .where(audit.c.community == community, audit.c.at >= stamp(since))
            .order_by(audit.c.seq)
        ).all()
        return tuple(_entry(row) for row in rows)

    def broken_at(self) -> int | None:
        """The first row that does not follow from the one before it, or None."""
        previous = SqlHealth(self._connection).get(ANCHOR) or GENESIS
        for row in self._rows():
            previous = chained(previous, _entry(row))
            if row.hash != previous:
                return int(row.seq)
        return None

    def purge(self, before: datetime) -> None:
        """Drops old rows and keeps the hash of the last of them as the chain's new beginning."""
        last = _last_before.first(self._connection, before=stamp(before))
        if last is not None:
            SqlHealth(self._connection).put(ANCHOR, last.hash)
            self._connection.execute(delete(audit).where(audit.c.seq <= last.seq))

    def _head(self) -> str:
        found: str | None = self._connection.execute(
            select(audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
        ).scalar_one_or_none()
        return found or SqlHealth(self._connection).get(ANCHOR) or GENESIS

    def _rows(self) -> Sequence[Row[Any]]:
        return self._connection.execute(select(audit).order_by(audit.c.seq)).all()


def _kept(entry: Entry) -> Entry:
    """The entry as it will be read back, so that its hash can be computed again."""
    return Entry(
        entry.community,
        moment(stamp(entry.at)),
        entry.actor,
        entry.act,
        entry.object,
        entry.why,
        entry.allowed,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        CommunityId(row.community),
        moment(row.at),
        row.actor,
        row.act,
        row.object,
        row.why,
        bool(row.allowed),
    )
