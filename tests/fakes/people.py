"""People, what they told their communities, and their roles, in dicts."""

from dataclasses import replace
from datetime import datetime

from bot.domain.basics import CommunityId, MemberId
from bot.domain.people import Grant, Membership, Person, Role
from tests.fakes.shelves import Shelves, in_utc, maybe_utc


class FakePeople:
    """Fulfils `People`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def person(self, member: MemberId) -> Person:
        return self._shelves.people.get(member, Person(member))

    def put_person(self, person: Person) -> None:
        self._shelves.people[person.id] = person

    def membership(self, community: CommunityId, member: MemberId) -> Membership:
        known = self._shelves.memberships.get((community, member))
        return Membership(community, member) if known is None else known

    def put_membership(self, membership: Membership) -> None:
        self._shelves.require_community(membership.community)
        self._shelves.memberships[membership.community, membership.member] = membership

    def memberships(self, member: MemberId) -> tuple[Membership, ...]:
        found = [one for one in self._shelves.memberships.values() if one.member == member]
        return tuple(sorted(found, key=lambda one: one.community))

    def unread(self, community: CommunityId) -> frozenset[MemberId]:
        every = self._shelves.memberships.values()
        return frozenset(
            one.member for one in every if one.community == community and one.opted_out
        )

    def opted_out(self, community: CommunityId) -> int:
        return len(self.unread(community))

    def grants(self, member: MemberId) -> tuple[Grant, ...]:
        found = [one for one in self._shelves.grants.values() if one.member == member]
        return tuple(sorted(found, key=_by_age))

    def grants_in(self, community: CommunityId) -> tuple[Grant, ...]:
        found = [one for one in self._shelves.grants.values() if one.community == community]
        return tuple(sorted(found, key=_by_age))

    def grant(self, grant: Grant) -> None:
        self._shelves.require_community(grant.community)
        self._shelves.grants[grant.community, grant.member, grant.role] = replace(
            grant, granted_at=in_utc(grant.granted_at), expires_at=maybe_utc(grant.expires_at)
        )

    def revoke(self, community: CommunityId, member: MemberId, role: Role) -> bool:
        return self._shelves.grants.pop((community, member, role), None) is not None

    def expire(self, now: datetime) -> None:
        """Drops roles whose time is over."""
        for key, one in list(self._shelves.grants.items()):
            if one.expires_at is not None and one.expires_at < now:
                del self._shelves.grants[key]

    def forget(self, member: MemberId) -> None:
        shelves = self._shelves
        shelves.people.pop(member, None)
        shelves.forms.pop(member, None)
        shelves.memberships = {
            key: one for key, one in shelves.memberships.items() if one.member != member
        }
        shelves.grants = {key: one for key, one in shelves.grants.items() if one.member != member}

    def note_erasure(self, code: str, at: datetime, receipt: str) -> None:
        known = self._shelves.erasures.get(code)
        first = receipt if known is None else known[1]
        self._shelves.erasures[code] = in_utc(at), first

    def erasures(self) -> list[str]:
        """The keyed codes of everybody who was erased."""
        return list(self._shelves.erasures)

    def everyone(self) -> set[MemberId]:
        """All ids that occur."""
        shelves = self._shelves
        found = {*shelves.people, *shelves.forms}
        found |= {member for _, member in shelves.memberships}
        found |= {member for _, member, _ in shelves.grants}
        found |= {member for _, member in shelves.reasons}
        for matter in shelves.matters.values():
            found |= {member for member in (matter.owner, matter.keeper) if member is not None}
        return found


def _by_age(grant: Grant) -> tuple[datetime, str, CommunityId, MemberId]:
    return grant.granted_at, grant.role.value, grant.community, grant.member
