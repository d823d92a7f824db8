"""Matters and the history of each."""

from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.matter import Matter, MatterKind, Passage, Stage
from storage.codec import dump, load, maybe_moment, maybe_stamp, moment, stamp
from storage.prepared import Prepared, Row
from storage.tables import history, matters

KEPT = (
    "stage",
    "owner",
    "office",
    "keeper",
    "chat",
    "message",
    "text",
    "facts",
    "due_at",
    "closed_at",
)
"""The columns that may change."""
_new = insert(matters)
_put = Prepared(
    _new.on_conflict_do_update(
        index_elements=["id"], set_={name: _new.excluded[name] for name in KEPT}
    )
)
_passed = Prepared(plain_insert(history), "matter", "at", "stage", "actor")
_get = Prepared(select(matters).where(matters.c.id == bindparam("which")))
_of_owner = Prepared(
    select(matters).where(matters.c.owner == bindparam("member")).order_by(matters.c.created_at)
)
_highest = Prepared(
    select(func.max(matters.c.number)).where(matters.c.community == bindparam("home"))
)
_said_at = Prepared(
    select(matters)
    .where(matters.c.chat == bindparam("chat"), matters.c.message == bindparam("message"))
    .order_by(matters.c.number)
    .limit(1)
)
_of_kind = (
    select(matters)
    .where(matters.c.community == bindparam("home"), matters.c.kind == bindparam("kind"))
    .order_by(matters.c.number)
)
_ever = Prepared(_of_kind)
_lately = Prepared(
    _of_kind.where(matters.c.closed_at.is_(None) | (matters.c.closed_at >= bindparam("since")))
)
_at_stage = Prepared(_of_kind.where(matters.c.stage == bindparam("stage")))


class SqlMatters:
    """The rows of `matters` and `history`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Matter | None:
        row = _get.first(self._connection, which=id)
        return None if row is None else _matter(row)

    def next_number(self, community: CommunityId) -> int:
        found: int | None = _highest.value(self._connection, home=community)
        return (found or 0) + 1

    def put(self, matter: Matter, actor: str, at: datetime) -> None:
        """Keeps a matter and writes its stage into the history if that is new."""
        before = self.get(matter.id)
        _put.run(
            self._connection,
            id=matter.id,
            number=matter.number,
            community=matter.community,
            kind=matter.kind,
            created_at=stamp(matter.created_at),
            **_kept(matter),
        )
        if before is None or before.stage is not matter.stage:
            passage = {"matter": matter.id, "at": stamp(at), "stage": matter.stage}
            _passed.run(self._connection, actor=actor, **passage)

    def drop(self, id: str) -> None:
        self._connection.execute(delete(matters).where(matters.c.id == id))

    def of_owner(self, member: MemberId) -> tuple[Matter, ...]:
        rows = _of_owner.all(self._connection, member=member)
        return tuple(_matter(row) for row in rows)

    def said_in(self, chat: ChatId) -> tuple[Matter, ...]:
        """What began with a message in this chat."""
        rows = self._connection.execute(select(matters).where(matters.c.chat == chat))
        return tuple(_matter(row) for row in rows)

    def of_community(self, community: CommunityId) -> tuple[Matter, ...]:
        rows = self._connection.execute(select(matters).where(matters.c.community == community))
        return tuple(_matter(row) for row in rows)

    def kept_by(self, member: MemberId) -> tuple[Matter, ...]:
        rows = self._connection.execute(select(matters).where(matters.c.keeper == member))
        return tuple(_matter(row) for row in rows)

    def open_in(
        self, community: CommunityId, kind: MatterKind, stage: Stage
    ) -> tuple[Matter, ...]:
        rows = _at_stage.all(self._connection, home=community, kind=kind, stage=stage)
        return tuple(_matter(row) for row in rows)

    def numbered(self, community: CommunityId, number: int) -> Matter | None:
        row = self._connection.execute(
            select(matters).where(matters.c.community == community, matters.c.number == number)
        ).one_or_none()
        return None if row is None else _matter(row)

    def said_at(self, chat: ChatId, message: int) -> Matter | None:
        """The matter that a message in a group became."""
        row = _said_at.first(self._connection, chat=chat, message=message)
        return None if row is None else _matter(row)

    def of_kind(
        self, community: CommunityId, kind: MatterKind, since: datetime | None = None
    ) -> tuple[Matter, ...]:
        """All matters of a kind, by number; with `since`, those open or closed after it."""
        asked = {"home": community, "kind": kind}
        if since is None:
            rows = _ever.all(self._connection, **asked)
        else:
            rows = _lately.all(self._connection, since=stamp(since), **asked)
        return tuple(_matter(row) for row in rows)

    def history(self, id: str) -> tuple[Passage, ...]:
        """The stages a matter came to, oldest first."""
        rows = self._connection.execute(
            select(history.c.stage, history.c.at)
            .where(history.c.matter == id)
            .order_by(history.c.seq)
        )
        return tuple(Passage(Stage(stage), moment(at)) for stage, at in rows)


def _kept(matter: Matter) -> dict[str, object]:
    return {
        "stage": matter.stage,
        "owner": matter.owner,
        "office": matter.office,
        "keeper": matter.keeper,
        "chat": matter.chat,
        "message": matter.message,
        "text": matter.text,
        "facts": dump(dict(matter.facts)),
        "due_at": maybe_stamp(matter.due_at),
        "closed_at": maybe_stamp(matter.closed_at),
    }


def _matter(row: Row) -> Matter:
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
        office=row.office,
        keeper=None if row.keeper is None else MemberId(row.keeper),
        chat=None if row.chat is None else ChatId(row.chat),
        message=row.message,
    )
