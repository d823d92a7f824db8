"""The audit log: who did or looked at what, and why; each row is chained to the one before."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.basics import CommunityId

GENESIS = "0" * 64


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
