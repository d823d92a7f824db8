"""Sweeping away what was kept long enough, and how the store is doing."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.domain.doctor import Vitals
from bot.domain.label import week_of
from bot.domain.letter import State
from bot.domain.matter import MatterKind
from bot.domain.privacy import PURGED_AT, Limits
from storage.arrivals import QUARANTINED, SqlArrivals
from storage.audit import SqlAudit
from storage.codec import stamp
from storage.communities import SqlForms, SqlInvitations
from storage.dues import SqlDues
from storage.health import SqlHealth
from storage.labels import SqlLabels
from storage.learning import SqlDraws
from storage.letters import SqlLetters
from storage.noise import SqlNoise
from storage.people import SqlPeople
from storage.tables import matters, reasons
from storage.talk import SqlTalk


class SqlRetention:
    """Every store's own sweep, in one place."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now

    def sweep(self, limits: Limits) -> None:
        connection, now = self._connection, self._now
        SqlArrivals(connection, now).purge()
        SqlLetters(connection, now).purge()
        SqlForms(connection, now).purge()
        SqlInvitations(connection).purge(now)
        SqlDues(connection).purge(now)
        SqlPeople(connection).expire(now)
        SqlAudit(connection).purge(now - limits.audit)
        SqlNoise(connection).purge((now - limits.noise).date())
        connection.execute(
            update(matters)
            .where(
                matters.c.kind != MatterKind.NOTICE,
                matters.c.closed_at < stamp(now - limits.help),
            )
            .values(text="", owner=None, keeper=None)
        )
        connection.execute(
            delete(reasons).where(
                reasons.c.matter.in_(
                    select(matters.c.id).where(matters.c.closed_at < stamp(now - limits.help))
                )
            )
        )
        self._judged(limits)
        SqlTalk(connection).purge(now - limits.readings)

    def _judged(self, limits: Limits) -> None:
        """What people judged; a week goes as soon as its oldest message is that old."""
        connection, now = self._connection, self._now
        words, whole = week_of(now - limits.samples, "UTC"), week_of(now - limits.labels, "UTC")
        SqlLabels(connection).purge(now - limits.readings, words, whole)
        SqlDraws(connection).purge(week_of(now - limits.draws, "UTC"), whole)


class SqlVitals:
    """Counts that tell how the store is doing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, now: datetime) -> Vitals:
        purged = SqlHealth(self._connection).get(PURGED_AT)
        return Vitals(
            quarantined=SqlArrivals(self._connection, now).count(QUARANTINED),
            uncertain=SqlLetters(self._connection, now).count(State.UNCERTAIN),
            stuck=tuple(failed.kind for failed in SqlDues(self._connection).stuck()),
            purged_at=datetime.fromisoformat(purged) if purged else None,
            broken_at=SqlAudit(self._connection).broken_at(),
        )
