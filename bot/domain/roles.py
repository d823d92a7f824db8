"""Granting and revoking roles, by one-time links."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain.audit import Audit, Entry
from bot.domain.basics import ChatId, CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Communities, Community, GroupState, Invitation, Invitations
from bot.domain.letter import Button, Card, Letters, Phrase, button, private
from bot.domain.people import Act, Grant, People, Person, Role, Standing, authorize

INVITED_FOR = timedelta(days=7)
LASTS = {"0": None, "30": timedelta(days=30), "90": timedelta(days=90)}


class RolesWork(Protocol):
    """The stores that roles need."""

    now: datetime

    @property
    def communities(self) -> Communities: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def people(self) -> People: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def audit(self) -> Audit: ...


class RolesDesk:
    """Who holds which office, and how that changes."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def overview(self, work: RolesWork, member: MemberId) -> Card:
        """The offices of the communities a person has a role in; the owner can change them."""
        own = work.people.grants(member)
        if not own:
            raise Refusal("roles.none")
        community = _home(own)
        grants = work.people.grants_in(community)
        rows: list[tuple[Button, ...]] = []
        if any(g.role is Role.OWNER and g.community == community for g in own):
            rows = [
                (button("roles.revoke", f"ro:revoke:{n}", number=n + 1),)
                for n, grant in enumerate(grants)
                if grant.member != member
            ]
            rows.append((button("roles.add", "ro:add"),))
        lines = tuple(
            _line(n, grant, work.people.person(grant.member), work.now)
            for n, grant in enumerate(grants)
        )
        return Card(
            "roles.list", tuple(rows), {"lines": lines, "name": self._name(work, community)}
        )

    def choose(self) -> Card:
        """Which role is to be given."""
        offered = [role for role in Role if role is not Role.OWNER]
        rows = tuple((button(f"role.{role}", f"ro:give:{role}:0"),) for role in offered)
        return Card("roles.choose", (*rows, (button("form.back", "ro:list"),)))

    def invite(
        self, work: RolesWork, member: MemberId, role: str, days: str, standing: Standing
    ) -> str:
        """A one-time code for a role. Raises `Refusal`, `Denied`."""
        if role not in [r for r in Role if r is not Role.OWNER] or days not in LASTS:
            raise Refusal("refuse.old_button")
        grant = self._owner(work, member, standing)
        code = self._new_id() + self._new_id()
        expires = work.now + INVITED_FOR
        work.invitations.put(Invitation(code, grant.community, Role(role), expires))
        self._note(work, grant.community, member, "invite", role)
        return code

    def invite_setup(self, work: RolesWork, member: MemberId, standing: Standing) -> str:
        """A one-time code by which somebody may open a community of their own."""
        grant = self._owner(work, member, standing)
        code = self._new_id() + self._new_id()
        invitation = Invitation(code, None, Role.OWNER, work.now + INVITED_FOR)
        work.invitations.put(invitation)
        self._note(work, grant.community, member, "invite", "setup")
        return code

    def accept(self, work: RolesWork, member: MemberId, code: str) -> Card:
        """Takes up an invitation. Raises `Refusal` where the code opens nothing (any more)."""
        invitation = work.invitations.take(code, work.now)
        community = (
            invitation and invitation.community and work.communities.get(invitation.community)
        )
        if not invitation or not community:
            raise Refusal("roles.no_such_code")
        work.people.put_person(replace(work.people.person(member), reachable=True))
        work.people.grant(Grant(community.id, member, invitation.role, False, work.now))
        self._note(work, community.id, member, "role", invitation.role)
        role = Phrase(f"role.{invitation.role}")
        for grant in work.people.grants_in(community.id):
            if grant.role is Role.OWNER and grant.member != member:
                work.letters.put(private(self._new_id(), grant.member, "roles.taken", role=role))
        return Card("roles.welcome", (), {"role": role, "name": community.name})

    def ask_revoke(self, work: RolesWork, member: MemberId, number: str) -> Card:
        """Asks once more before a role is taken away."""
        grant = self._numbered(work, member, number)
        rows = (
            (button("roles.revoke_yes", f"ro:sure:{number}:{grant.role}"),),
            (button("form.back", "ro:list"),),
        )
        return Card("roles.revoke_sure", rows, {"role": Phrase(f"role.{grant.role}")})

    def revoke(
        self, work: RolesWork, member: MemberId, number: str, role: str, standing: Standing
    ) -> Card:
        """Takes a role away. Raises `Refusal`, `Denied`."""
        owner = self._owner(work, member, standing)
        grant = self._numbered(work, member, number)
        if grant.role != role:
            raise Refusal("refuse.old_button")
        work.people.revoke(grant.community, grant.member, grant.role)
        self._note(work, owner.community, member, "revoke", grant.role)
        return self.overview(work, member)

    def _numbered(self, work: RolesWork, member: MemberId, number: str) -> Grant:
        own = work.people.grants(member)
        grants = work.people.grants_in(_home(own)) if own else ()
        if not number.isascii() or not number.isdigit() or int(number) >= len(grants):
            raise Refusal("refuse.old_button")
        grant = grants[int(number)]
        others = [g for g in grants if g.role is Role.OWNER and g != grant]
        if grant.role is Role.OWNER and not others:
            raise Refusal("roles.last_owner")
        return grant

    def _owner(self, work: RolesWork, member: MemberId, standing: Standing) -> Grant:
        grants = work.people.grants(member)
        home = _home(grants) if grants else CommunityId("")
        own = tuple(g for g in grants if g.community == home)
        return authorize(Act.GRANT, own, _chats(work, home), standing, work.now)

    def _name(self, work: RolesWork, community: CommunityId) -> str:
        found: Community | None = work.communities.get(community)
        return found.name if found else ""

    def _note(
        self, work: RolesWork, community: CommunityId, member: MemberId, act: str, what: str
    ) -> None:
        code = self._pseudonym(community, member)
        work.audit.append(Entry(community, work.now, code, act, f"role:{what}"))


def _home(own: tuple[Grant, ...]) -> CommunityId:
    """The community whose roles a person sees: the first they own, else the first they serve."""
    return next((g.community for g in own if g.role is Role.OWNER), own[0].community)


def _chats(work: RolesWork, community: CommunityId) -> tuple[ChatId, ...]:
    """The groups in which an owner must be who they say: one is enough, the first."""
    active = [g.chat for g in work.communities.groups(community) if g.state is GroupState.ACTIVE]
    return tuple(active[:1])


def _line(number: int, grant: Grant, person: Person, now: datetime) -> Phrase:
    key = "roles.line" if person.reachable else "roles.line_unreachable"
    if not grant.holds(now):
        key = "roles.line_over"
    role = Phrase(f"role.{grant.role}")
    return Phrase(key, MappingProxyType({"number": number + 1, "role": role}))
