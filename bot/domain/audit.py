"""The audit log: who did or looked at what, and why; each row is chained to the one before."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import CommunityId, MemberId, Pseudonym, Refusal
from bot.domain.community import Communities
from bot.domain.letter import Card, Phrase, Value, button
from bot.domain.people import MAY, Act, People

GENESIS = "0" * 64
MONTH = timedelta(days=31)
PAGE = 15


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `actor` is a code of a person, never a name or a Telegram id."""

    community: CommunityId
    at: datetime
    actor: str
    act: str
    object: str
    why: str = ""
    allowed: bool = True


def chained(previous: str, entry: Entry) -> str:
    """The SHA-256 (hexadecimal) that binds an entry to the hash of the one before it."""
    body = json.dumps(
        [
            previous,
            entry.community,
            entry.at.isoformat(),
            entry.actor,
            entry.act,
            entry.object,
            entry.why,
            entry.allowed,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()


class Audit(Protocol):
    """Where audit rows are appended; they are never changed."""

    def append(self, entry: Entry) -> None: ...
    def entries(self, community: CommunityId, since: datetime) -> tuple[Entry, ...]: ...
    def broken_at(self) -> int | None: ...


class AuditWork(Protocol):
    """The stores that reading the log needs."""

    now: datetime

    @property
    def audit(self) -> Audit: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def people(self) -> People: ...


class AuditDesk:
    """Reading the log: residents see offices and reasons, the monitor and the owner every row."""

    def __init__(self, pseudonym: Pseudonym) -> None:
        self._pseudonym = pseudonym

    def read(self, work: AuditWork, member: MemberId, page: int = 0) -> Card:
        """The last month of the person's community. Looking is itself noted."""
        community = self._community(work, member)
        rows = work.audit.entries(community, work.now - MONTH)
        whole = any(
            grant.community == community
            and grant.role in MAY[Act.SEE_AUDIT]
            and grant.holds(work.now)
            for grant in work.people.grants(member)
        )
        code = self._pseudonym(community, member)
        work.audit.append(Entry(community, work.now, code, Act.SEE_AUDIT, f"audit:{page}"))
        return self._full(work, community, rows, page) if whole else self._counts(rows)

    def _full(
        self, work: AuditWork, community: CommunityId, rows: tuple[Entry, ...], page: int
    ) -> Card:
        offices = {
            self._pseudonym(community, grant.member): f"role.{grant.role}"
            for grant in work.people.grants_in(community)
        }
        newest = rows[::-1][page * PAGE : (page + 1) * PAGE]
        lines = tuple(
            Phrase(
                "audit.line" if row.allowed else "audit.line_denied",
                MappingProxyType(
                    {
                        "at": row.at,
                        "who": Phrase(offices.get(row.actor, "audit.somebody")),
                        "act": row.act,
                        "object": row.object,
                    }
                ),
            )
            for row in newest
        )
        chain = Phrase("audit.broken" if work.audit.broken_at() else "audit.whole")
        more = (button("audit.older", f"au:{page + 1}"),)
        check = (button("audit.spot_check", f"le:see:{community}"),)
        buttons = (more, check) if len(rows) > (page + 1) * PAGE else (check,)
        values: dict[str, Value] = {"lines": lines, "chain": chain, "count": len(rows)}
        return Card("audit.full" if lines else "audit.empty", buttons, MappingProxyType(values))

    def _counts(self, rows: tuple[Entry, ...]) -> Card:
        """For residents: how often which thing was done, and nothing about whom."""
        counts = Counter(row.act for row in rows if row.allowed)
        lines = tuple(
            Phrase("audit.count", MappingProxyType({"act": act, "count": count}))
            for act, count in sorted(counts.items())
        )
        return Card("audit.counts" if lines else "audit.empty", (), {"lines": lines})

    def _community(self, work: AuditWork, member: MemberId) -> CommunityId:
        own = [grant.community for grant in work.people.grants(member)]
        own += [membership.community for membership in work.people.memberships(member)]
        own += [community.id for community in work.communities.all()[:1]]
        if not own:
            raise Refusal("audit.nothing")
        return own[0]
