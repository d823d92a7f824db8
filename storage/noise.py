"""What each group has heard, for the noise ledgers."""

from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from bot.domain.basics import ChatId
from bot.domain.letter import Ledger, Own, Priority, Spent
from storage.prepared import Prepared
from storage.tables import noise

_past = Prepared(delete(noise).where(noise.c.day < bindparam("before")))


class SqlNoise:
    """The rows of `noise`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def book(
        self, chat: ChatId, day: date, ledger: Ledger, priority: Priority, own: Own | None = None
    ) -> None:
        self._connection.execute(
            insert(noise).values(
                chat=chat, day=day.isoformat(), ledger=ledger, priority=priority, own=own or ""
            )
        )

    def spent(self, chat: ChatId, today: date) -> Spent:
        monday = today - timedelta(days=today.weekday())
        rows = self._connection.execute(
            select(noise.c.day, noise.c.ledger, noise.c.priority, noise.c.own).where(
                noise.c.chat == chat,
                noise.c.day >= monday.isoformat(),
                noise.c.day <= today.isoformat(),
            )
        ).all()
        now = [row for row in rows if row.day == today.isoformat()]
        own = [row for row in rows if row.ledger == Ledger.OWN]
        return Spent(
            acts_today=sum(r.ledger == Ledger.ACT and r.priority > Priority.URGENT for r in now),
            urgent_today=sum(r.priority == Priority.URGENT for r in now),
            own_today=sum(r.ledger == Ledger.OWN for r in now),
            own_week=len(own),
            bundles_week=sum(r.own == Own.BUNDLE for r in own),
            digest_week=any(r.own == Own.DIGEST for r in own),
        )

    def acts(self, chats: tuple[ChatId, ...], since: date, until: date) -> int:
        """How many things named humans published in these groups."""
        found: int = self._connection.execute(
            select(func.count())
            .select_from(noise)
            .where(
                noise.c.chat.in_(chats),
                noise.c.ledger == Ledger.ACT,
                noise.c.day >= since.isoformat(),
                noise.c.day < until.isoformat(),
            )
        ).scalar_one()
        return found

    def purge(self, before: date) -> None:
        _past.run(self._connection, before=before.isoformat())
