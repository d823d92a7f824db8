"""Where everybody stands in a consultation, and the reasons they gave."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import MemberId
from bot.domain.consult.values import Reason, Stance
from storage.tables import reasons, stances


class SqlConsultations:
    """The rows of `stances` and `reasons`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, matter: str, code: str, stance: Stance, receipt: str, at: str) -> None:
        """One stance a person; a new one takes the old one's place."""
        kept = {"stance": stance, "receipt": receipt, "at": at}
        self._connection.execute(
            insert(stances)
            .values(matter=matter, code=code, **kept)
            .on_conflict_do_update(index_elements=["matter", "code"], set_=kept)
        )

    def stance_of(self, matter: str, code: str) -> Stance | None:
        found = self._connection.execute(
            select(stances.c.stance).where(stances.c.matter == matter, stances.c.code == code)
        ).scalar_one_or_none()
        return None if found is None else Stance(found)

    def tally(self, matter: str) -> Mapping[Stance, int]:
        """How many took each stance; every stance is there."""
        rows = self._connection.execute(
            select(stances.c.stance, func.count())
            .where(stances.c.matter == matter)
            .group_by(stances.c.stance)
        )
        found = {Stance(row[0]): int(row[1]) for row in rows}
        return MappingProxyType({stance: found.get(stance, 0) for stance in Stance})

    def taken_by(self, code: str) -> int:
        """In how many consultations one person took a stance."""
        found: int = self._connection.execute(
            select(func.count()).select_from(stances).where(stances.c.code == code)
        ).scalar_one()
        return found

    def put_reason(self, reason: Reason) -> None:
        kept = {
            "text": reason.text,
            "concern": reason.concern,
            "confirmed": reason.confirmed,
        }
        self._connection.execute(
            insert(reasons)
            .values(matter=reason.matter, member=reason.member, **kept)
            .on_conflict_do_update(index_elements=["matter", "member"], set_=kept)
        )

    def drop_reason(self, matter: str, member: MemberId) -> None:
        self._connection.execute(
            delete(reasons).where(reasons.c.matter == matter, reasons.c.member == member)
        )

    def reasons(self, matter: str) -> tuple[Reason, ...]:
        rows = self._connection.execute(
            select(reasons).where(reasons.c.matter == matter).order_by(reasons.c.text)
        )
        return tuple(_reason(row) for row in rows)

    def drop_reasons(self, matter: str) -> None:
        """Nothing that people gave as their reasons is kept."""
        self._connection.execute(delete(reasons).where(reasons.c.matter == matter))

    def forget(self, member: MemberId) -> None:
        """The person's reasons; their stances stay as a number under a loose code."""
        self._connection.execute(delete(reasons).where(reasons.c.member == member))

    def loosen(self, code: str, loose: Callable[[], str]) -> None:
        """Nobody can tell any more whose these stances were."""
        rows = self._connection.execute(
            select(stances.c.matter).where(stances.c.code == code)
        ).scalars()
        for matter in rows.all():
            self._connection.execute(
                update(stances)
                .where(stances.c.matter == matter, stances.c.code == code)
                .values(code=loose())
            )


def _reason(row: Row[Any]) -> Reason:
    return Reason(row.matter, MemberId(row.member), row.text or "", row.concern, row.confirmed)
