"""What a named human does in a group: whether they may, and whether the group can bear it."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.basics import ChatId, CommunityId, Denied, MemberId, Refusal
from bot.domain.community import Communities, Community, Group, GroupState
from bot.domain.letter import (
    ACTS_A_DAY,
    Card,
    Ledger,
    Noise,
    Plan,
    Priority,
    Rows,
    Verdict,
    button,
    plan_act,
)
from bot.domain.people import MAY, Act, Grant, People, Standing, authorize


class ActWork(Protocol):
    """The stores that deciding on an act needs."""

    now: datetime

    @property
    def communities(self) -> Communities: ...
    @property
    def noise(self) -> Noise: ...
    @property
    def people(self) -> People: ...


def active(work: ActWork, community: CommunityId) -> tuple[Group, ...]:
    """The groups of a community in which we work."""
    found = work.communities.groups(community)
    return tuple(group for group in found if group.state is GroupState.ACTIVE)


def community_of(work: ActWork, id: CommunityId) -> Community:
    """The community. Raises `Refusal` where it is gone."""
    found = work.communities.get(id)
    if found is None:
        raise Refusal("form.gone")
    return found


def local(work: ActWork, community: Community) -> datetime:
    return work.now.astimezone(ZoneInfo(community.zone))


def grants_for(
    work: ActWork,
    member: MemberId,
    act: Act,
    chat: ChatId | None = None,
    community: str | None = None,
) -> tuple[Grant, ...]:
    """One grant for each community in which a person may do this, the newest last.

    With a chat or a community only that one counts. Raises `Denied`.
    """
    group = None if chat is None else work.communities.group(chat)
    only = community or (group.community if group is not None else None)
    found = {
        grant.community: grant
        for grant in sorted(work.people.grants(member), key=lambda g: g.granted_at)
        if grant.role in MAY[act] and grant.holds(work.now) and only in (None, grant.community)
    }
    if not found:
        raise Denied(act, "denied.role")
    return tuple(found.values())


def which(work: ActWork, grants: tuple[Grant, ...], data: str) -> Card:
    """For which of several communities is it meant?"""
    rows = tuple(
        (
            button(
                "announce.in",
                f"{data}:{grant.community}",
                name=community_of(work, grant.community).name,
            ),
        )
        for grant in grants
    )
    return Card("announce.which", rows)


def grant_for(work: ActWork, member: MemberId, act: Act, chat: ChatId | None = None) -> Grant:
    """The first role under which a person may do this, in the chat's community if one is named.

    Raises `Denied`. Whether they still are in the group is asked again when the act is done.
    """
    group = None if chat is None else work.communities.group(chat)
    for grant in work.people.grants(member):
        here = group is None or group.community == grant.community
        if here and grant.role in MAY[act] and grant.holds(work.now):
            return grant
    raise Denied(act, "denied.role")


def require(
    work: ActWork,
    member: MemberId,
    act: Act,
    community: CommunityId,
    chats: tuple[ChatId, ...],
    standing: Standing,
) -> Grant:
    """The grant under which a person may do this now in all these groups. Raises `Denied`."""
    own = tuple(g for g in work.people.grants(member) if g.community == community)
    wanted = chats or tuple(group.chat for group in active(work, community)[:1])
    return authorize(act, own, wanted, standing, work.now)


def plan(work: ActWork, chat: ChatId, priority: Priority, confirmed: bool = False) -> Plan:
    """What the noise rules say of one more act in this group."""
    group = work.communities.group(chat)
    community = community_of(work, group.community or CommunityId("")) if group else None
    if community is None:
        return Plan(Verdict.GO)
    now = local(work, community)
    spent = work.noise.spent(chat, now.date())
    return plan_act(priority, spent, now, community.quiet, confirmed)


class TooMany(Exception):
    """One of the groups has heard enough today; the person decides."""


def when(
    work: ActWork, chats: tuple[ChatId, ...], priority: Priority, confirmed: bool = False
) -> datetime | None:
    """From when on all these groups can bear an act; None is now. Raises `TooMany`."""
    plans = [plan(work, chat, priority, confirmed) for chat in chats]
    if any(one.verdict is Verdict.ASK for one in plans):
        raise TooMany
    return max((one.at for one in plans if one.at is not None), default=None)


def book(work: ActWork, chat: ChatId, priority: Priority) -> None:
    """Writes an act on the group's account."""
    group = work.communities.group(chat)
    if group is not None and group.community is not None:
        now = local(work, community_of(work, group.community))
        work.noise.book(chat, now.date(), Ledger.ACT, priority)


def too_many(anyway: str) -> Card:
    """The fourth act of a day: the manager decides."""
    rows: Rows = (
        (button("announce.anyway", anyway),),
        (button("form.cancel", "x"),),
    )
    return Card("acts.too_many", rows, {"limit": ACTS_A_DAY})
