"""Communities, their groups, invitations and half-filled forms."""

import hashlib
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.community import Community, Form, Group, GroupState, Invitation
from bot.domain.letter import Quiet
from bot.domain.people import Role
from storage.codec import dump, load, maybe_moment, maybe_stamp, moment, stamp
from storage.labels import SqlLabels
from storage.learning import SqlDraws
from storage.letters import SqlLetters
from storage.moving import move
from storage.prepared import Prepared, Row
from storage.tables import (
    aliases,
    boards,
    communities,
    forms,
    groups,
    invitations,
    noise,
    readings,
)

FORM_LASTS = timedelta(hours=24)
EVER = datetime.max.replace(tzinfo=UTC)
_named = Prepared(select(communities).where(communities.c.id == bindparam("which")))
_every = Prepared(select(communities).order_by(communities.c.created_at))
_group_of = Prepared(select(groups).where(groups.c.chat == bindparam("chat")))
_groups_of = Prepared(
    select(groups)
    .where(groups.c.community == bindparam("home"))
    .order_by(groups.c.since, groups.c.chat)
)
_form_of = Prepared(
    select(forms).where(forms.c.member == bindparam("member"), forms.c.at > bindparam("since"))
)
_lapsed = Prepared(delete(invitations).where(invitations.c.expires_at <= bindparam("now")))
_left_open = Prepared(delete(forms).where(forms.c.at <= bindparam("before")))


class SqlCommunities:
    """The rows of `communities`, `groups` and `aliases`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: CommunityId) -> Community | None:
        row = _named.first(self._connection, which=id)
        return None if row is None else _community(row)

    def all(self) -> tuple[Community, ...]:
        return tuple(_community(row) for row in _every.all(self._connection))

    def put(self, community: Community) -> None:
        kept = {
            "name": community.name,
            "lang": community.lang,
            "zone": community.zone,
            "created_at": stamp(community.created_at),
            "settings": dump(
                {
                    "quiet": [
                        community.quiet.start.isoformat("minutes"),
                        community.quiet.end.isoformat("minutes"),
                    ],
                    "buildings": list(community.buildings),
                    "samples": community.samples,
                    "audits": community.audits,
                }
            ),
        }
        self._connection.execute(
            insert(communities)
            .values(id=community.id, **kept)
            .on_conflict_do_update(index_elements=["id"], set_=kept)
        )

    def group(self, chat: ChatId) -> Group | None:
        """The group behind a chat id, also where the chat has become a supergroup since."""
        row = _group_of.first(self._connection, chat=chat)
        if row is not None:
            return _group(row)
        new = self._connection.execute(
            select(aliases.c.new).where(aliases.c.old == chat)
        ).scalar_one_or_none()
        return None if new is None else self.group(ChatId(new))

    def put_group(self, group: Group) -> None:
        kept = {
            "community": group.community,
            "title": group.title[:255],
            "state": group.state,
            "forum": group.forum,
            "notice_topic": group.notice_topic,
            "board_topic": group.board_topic,
            "hears_all": group.hears_all,
            "can_pin": group.can_pin,
            "told": dump(sorted(group.told)),
            "since": maybe_stamp(group.since),
            "members": group.members,
            "counted_at": maybe_stamp(group.counted_at),
        }
        self._connection.execute(
            insert(groups)
            .values(chat=group.chat, **kept)
            .on_conflict_do_update(index_elements=["chat"], set_=kept)
        )

    def drop_group(self, chat: ChatId) -> None:
        self._connection.execute(delete(groups).where(groups.c.chat == chat))

    def groups(self, community: CommunityId) -> tuple[Group, ...]:
        rows = _groups_of.all(self._connection, home=community)
        return tuple(_group(row) for row in rows)

    def migrate(self, old: ChatId, new: ChatId) -> bool:
        """Re-keys everything that belongs to a chat; false where there was nothing (any more)."""
        self._connection.execute(insert(aliases).values(old=old, new=new).on_conflict_do_nothing())
        if (
            self._connection.execute(select(groups.c.chat).where(groups.c.chat == old)).first()
            is None
        ):
            return False
        self._take_over(old, new)
        move(self._connection, old, new)
        SqlLabels(self._connection).left(old)
        SqlDraws(self._connection).moved(old)
        SqlLetters(self._connection, EVER).to_chat(old, new)
        return True

    def _take_over(self, old: ChatId, new: ChatId) -> None:
        """What Telegram said of us in the new chat already holds; its row makes room."""
        met = self._connection.execute(
            delete(groups)
            .where(groups.c.chat == new)
            .returning(groups.c.hears_all, groups.c.can_pin)
        ).one_or_none()
        if met is not None:
            self._connection.execute(
                update(groups)
                .where(groups.c.chat == old)
                .values(hears_all=met.hears_all, can_pin=met.can_pin)
            )

    def erase(self, id: CommunityId) -> None:
        """The community and everything that hangs on it."""
        for group in self.groups(id):
            for table in (noise, readings, boards):
                self._connection.execute(delete(table).where(table.c.chat == group.chat))
            self._connection.execute(delete(aliases).where(aliases.c.new == group.chat))
        self._connection.execute(delete(communities).where(communities.c.id == id))


class SqlInvitations:
    """The rows of `invitations`; a code itself is never stored."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, invitation: Invitation) -> None:
        self._connection.execute(
            insert(invitations).values(
                code_hash=_hash(invitation.code),
                community=invitation.community,
                role=invitation.role,
                expires_at=stamp(invitation.expires_at),
            )
        )

    def take(self, code: str, now: datetime) -> Invitation | None:
        """The invitation a code opens, used up by this; None if there is none (any more)."""
        row = self._connection.execute(
            delete(invitations)
            .where(invitations.c.code_hash == _hash(code))
            .returning(invitations)
        ).one_or_none()
        if row is None or moment(row.expires_at) <= now:
            return None
        community = None if row.community is None else CommunityId(row.community)
        return Invitation(code, community, Role(row.role), moment(row.expires_at))

    def purge(self, now: datetime) -> None:
        _lapsed.run(self._connection, now=stamp(now))


class SqlForms:
    """The rows of `forms`."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now

    def get(self, member: MemberId) -> Form | None:
        since = stamp(self._now - FORM_LASTS)
        row = _form_of.first(self._connection, member=member, since=since)
        if row is None:
            return None
        return Form(member, row.kind, row.step, MappingProxyType(load(row.fields)), moment(row.at))

    def put(self, form: Form) -> None:
        kept = {
            "kind": form.kind,
            "step": form.step,
            "fields": dump(dict(form.fields)),
            "at": stamp(self._now),
        }
        self._connection.execute(
            insert(forms)
            .values(member=form.member, **kept)
            .on_conflict_do_update(index_elements=["member"], set_=kept)
        )

    def drop(self, member: MemberId) -> None:
        self._connection.execute(delete(forms).where(forms.c.member == member))

    def purge(self) -> None:
        _left_open.run(self._connection, before=stamp(self._now - FORM_LASTS))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


@lru_cache(maxsize=64)
def _community(row: Row) -> Community:
    """Seldom changed, and asked for with every message."""
    settings = _settings(row.settings)
    id, created = CommunityId(row.id), moment(row.created_at)
    return Community(id, row.name, row.lang, row.zone, created, *settings)


def _settings(packed: str) -> tuple[Quiet, tuple[str, ...], bool, bool]:
    """Quiet hours, buildings, whether words are lent, whether chance draws."""
    settings = load(packed)
    start, end = (time.fromisoformat(text) for text in settings["quiet"])
    return (
        Quiet(start, end),
        tuple(settings["buildings"]),
        settings.get("samples", False),
        settings.get("audits", True),
    )


@lru_cache(maxsize=256)
def _group(row: Row) -> Group:
    return Group(
        chat=ChatId(row.chat),
        community=None if row.community is None else CommunityId(row.community),
        title=row.title,
        state=GroupState(row.state),
        forum=bool(row.forum),
        notice_topic=row.notice_topic,
        board_topic=row.board_topic,
        hears_all=bool(row.hears_all),
        can_pin=bool(row.can_pin),
        told=frozenset(load(row.told)),
        since=maybe_moment(row.since),
        members=row.members,
        counted_at=maybe_moment(row.counted_at),
    )
