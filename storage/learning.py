"""The ids that chance drew, how many there were to draw from, and what is switched off."""

from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId, CommunityId
from bot.domain.label import Finding
from bot.domain.learning import Draw, Shown
from bot.domain.learning.values import Stratum
from storage.prepared import Prepared, Row
from storage.tables import readings
from storage.tables.learning import draws, gates, strata


def _same(table: Any) -> list[Any]:
    """Where a table speaks of one stratum."""
    names = ("community", "week", "finding", "flagged")
    return [table.c[name] == bindparam(f"of_{name}") for name in names]


ANY = 1.0
"""Every lot is below it: as long as there is room, every message is drawn."""
_keep = Prepared(
    insert(draws).on_conflict_do_nothing(),
    "community",
    "week",
    "finding",
    "flagged",
    "chat",
    "message",
    "lot",
    "state",
    "letter",
)
_kept = Prepared(
    select(draws.c.seq, draws.c.lot).where(*_same(draws)).order_by(draws.c.lot.desc())
)
_drop = Prepared(delete(draws).where(draws.c.seq == bindparam("which")))
_bar = Prepared(update(strata).where(*_same(strata)).values(bar=bindparam("lowered")))
_off = Prepared(select(gates.c.finding).where(gates.c.community == bindparam("home"), gates.c.off))
_drawn = Prepared(delete(draws).where(draws.c.week <= bindparam("until")))
_counted = Prepared(delete(strata).where(strata.c.week <= bindparam("until")))


class SqlDraws:
    """The rows of `draws` and `strata`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def offer(self, lots: tuple[Draw, ...], size: int) -> None:
        """Counts one message, and keeps each of its lots that is among the lowest of its stratum.

        `lots` are of one message, one a finding. Keeping the `size` lowest lots keeps a random
        sample of a stream whose length nobody knows yet (reservoir sampling with random sort
        keys). `bar` is the highest lot that is kept; as most lots lie above it, most messages
        cost one UPDATE.
        """
        if not lots:
            return
        sides = {f"side_{lot.finding}": lot.flagged for lot in lots}
        where = {"home": lots[0].community, "in_week": lots[0].week}
        counting = _counting(tuple(lot.finding for lot in lots))
        counted = counting.all(self._connection, **where, **sides)
        bars = {str(row.finding): float(row.bar) for row in counted}
        for lot in lots:
            bar = bars.get(lot.finding)
            if bar is None:
                self._connection.execute(insert(strata).values(**_stratum(lot), seen=1, bar=ANY))
            if bar is None or lot.lot < bar:
                self._keep(lot, size)

    def _keep(self, lot: Draw, size: int) -> None:
        _keep.run(
            self._connection,
            **_stratum(lot),
            chat=lot.chat,
            message=lot.message,
            lot=lot.lot,
            state=Shown.WAITING,
            letter="",
        )
        self._trim({f"of_{name}": value for name, value in _stratum(lot).items()}, size)

    def _trim(self, stratum: dict[str, Any], size: int) -> None:
        """The highest lots beyond `size` go, and the bar comes down to the highest that stays."""
        kept = _kept.all(self._connection, **stratum)
        if len(kept) < size:
            return
        for row in kept[: len(kept) - size]:
            _drop.run(self._connection, which=row.seq)
        _bar.run(self._connection, lowered=kept[len(kept) - size].lot, **stratum)

    def of(self, community: CommunityId, week: str) -> tuple[Draw, ...]:
        """Everything that was drawn in a week."""
        rows = self._connection.execute(
            select(draws)
            .where(draws.c.community == community, draws.c.week == week)
            .order_by(draws.c.lot)
        )
        return tuple(_draw(row) for row in rows)

    def get(self, id: int) -> Draw | None:
        row = self._connection.execute(select(draws).where(draws.c.seq == id)).one_or_none()
        return None if row is None else _draw(row)

    def shown_in(self, letter: str) -> Draw | None:
        """The draw whose copy a letter carries, while it is on show."""
        row = self._connection.execute(
            select(draws).where(draws.c.letter == letter, draws.c.state == Shown.SHOWN)
        ).one_or_none()
        return None if row is None else _draw(row)

    def put(self, draw: Draw) -> None:
        """How far a drawn message has come."""
        self._connection.execute(
            update(draws)
            .where(draws.c.seq == draw.id)
            .values(state=draw.state, letter=draw.letter)
        )

    def strata(self, community: CommunityId, week: str) -> tuple[Stratum, ...]:
        """How many messages there were, in this week and the later ones."""
        rows = self._connection.execute(
            select(strata).where(strata.c.community == community, strata.c.week >= week)
        )
        return tuple(
            Stratum(row.week, Finding(row.finding), bool(row.flagged), row.seen) for row in rows
        )

    def drop_before(self, community: CommunityId, week: str) -> None:
        self._connection.execute(
            delete(draws).where(draws.c.community == community, draws.c.week < week)
        )

    def forget(self, author: str) -> tuple[str, ...]:
        """A person's messages are in no draw any more; returns the letters of copies on show."""
        said = select(readings.c.chat, readings.c.message).where(readings.c.author == author)
        gone = self._connection.execute(
            delete(draws)
            .where(tuple_(draws.c.chat, draws.c.message).in_(said))
            .returning(draws.c.letter)
        )
        return tuple(letter for letter in gone.scalars() if letter)

    def moved(self, chat: ChatId) -> None:
        """The group became another one, with other message ids: nothing can be shown of it."""
        self._connection.execute(delete(draws).where(draws.c.chat == chat))

    def purge(self, drawn: str, counted: str) -> None:
        """Ids go after a few weeks, counts together with the labels they weigh."""
        _drawn.run(self._connection, until=drawn)
        _counted.run(self._connection, until=counted)


class SqlGates:
    """The rows of `gates`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def off(self, community: CommunityId) -> frozenset[Finding]:
        rows = _off.all(self._connection, home=community)
        return frozenset(Finding(row.finding) for row in rows)

    def fresh(self, community: CommunityId, finding: Finding) -> str:
        """The first week that counts, since the finding was last opened by hand."""
        found: str | None = self._connection.execute(
            select(func.max(gates.c.fresh)).where(
                gates.c.community == community, gates.c.finding == finding
            )
        ).scalar_one()
        return found or ""

    def put(self, community: CommunityId, finding: Finding, off: bool, fresh: str) -> None:
        kept = {"off": off, "fresh": fresh}
        self._connection.execute(
            insert(gates)
            .values(community=community, finding=finding, **kept)
            .on_conflict_do_update(index_elements=["community", "finding"], set_=kept)
        )


@cache
def _counting(findings: tuple[Finding, ...]) -> Prepared:
    """One more message in the stratum of each finding; returns how low a lot must be."""
    sides = (
        and_(strata.c.finding == each, strata.c.flagged == bindparam(f"side_{each}"))
        for each in findings
    )
    return Prepared(
        update(strata)
        .where(
            strata.c.community == bindparam("home"),
            strata.c.week == bindparam("in_week"),
            or_(*sides),
        )
        .values(seen=strata.c.seen + 1)
        .returning(strata.c.finding, strata.c.bar)
    )


def _stratum(draw: Draw) -> dict[str, Any]:
    return {
        "community": draw.community,
        "week": draw.week,
        "finding": draw.finding,
        "flagged": draw.flagged,
    }


def _draw(row: Row) -> Draw:
    return Draw(
        CommunityId(row.community),
        row.week,
        Finding(row.finding),
        bool(row.flagged),
        ChatId(row.chat),
        row.message,
        row.lot,
        Shown(row.state),
        row.letter,
        row.seq,
    )
