"""By when a question should be answered; `house.md` decision 5."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

START, END, NOON = time(8, 30), time(18, 0), time(12, 0)
SATURDAY = 5


class Urgency(StrEnum):
    """How fast somebody must answer."""

    HAZARD = "hazard"
    URGENT = "urgent"
    NORMAL = "normal"


WALL_CLOCK = {Urgency.HAZARD: timedelta(minutes=5), Urgency.URGENT: timedelta(minutes=30)}


def due_at(urgency: Urgency, asked: datetime, zone: str) -> datetime:
    """The moment from which a question is overdue.

    Hazards and urgent ones run on the wall clock. Others are due at the same time on the next
    working day, at noon at the earliest if asked outside duty hours.
    """
    if urgency in WALL_CLOCK:
        return asked + WALL_CLOCK[urgency]
    local = asked.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    at = local.timetz().replace(tzinfo=None)
    on_duty = START <= at <= END and local.weekday() < SATURDAY
    if not on_duty:
        at = min(max(at, NOON), END)
    return datetime.combine(day, at, local.tzinfo)
