"""Matters and their history, in a dict and a list."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.matter import Matter, MatterKind, Passage, Stage
from tests.fakes.shelves import Conflict, Shelves, fresh_number, in_utc, maybe_utc


class FakeMatters:
    """Fulfils `Matters`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def get(self, id: str) -> Matter | None:
        return self._shelves.matters.get(id)

    def next_number(self, community: CommunityId) -> int:
        return fresh_number(one.number for one in self.of_community(community))

    def put(self, matter: Matter, actor: str, at: datetime) -> None:
        before = self.get(matter.id)
        if before is None:
            self._require_room(matter)
            before_stage, kept = None, matter
        else:
            before_stage, kept = before.stage, _changed(before, matter)
        self._shelves.matters[matter.id] = _frozen(kept)
        if before_stage is not matter.stage:
            self._shelves.history.append((matter.id, Passage(matter.stage, in_utc(at))))

    def _require_room(self, matter: Matter) -> None:
        self._shelves.require_community(matter.community)
        if self.numbered(matter.community, matter.number) is not None:
            raise Conflict(f"number {matter.number} is taken")

    def drop(self, id: str) -> None:
        self._shelves.drop_matter(id)

    def of_owner(self, member: MemberId) -> tuple[Matter, ...]:
        found = [one for one in self._every() if one.owner == member]
        return tuple(sorted(found, key=lambda one: one.created_at))

    def said_in(self, chat: ChatId) -> tuple[Matter, ...]:
        return tuple(one for one in self._every() if one.chat == chat)

    def of_community(self, community: CommunityId) -> tuple[Matter, ...]:
        return tuple(one for one in self._every() if one.community == community)

    def kept_by(self, member: MemberId) -> tuple[Matter, ...]:
        return tuple(one for one in self._every() if one.keeper == member)

    def open_in(
        self, community: CommunityId, kind: MatterKind, stage: Stage
    ) -> tuple[Matter, ...]:
        return tuple(one for one in self.of_kind(community, kind) if one.stage is stage)

    def numbered(self, community: CommunityId, number: int) -> Matter | None:
        of = self.of_community(community)
        return next((one for one in of if one.number == number), None)

    def said_at(self, chat: ChatId, message: int) -> Matter | None:
        found = [one for one in self.said_in(chat) if one.message == message]
        return min(found, key=lambda one: one.number, default=None)

    def of_kind(
        self, community: CommunityId, kind: MatterKind, since: datetime | None = None
    ) -> tuple[Matter, ...]:
        found = [one for one in self.of_community(community) if one.kind is kind]
        if since is not None:
            found = [one for one in found if one.closed_at is None or one.closed_at >= since]
        return tuple(sorted(found, key=lambda one: one.number))

    def history(self, id: str) -> tuple[Passage, ...]:
        return tuple(passage for of, passage in self._shelves.history if of == id)

    def _every(self) -> list[Matter]:
        return list(self._shelves.matters.values())


def _changed(before: Matter, matter: Matter) -> Matter:
    """The new values; what never changes stays as it was first put."""
    return replace(
        matter,
        number=before.number,
        community=before.community,
        kind=before.kind,
        created_at=before.created_at,
    )


def _frozen(matter: Matter) -> Matter:
    """As it is read back: moments in one zone, and facts that nobody can change from outside."""
    return replace(
        matter,
        facts=MappingProxyType(dict(matter.facts)),
        created_at=in_utc(matter.created_at),
        due_at=maybe_utc(matter.due_at),
        closed_at=maybe_utc(matter.closed_at),
    )
