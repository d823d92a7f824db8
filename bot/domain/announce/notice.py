"""A notice as a matter: its groups, its buildings, its author, and who may publish it."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from bot.domain.announce.values import Announcements
from bot.domain.audit import Audit
from bot.domain.basics import ChatId, CommunityId, MemberId, Refusal
from bot.domain.community import Communities, Forms, Group, GroupState
from bot.domain.due import Dues
from bot.domain.letter import Letters, Noise, Phrase, Value
from bot.domain.matter import Matter, MatterKind, Matters, Stage
from bot.domain.people import MAY, Act, Grant, People, Role, Standing, authorize
from bot.domain.touch import Boards

REPORT, DROP, PUBLISH = "announce.report", "announce.drop", "announce.publish"
LIMIT = 4096
ROOM_FOR_HEADING = 4000


class AnnounceWork(Protocol):
    """The stores that announcements need."""

    now: datetime

    @property
    def announcements(self) -> Announcements: ...
    @property
    def boards(self) -> Boards: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def matters(self) -> Matters: ...
    @property
    def people(self) -> People: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def noise(self) -> Noise: ...


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_urgent(matter: Matter) -> bool:
    return matter.facts.get("urgent") == "1"


def act_of(matter: Matter) -> Act:
    return Act.PUBLISH_URGENT if is_urgent(matter) else Act.PUBLISH


def chats_of(matter: Matter) -> tuple[ChatId, ...]:
    """The groups a notice is meant for."""
    return tuple(ChatId(int(chat)) for chat in matter.facts.get("chats", "").split(",") if chat)


def scope_of(matter: Matter) -> tuple[str, ...]:
    """The buildings a notice concerns; none means all."""
    return tuple(filter(None, matter.facts.get("scope", "").split(",")))


def with_facts(matter: Matter, **facts: str) -> Matter:
    return replace(matter, facts=MappingProxyType({**matter.facts, **facts}))


def active_groups(work: AnnounceWork, community: CommunityId) -> tuple[Group, ...]:
    return tuple(g for g in work.communities.groups(community) if g.state is GroupState.ACTIVE)


def open_chats(work: AnnounceWork, matter: Matter) -> tuple[ChatId, ...]:
    """Those of its groups in which we work."""
    active = {group.chat for group in active_groups(work, matter.community)}
    return tuple(chat for chat in chats_of(matter) if chat in active)


def own_notice(work: AnnounceWork, member: MemberId, id: str) -> Matter:
    """A notice of this author; anybody else's is as good as missing. Raises `Refusal`."""
    matter = work.matters.get(id)
    if matter is None or matter.kind is not MatterKind.NOTICE or matter.owner != member:
        raise Refusal("announce.unknown")
    return matter


def publishing_roles(work: AnnounceWork, member: MemberId, act: Act) -> tuple[Grant, ...]:
    """The roles under which a person may publish, one for each community."""
    held = [g for g in work.people.grants(member) if g.role in MAY[act] and g.holds(work.now)]
    return tuple({grant.community: grant for grant in reversed(held)}.values())


def allowed(work: AnnounceWork, matter: Matter, standing: Standing) -> Grant:
    """The grant under which the author may publish this now. Raises `Denied`.

    Whoever is seen to be a group administrator holds the role by that from now on, so that
    losing the administrator's right is losing the role's.
    """
    member = matter.owner or MemberId(0)
    chats = chats_of(matter)
    own = tuple(g for g in work.people.grants(member) if g.community == matter.community)
    grant = authorize(act_of(matter), own, chats, standing, work.now)
    if not grant.by_admin and all(_is_admin(standing, chat) for chat in chats):
        grant = replace(grant, by_admin=True)
        work.people.grant(grant)
    return grant


def _is_admin(standing: Standing, chat: ChatId) -> bool:
    seen = standing.get(chat)
    return seen is not None and seen.status in ("creator", "administrator")


def body(matter: Matter, corrected: datetime | None = None) -> Phrase:
    """The text as it appears in the group."""
    values: dict[str, Value] = {"text": matter.text}
    key = "announce.urgent" if is_urgent(matter) else "announce.plain"
    if corrected is not None:
        key, values["at"] = "announce.corrected", corrected
    elif utf16(matter.text) > ROOM_FOR_HEADING:
        key = "announce.bare"
    elif scope_of(matter):
        key, values["scope"] = f"{key}_scope", "、".join(scope_of(matter))
    return Phrase(key, MappingProxyType(values))


def published(matter: Matter) -> bool:
    return matter.stage is Stage.PUBLISHED


def role_name(grant: Grant | None) -> Phrase:
    return Phrase(f"role.{grant.role if grant else Role.MANAGER}")
