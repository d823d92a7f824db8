"""Communities, their groups, invitations and half-filled forms, in dicts."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain.basics import ChatId, Clock, CommunityId, MemberId
from bot.domain.community import Community, Form, Group, Invitation
from bot.domain.letter import Quiet
from tests.fakes.moving import Moving
from tests.fakes.shelves import Conflict, Shelves, in_utc, maybe_utc

FORM_LASTS = timedelta(hours=24)
TITLE = 255


class FakeCommunities:
    """Fulfils `Communities`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def get(self, id: CommunityId) -> Community | None:
        return self._shelves.communities.get(id)

    def all(self) -> tuple[Community, ...]:
        every = self._shelves.communities.values()
        return tuple(sorted(every, key=lambda one: one.created_at))

    def put(self, community: Community) -> None:
        quiet = community.quiet
        to_the_minute = Quiet(
            quiet.start.replace(second=0, microsecond=0),
            quiet.end.replace(second=0, microsecond=0),
        )
        self._shelves.communities[community.id] = replace(
            community, created_at=in_utc(community.created_at), quiet=to_the_minute
        )

    def group(self, chat: ChatId) -> Group | None:
        known = self._shelves.groups.get(chat)
        if known is not None:
            return known
        new = self._shelves.aliases.get(chat)
        return None if new is None else self.group(new)

    def put_group(self, group: Group) -> None:
        self._shelves.require_community(group.community)
        self._shelves.groups[group.chat] = replace(
            group,
            title=group.title[:TITLE],
            since=maybe_utc(group.since),
            counted_at=maybe_utc(group.counted_at),
        )

    def drop_group(self, chat: ChatId) -> None:
        self._shelves.groups.pop(chat, None)

    def groups(self, community: CommunityId) -> tuple[Group, ...]:
        found = [one for one in self._shelves.groups.values() if one.community == community]
        return tuple(sorted(found, key=_by_age))

    def migrate(self, old: ChatId, new: ChatId) -> bool:
        self._shelves.aliases.setdefault(old, new)
        if old not in self._shelves.groups:
            return False
        Moving(self._shelves, old, new).move()
        return True

    def erase(self, id: CommunityId) -> None:
        shelves = self._shelves
        chats = {group.chat for group in self.groups(id)}
        shelves.noise = [one for one in shelves.noise if one.chat not in chats]
        shelves.readings = {
            key: one for key, one in shelves.readings.items() if key[0] not in chats
        }
        shelves.boards = {chat: one for chat, one in shelves.boards.items() if chat not in chats}
        shelves.aliases = {old: new for old, new in shelves.aliases.items() if new not in chats}
        if id in shelves.communities:
            shelves.drop_community(id)


def _by_age(group: Group) -> tuple[bool, float, ChatId]:
    """Those of unknown age come first."""
    since = 0.0 if group.since is None else group.since.timestamp()
    return group.since is not None, since, group.chat


class FakeInvitations:
    """Fulfils `Invitations`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def put(self, invitation: Invitation) -> None:
        self._shelves.require_community(invitation.community)
        if invitation.code in self._shelves.invitations:
            raise Conflict("this code is out already")
        kept = replace(invitation, expires_at=in_utc(invitation.expires_at))
        self._shelves.invitations[invitation.code] = kept

    def take(self, code: str, now: datetime) -> Invitation | None:
        found = self._shelves.invitations.pop(code, None)
        return None if found is None or found.expires_at <= now else found

    def purge(self, now: datetime) -> None:
        """Drops those whose time is over."""
        every = self._shelves.invitations.items()
        self._shelves.invitations = {code: one for code, one in every if one.expires_at > now}


class FakeForms:
    """Fulfils `Forms`; a form is forgotten after a day."""

    def __init__(self, shelves: Shelves, clock: Clock) -> None:
        self._shelves, self._clock = shelves, clock

    def get(self, member: MemberId) -> Form | None:
        form = self._shelves.forms.get(member)
        return None if form is None or self._is_old(form) else form

    def put(self, form: Form) -> None:
        fields = MappingProxyType(dict(form.fields))
        self._shelves.forms[form.member] = replace(form, fields=fields, at=in_utc(self._clock()))

    def drop(self, member: MemberId) -> None:
        self._shelves.forms.pop(member, None)

    def purge(self) -> None:
        """Drops the forgotten ones."""
        every = self._shelves.forms.items()
        self._shelves.forms = {member: one for member, one in every if not self._is_old(one)}

    def _is_old(self, form: Form) -> bool:
        return form.at is not None and form.at <= self._clock() - FORM_LASTS
