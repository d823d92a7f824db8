"""People, what they told their communities, and the roles they hold."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import CommunityId, MemberId
from bot.domain.people import Grant, Membership, Person, Role
from storage.codec import maybe_moment, maybe_stamp, moment, stamp
from storage.prepared import Prepared, Row
from storage.tables import erasures, forms, grants, matters, memberships, people, reasons

_person = Prepared(select(people).where(people.c.member == bindparam("member")))
_membership = Prepared(
    select(memberships).where(
        memberships.c.community == bindparam("home"), memberships.c.member == bindparam("member")
    )
)
_unread = Prepared(
    select(memberships.c.member).where(
        memberships.c.community == bindparam("home"), memberships.c.opted_out
    )
)
_by_age = (grants.c.granted_at, grants.c.role)
_grants = Prepared(
    select(grants)
    .where(grants.c.member == bindparam("member"))
    .order_by(*_by_age, grants.c.community)
)
_grants_in = Prepared(
    select(grants)
    .where(grants.c.community == bindparam("home"))
    .order_by(*_by_age, grants.c.member)
)
_expired = Prepared(delete(grants).where(grants.c.expires_at < bindparam("now")))


class SqlPeople:
    """The rows of `people`, `memberships` and `grants`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person(self, member: MemberId) -> Person:
        row = _person.first(self._connection, member=member)
        if row is None:
            return Person(member)
        return Person(member, row.lang, bool(row.elder), bool(row.reachable))

    def put_person(self, person: Person) -> None:
        kept = {"lang": person.lang, "elder": person.elder, "reachable": person.reachable}
        self._connection.execute(
            insert(people)
            .values(member=person.id, **kept)
            .on_conflict_do_update(index_elements=["member"], set_=kept)
        )

    def membership(self, community: CommunityId, member: MemberId) -> Membership:
        row = _membership.first(self._connection, home=community, member=member)
        return Membership(community, member) if row is None else _told(row)

    def put_membership(self, membership: Membership) -> None:
        kept = {"building": membership.building, "opted_out": membership.opted_out}
        self._connection.execute(
            insert(memberships)
            .values(community=membership.community, member=membership.member, **kept)
            .on_conflict_do_update(index_elements=["community", "member"], set_=kept)
        )

    def memberships(self, member: MemberId) -> tuple[Membership, ...]:
        rows = self._connection.execute(
            select(memberships)
            .where(memberships.c.member == member)
            .order_by(memberships.c.community)
        )
        return tuple(_told(row) for row in rows)

    def unread(self, community: CommunityId) -> frozenset[MemberId]:
        """Everybody who does not want to be read here."""
        rows = _unread.all(self._connection, home=community)
        return frozenset(MemberId(row.member) for row in rows)

    def opted_out(self, community: CommunityId) -> int:
        """How many people of a community do not want to be analysed."""
        found: int = self._connection.execute(
            select(func.count())
            .select_from(memberships)
            .where(memberships.c.community == community, memberships.c.opted_out)
        ).scalar_one()
        return found

    def grants(self, member: MemberId) -> tuple[Grant, ...]:
        rows = _grants.all(self._connection, member=member)
        return tuple(_grant(row) for row in rows)

    def grants_in(self, community: CommunityId) -> tuple[Grant, ...]:
        rows = _grants_in.all(self._connection, home=community)
        return tuple(_grant(row) for row in rows)

    def grant(self, grant: Grant) -> None:
        kept = {
            "by_admin": grant.by_admin,
            "granted_at": stamp(grant.granted_at),
            "expires_at": maybe_stamp(grant.expires_at),
        }
        self._connection.execute(
            insert(grants)
            .values(community=grant.community, member=grant.member, role=grant.role, **kept)
            .on_conflict_do_update(index_elements=["community", "member", "role"], set_=kept)
        )

    def revoke(self, community: CommunityId, member: MemberId, role: Role) -> bool:
        done = self._connection.execute(
            delete(grants).where(
                grants.c.community == community, grants.c.member == member, grants.c.role == role
            )
        )
        return done.rowcount == 1

    def expire(self, now: datetime) -> None:
        _expired.run(self._connection, now=stamp(now))

    def forget(self, member: MemberId) -> None:
        """Every row keyed to the person here; other stores forget their own."""
        for table in (people, memberships, grants, forms):
            self._connection.execute(delete(table).where(table.c.member == member))

    def note_erasure(self, code: str, at: datetime, receipt: str) -> None:
        """Remembers, by a keyed code, that somebody was erased, for the next restore."""
        self._connection.execute(
            insert(erasures)
            .values(code=code, at=stamp(at), receipt=receipt)
            .on_conflict_do_update(index_elements=["code"], set_={"at": stamp(at)})
        )

    def erasures(self) -> list[str]:
        """The keyed codes of everybody who was erased."""
        return list(self._connection.execute(select(erasures.c.code)).scalars())

    def everyone(self) -> set[MemberId]:
        """All ids that occur, for replaying erasures after a restore."""
        found: set[MemberId] = set()
        tables = (people, memberships, grants, forms)
        for table in tables:
            found |= set(self._connection.execute(select(table.c.member)).scalars())
        for column in (matters.c.owner, matters.c.keeper, reasons.c.member):
            found |= set(
                self._connection.execute(select(column).where(column.is_not(None))).scalars()
            )
        return found


def _told(row: Row) -> Membership:
    return Membership(
        CommunityId(row.community), MemberId(row.member), row.building, bool(row.opted_out)
    )


def _grant(row: Row) -> Grant:
    return Grant(
        CommunityId(row.community),
        MemberId(row.member),
        Role(row.role),
        bool(row.by_admin),
        moment(row.granted_at),
        maybe_moment(row.expires_at),
    )
