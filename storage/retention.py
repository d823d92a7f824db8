"""Sweeping away what was kept long enough, and how the store is doing."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.domain.doctor import Vitals
from bot.domain.label import week_of
from bot.domain.letter import State
from bot.domain.matter import MatterKind
from bot.domain.privacy import PURGED_AT, Limits
from storage.arrivals import QUARANTINED, SqlArrivals
from storage.audit import SqlAudit
from storage.codec import dump, load, stamp
from storage.communities import SqlForms, SqlInvitations
from storage.dues import SqlDues
from storage.health import SqlHealth
from storage.labels import SqlLabels
from storage.learning import SqlDraws
from storage.letters import SqlLetters
from storage.noise import SqlNoise
from storage.people import SqlPeople
from storage.prepared import Prepared
from storage.tables import communities, groups, matters, reasons
from storage.talk import SqlTalk

_ended = matters.c.closed_at < bindparam("before")
_empty = Prepared(
    update(matters)
    .where(matters.c.kind != MatterKind.NOTICE, _ended)
    .values(text="", owner=None, keeper=None)
)
_evidence = Prepared(
    select(matters.c.id, matters.c.facts).where(_ended, matters.c.facts.contains('"signs":"'))
)
_reasons = Prepared(
    delete(reasons).where(reasons.c.matter.in_(select(matters.c.id).where(_ended)))
)
_never_opened = Prepared(
    delete(communities).where(
        communities.c.created_at < bindparam("before"),
        communities.c.id.not_in(select(groups.c.community).where(groups.c.community.is_not(None))),
    )
)


class SqlRetention:
    """Every store's own sweep, in one place."""

    def __init__(self, connection: Connection, now: datetime, talk: SqlTalk) -> None:
        self._connection, self._now, self._talk = connection, now, talk

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
        self._ended(stamp(now - limits.help))
        self._judged(limits)
        self._talk.purge(now - limits.readings)
        _never_opened.run(connection, before=stamp(now - limits.unopened))

    def _ended(self, before: str) -> None:
        """The words of matters that ended long ago, and why people had been against them.

        The words a flag rested on are a resident's own; they go with the text.
        """
        _empty.run(self._connection, before=before)
        _reasons.run(self._connection, before=before)
        for id, facts in _evidence.all(self._connection, before=before):
            kept = {name: value for name, value in load(facts).items() if name != "signs"}
            self._connection.execute(
                update(matters).where(matters.c.id == id).values(facts=dump(kept))
            )

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
