"""Both digests of the coming Friday are planned when a community opens, and kept planned."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.community import Community
from bot.domain.digest.values import HOURS, name_of, next_at
from bot.domain.due import Due, Dues


class PlanWork(Protocol):
    """The stores that planning needs."""

    now: datetime

    @property
    def dues(self) -> Dues: ...


def plan(work: PlanWork, community: Community) -> None:
    """Plans what is not planned yet."""
    for kind in HOURS:
        if not work.dues.waits(kind, f"{community.id}:"):
            plan_next(work, kind, community)


def plan_next(work: PlanWork, kind: str, community: Community) -> None:
    """The next one of a kind; its object names the week it tells of."""
    at = next_at(kind, work.now, community.zone)
    week = name_of(at.astimezone(ZoneInfo(community.zone)).date())
    work.dues.put(Due(kind, f"{community.id}:{week}", at))
