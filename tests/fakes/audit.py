"""The audit log with its chain of hashes, and small facts about the bot, in dicts."""

from dataclasses import replace
from datetime import datetime

from bot.domain.audit import GENESIS, Entry, chained
from bot.domain.basics import CommunityId
from tests.fakes.shelves import Shelves, fresh_number, in_utc

ANCHOR = "audit.anchor"


class FakeAudit:
    """Fulfils `Audit`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def append(self, entry: Entry) -> None:
        kept = replace(entry, at=in_utc(entry.at))
        rows = self._shelves.audit
        head = rows[max(rows)][1] if rows else self._anchor()
        rows[fresh_number(rows)] = kept, chained(head, kept)

    def entries(self, community: CommunityId, since: datetime) -> tuple[Entry, ...]:
        every = [entry for entry, _ in self._shelves.audit.values()]
        return tuple(one for one in every if one.community == community and one.at >= since)

    def broken_at(self) -> int | None:
        previous = self._anchor()
        for seq, (entry, hash) in self._shelves.audit.items():
            previous = chained(previous, entry)
            if previous != hash:
                return seq
        return None

    def purge(self, before: datetime) -> None:
        """Drops old rows; the hash of the last of them is the chain's new beginning."""
        rows = self._shelves.audit
        old = [seq for seq, (entry, _) in rows.items() if entry.at < before]
        if old:
            self._shelves.health[ANCHOR] = rows[max(old)][1]
            self._shelves.audit = {seq: row for seq, row in rows.items() if seq > max(old)}

    def _anchor(self) -> str:
        return self._shelves.health.get(ANCHOR, GENESIS)


class FakeHealth:
    """Fulfils `Facts`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def get(self, name: str) -> str | None:
        return self._shelves.health.get(name)

    def put(self, name: str, value: str) -> None:
        self._shelves.health[name] = value
