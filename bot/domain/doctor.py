"""What may be wrong with the bot, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.community import Group, GroupState
from bot.domain.letter import Phrase, Value

LATE = timedelta(hours=26)


class Health(StrEnum):
    """How the second reader is doing."""

    ON = "on"
    OFF = "off"
    ABSENT = "absent"
    GAVE_UP = "gave_up"


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Vitals:
    """Counts that tell how the store is doing."""

    quarantined: int = 0
    uncertain: int = 0
    stuck: tuple[str, ...] = ()
    purged_at: datetime | None = None
    broken_at: int | None = None


class VitalSigns(Protocol):
    """Where vitals are taken."""

    def take(self, now: datetime) -> Vitals: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    level: Level
    key: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def phrase(self) -> Phrase:
        return Phrase(f"doctor.{self.level}", MappingProxyType({"what": self.said()}))

    def said(self) -> Phrase:
        return Phrase(f"doctor.{self.key}", self.values)


def finding(fine: bool, key: str, bad: Level = Level.BAD, **values: Value) -> Finding:
    """A finding under `key`, or under `key_bad` where something is wrong."""
    if fine:
        return Finding(Level.OK, key, MappingProxyType(values))
    return Finding(bad, f"{key}_bad", MappingProxyType(values))


def of_store(vitals: Vitals, now: datetime) -> tuple[Finding, ...]:
    """What the store's vitals mean."""
    swept = vitals.purged_at is not None and now - vitals.purged_at <= LATE
    return (
        finding(swept, "purge"),
        finding(not vitals.quarantined, "quarantine", Level.WARN, count=vitals.quarantined),
        finding(not vitals.uncertain, "uncertain", Level.WARN, count=vitals.uncertain),
        finding(not vitals.stuck, "stuck", duties=", ".join(vitals.stuck)),
        finding(vitals.broken_at is None, "chain", row=vitals.broken_at or 0),
    )


def of_second(health: Health) -> Finding:
    """How the second reader is doing; being without one is nothing bad."""
    level = Level.WARN if health is Health.GAVE_UP else Level.OK
    return Finding(level, f"second_{health}")


def of_groups(groups: tuple[Group, ...]) -> tuple[Finding, ...]:
    """What each group needs."""
    found = []
    for group in groups:
        fine = group.state is GroupState.ACTIVE and group.hears_all and group.can_pin
        found.append(finding(fine, "group", Level.WARN, group=group.title))
    return tuple(found)
