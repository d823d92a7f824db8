"""Matters and the history of each."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import CommunityId, MemberId
from bot.domain.matter import Matter, MatterKind, Stage
from storage.codec import dump, load, maybe_moment, maybe_stamp, moment, stamp
from storage.tables import history, matters


class SqlMatters:
    """The rows of `matters` and `history`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Matter | None:
        row = self._connection.execute(select(matters).where(matters.c.id == id)).one_or_none()
        return None if row is None else _matter(row)

    def next_number(self, community: CommunityId) -> int:
        found: int | None = self._connection.execute(
            select(func.max(matters.c.number)).where(matters.c.community == community)
        ).scalar_one()
        return (found or 0) + 1

    def put(self, matter: Matter, actor: str, at: datetime) -> None:
        """Keeps a matter and writes its stage into the history if that is new."""
        before = self.get(matter.id)
        kept = {
            "stage": matter.stage,
            "owner": matter.owner,
            "text": matter.text,
            "facts": dump(dict(matter.facts)),
            "due_at": maybe_stamp(matter.due_at),
            "closed_at": maybe_stamp(matter.closed_at),
        }
        self._connection.execute(
            insert(matters)
            .values(
                id=matter.id,
                number=matter.number,
                community=matter.community,
                kind=matter.kind,
                created_at=stamp(matter.created_at),
                **kept,
            )
            .on_conflict_do_update(index_elements=["id"], set_=kept)
        )
        if before is None or before.stage is not matter.stage:
            self._connection.execute(
                plain_insert(history).values(
                    matter=matter.id, at=stamp(at), stage=matter.stage, actor=actor
                )
            )

    def drop(self, id: str) -> None:
        self._connection.execute(delete(matters).where(matters.c.id == id))

    def of_owner(self, member: MemberId) -> tuple[Matter, ...]:
        rows = self._connection.execute(
            select(matters).where(matters.c.owner == member).order_by(matters.c.created_at)
        )
        return tuple(_matter(row) for row in rows)

    def open_in(
        self, community: CommunityId, kind: MatterKind, stage: Stage
    ) -> tuple[Matter, ...]:
        rows = self._connection.execute(
            select(matters)
            .where(
                matters.c.community == community,
                matters.c.kind == kind,
                matters.c.stage == stage,
            )
            .order_by(matters.c.number)
        )
        return tuple(_matter(row) for row in rows)


def _matter(row: Row[Any]) -> Matter:
    return Matter(
        id=row.id,
        number=row.number,
        community=CommunityId(row.community),
        kind=MatterKind(row.kind),
        stage=Stage(row.stage),
        owner=None if row.owner is None else MemberId(row.owner),
        text=row.text or "",
        created_at=moment(row.created_at),
        facts=MappingProxyType(load(row.facts)),
        due_at=maybe_moment(row.due_at),
        closed_at=maybe_moment(row.closed_at),
    )
