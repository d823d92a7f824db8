"""The bot's life in a group: arriving, being moved, losing rights, leaving."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain.announce import Announcements
from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Communities, Group, GroupState
from bot.domain.consult.values import Consultations
from bot.domain.due import Due, Dues
from bot.domain.label import Labels
from bot.domain.letter import Card, Kind, Letter, Letters, Phrase, Rows, State, button, private
from bot.domain.matter import Matter, MatterKind, Matters, Stage, silenced
from bot.domain.people import OFFICE, People, Person
from bot.domain.second import Waits

LEAVE, ERASE = "group.leave", "group.erase"
PATIENCE, REMEMBERED = timedelta(hours=24), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Footing:
    """What the bot may do in a group, by Telegram's latest word."""

    inside: bool
    hears_all: bool = False
    can_pin: bool = False


class GroupWork(Protocol):
    """The stores that group life needs."""

    now: datetime

    @property
    def announcements(self) -> Announcements: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def consultations(self) -> Consultations: ...
    @property
    def matters(self) -> Matters: ...
    @property
    def people(self) -> People: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def waits(self) -> Waits: ...


class GroupsDesk:
    """Everything that happens to the bot in a group."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def changed(self, work: GroupWork, chat: ChatId, footing: Footing) -> None:
        """Our own standing in a group has changed: we came, went, gained or lost a right."""
        group = work.communities.group(chat)
        if not footing.inside:
            self.lost(work, chat)
        elif group is None:
            work.communities.put_group(_guest(chat, footing, work.now))
            work.dues.put(Due(LEAVE, str(chat), work.now + PATIENCE))
        else:
            self._stayed(work, group, footing)

    def _stayed(self, work: GroupWork, group: Group, footing: Footing) -> None:
        """Rights came or went, or we are back in a group we knew."""
        back = group.state in (GroupState.GONE, GroupState.PAUSED)
        told = set(group.told)
        worse = [
            key
            for key, now, before in (
                ("hears", footing.hears_all, group.hears_all),
                ("pin", footing.can_pin, group.can_pin),
            )
            if not now and before and key not in told
        ]
        told -= {k for k, now in (("hears", footing.hears_all), ("pin", footing.can_pin)) if now}
        state = GroupState.ACTIVE if back and group.community else group.state
        work.communities.put_group(
            replace(
                group,
                state=GroupState.GUEST if group.community is None else state,
                hears_all=footing.hears_all,
                can_pin=footing.can_pin,
                told=frozenset(told | set(worse)) - {"gone"},
            )
        )
        work.dues.cancel(ERASE, str(group.chat))
        for key in ["back"] if back and group.community else worse:
            self._tell_office(work, group, f"groups.{key}")

    def migrated(self, work: GroupWork, old: ChatId, new: ChatId) -> None:
        """The group has become a supergroup: everything follows it, once."""
        if work.communities.migrate(old, new):
            for kind in (LEAVE, ERASE):
                work.dues.cancel(kind, str(old))
            group = work.communities.group(new)
            if group is not None and group.state is GroupState.GUEST:
                work.dues.put(Due(LEAVE, str(new), work.now + PATIENCE))

    def renamed(self, work: GroupWork, chat: ChatId, title: str) -> None:
        """A group that works with us has a new title."""
        group = work.communities.group(chat)
        if group is not None and group.community is not None:
            work.communities.put_group(replace(group, title=title[:255]))

    def lost(self, work: GroupWork, chat: ChatId) -> None:
        """We are not in this group any more: its texts go now, the rest after 30 days."""
        group = work.communities.group(chat)
        if group is None or group.state is GroupState.GONE:
            return
        work.letters.drop_for(chat)
        work.waits.drop_chats([chat])
        work.dues.cancel(LEAVE, str(chat))
        if group.community is None:
            work.communities.drop_group(chat)
            return
        self._silence(work, group)
        gone = replace(group, state=GroupState.GONE, told=group.told | {"gone"})
        work.communities.put_group(gone)
        work.dues.put(Due(ERASE, str(chat), work.now + REMEMBERED))
        self._unlend(work, group)
        if "gone" not in group.told:
            self._tell_office(work, group, "groups.gone")

    def _silence(self, work: GroupWork, group: Group) -> None:
        """The texts of a group go; with the last group of a community, all of them."""
        if group.community is None:
            return
        others = (g for g in work.communities.groups(group.community) if g.chat != group.chat)
        if any(other.state is GroupState.ACTIVE for other in others):
            only = (work.matters.get(id) for id in work.announcements.only_in(group.chat))
            found = (*filter(None, only), *work.matters.said_in(group.chat))
        else:
            found = work.matters.of_community(group.community)
        for matter in found:
            if _runs(matter):
                continue
            work.matters.put(silenced(matter, work.now), "", work.now)
            work.consultations.drop_reasons(matter.id)

    def no_right(self, work: GroupWork, chat: ChatId, right: str) -> None:
        """Telegram refused for want of a right: the managers are told once."""
        group = work.communities.group(chat)
        if group is None or right in group.told:
            return
        can_pin = group.can_pin and right != "pin"
        work.communities.put_group(replace(group, told=group.told | {right}, can_pin=can_pin))
        self._tell_office(work, group, f"groups.{right}")

    def unannounced(self, work: GroupWork, chat: ChatId) -> None:
        """The notice of privacy could not appear, so nothing has begun: we are guests again."""
        group = work.communities.group(chat)
        if group is None or group.state is not GroupState.ACTIVE:
            return
        self._tell_office(work, group, "setup.unannounced")
        work.communities.put_group(replace(group, community=None, state=GroupState.GUEST))
        work.dues.put(Due(LEAVE, str(group.chat), work.now + PATIENCE))

    def doubtful(self, work: GroupWork, chat: ChatId, letter: str) -> None:
        """Nobody knows whether the notice of privacy appeared: whoever is in charge looks."""
        group = work.communities.group(chat)
        if group is not None:
            rows = ((button("announce.send_again", f"gr:again:{letter}"),),)
            self._tell_office(work, group, "setup.doubtful", rows)

    def again(self, work: GroupWork, member: MemberId, letter: str) -> Card:
        """The notice of privacy is not there: once more. Raises `Refusal`."""
        chat = work.letters.chat_of(letter)
        group = None if chat is None else work.communities.group(chat)
        own = [g for g in work.people.grants(member) if g.role in OFFICE and g.holds(work.now)]
        if group is None or group.community not in [grant.community for grant in own]:
            raise Refusal("refuse.old_button")
        if work.letters.state_of(letter) is not State.UNCERTAIN:
            raise Refusal("announce.settled")
        work.letters.again(letter)
        return Card("announce.resent")

    def _unlend(self, work: GroupWork, group: Group) -> None:
        """Words that were lent go with their group, and all of them with the last one."""
        work.labels.left(group.chat)
        every = () if group.community is None else work.communities.groups(group.community)
        if group.community is not None and all(g.state is GroupState.GONE for g in every):
            work.labels.drop_samples(group.community)

    def leave_guest(self, work: GroupWork, chat: ChatId) -> None:
        """24 hours have passed and nobody opened a community here: we go."""
        group = work.communities.group(chat)
        if group is not None and group.state is GroupState.GUEST:
            work.letters.put(Letter(self._new_id(), chat, kind=Kind.LEAVE))
            work.communities.drop_group(chat)

    def erase(self, work: GroupWork, chat: ChatId) -> None:
        """30 days after we left the group goes, and its community if it was the last."""
        group = work.communities.group(chat)
        if group is None or group.state is not GroupState.GONE or group.community is None:
            return
        work.communities.drop_group(chat)
        if not work.communities.groups(group.community):
            work.communities.erase(group.community)

    def blocked(self, work: GroupWork, member: MemberId, blocked: bool) -> None:
        """A person closed or opened their private chat with us."""
        person = work.people.person(member)
        if person != Person(member) or not blocked:
            work.people.put_person(replace(person, reachable=not blocked))
        if not blocked:
            work.letters.release(member)

    def overview(self, work: GroupWork, member: MemberId) -> Card:
        """All groups of the communities in which a person holds a role, and how to mend each."""
        own = dict.fromkeys(grant.community for grant in work.people.grants(member))
        lines = tuple(
            _line(group) for community in own for group in work.communities.groups(community)
        )
        if not lines:
            return Card("groups.none")
        return Card("groups.list", ((button("setup.look_again", "gr:list"),),), {"lines": lines})

    def _tell_office(self, work: GroupWork, group: Group, key: str, rows: Rows = ()) -> None:
        if group.community is None:
            return
        told: set[MemberId] = set()
        for grant in work.people.grants_in(group.community):
            if grant.role in OFFICE and grant.member not in told:
                told.add(grant.member)
                letter = private(self._new_id(), grant.member, key, rows, group=group.title)
                work.letters.put(letter)


def _runs(matter: Matter) -> bool:
    """Whether people have voted and are owed a result, should we come back within 30 days."""
    votes = matter.kind in (MatterKind.POLL, MatterKind.CONSULT)
    planned = matter.stage in (Stage.DRAFT, Stage.SCHEDULED)
    return votes and not planned and matter.closed_at is None


def _guest(chat: ChatId, footing: Footing, now: datetime) -> Group:
    return Group(chat, None, hears_all=footing.hears_all, can_pin=footing.can_pin, since=now)


def _line(group: Group) -> Phrase:
    if group.state is not GroupState.ACTIVE:
        return Phrase("groups.line_gone", MappingProxyType({"group": group.title}))
    key = "groups.line_ok"
    if not group.hears_all:
        key = "groups.line_deaf"
    elif not group.can_pin:
        key = "groups.line_no_pin"
    return Phrase(key, MappingProxyType({"group": group.title}))
