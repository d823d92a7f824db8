"""When the two digests are due, and which week they tell of."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

RESIDENTS, MANAGERS = "digest.residents", "digest.managers"
HOURS = {RESIDENTS: time(18, 30), MANAGERS: time(17, 0)}
FRIDAY = 4
LONGEST = 900


def next_at(kind: str, now: datetime, zone: str) -> datetime:
    """The next Friday evening after now, in the community's own time."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=(FRIDAY - local.weekday()) % 7)
    at = datetime.combine(day, HOURS[kind], local.tzinfo)
    return at if at > local else at + timedelta(days=7)


def name_of(day: date) -> str:
    """The ISO week of a day, as `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def span_of(kind: str, week: str, zone: str) -> tuple[datetime, datetime]:
    """From one digest to the next, so that no evening is told of twice, or never.

    Raises `ValueError` where there is no such week.
    """
    friday = datetime.strptime(f"{week}-5", "%G-W%V-%u").date()  # noqa: DTZ007 - a day, no moment
    if name_of(friday) != week:
        raise ValueError(week)
    before, at, local = friday - timedelta(days=7), HOURS[kind], ZoneInfo(zone)
    return datetime.combine(before, at, local), datetime.combine(friday, at, local)


def week_at(kind: str, now: datetime, zone: str) -> str:
    """The week of the next digest: what happens now is told in it."""
    return name_of(next_at(kind, now, zone).date())
