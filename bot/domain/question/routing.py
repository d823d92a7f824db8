"""Whose business a question is, and who of them can be reached."""

from datetime import datetime
from typing import Protocol

from bot.domain.basics import CommunityId, MemberId
from bot.domain.people import OFFICE, People, Role

OFFICES = OFFICE | {Role.GRID, Role.PROPERTY, Role.COMMITTEE}
"""Roles that answer; a neighbour who is a monitor is a neighbour."""
ASSIGNABLE = (Role.MANAGER, Role.PROPERTY, Role.GRID, Role.COMMITTEE, Role.SECRETARY)
_NEXT = (Role.GRID, Role.MANAGER, Role.OWNER, Role.SECRETARY)


class RoutingWork(Protocol):
    """The stores that routing needs."""

    now: datetime

    @property
    def people(self) -> People: ...


def holders(work: RoutingWork, community: CommunityId, role: str) -> tuple[MemberId, ...]:
    """Everybody who holds a role now; where there is no manager, the owner is one."""
    grants = [g for g in work.people.grants_in(community) if g.holds(work.now)]
    found = tuple(g.member for g in grants if g.role == role)
    if not found and role == Role.MANAGER:
        return tuple(g.member for g in grants if g.role is Role.OWNER)
    return found


def reachable(work: RoutingWork, community: CommunityId, role: str) -> tuple[MemberId, ...]:
    """Those of a role who opened the private chat."""
    found = holders(work, community, role)
    return tuple(member for member in found if work.people.person(member).reachable)


def office_for(work: RoutingWork, community: CommunityId, wished: str) -> Role:
    """The role a question goes to: the one wished for if it can be reached, else the next."""
    wish = Role(wished) if wished in {role.value for role in OFFICES} else Role.MANAGER
    for role in (wish, *_NEXT):
        if reachable(work, community, role):
            return role
    return wish if holders(work, community, wish) else Role.OWNER


def keepers(work: RoutingWork, community: CommunityId, office: str) -> tuple[MemberId, ...]:
    """Who gets the card: those who can be reached, else all who hold the role."""
    return reachable(work, community, office) or holders(work, community, office)


def managers(work: RoutingWork, community: CommunityId) -> tuple[MemberId, ...]:
    """The people in charge who can be reached."""
    found: dict[MemberId, None] = {}
    for role in (Role.MANAGER, Role.OWNER, Role.SECRETARY):
        found |= dict.fromkeys(reachable(work, community, role))
    return tuple(found)


def role_of(work: RoutingWork, community: CommunityId, member: MemberId) -> Role | None:
    """The role under which a person answers here; none for a neighbour."""
    for grant in work.people.grants(member):
        if grant.community == community and grant.role in OFFICES and grant.holds(work.now):
            return grant.role
    return None


def may_keep(role: Role | None, office: str) -> bool:
    """Whether this role may act on what is this office's business."""
    return role is not None and (role in OFFICE or role == office)
