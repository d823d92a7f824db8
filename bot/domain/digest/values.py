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


def span_of(week: str, zone: str) -> tuple[datetime, datetime]:
    """Monday to Monday of an ISO week. Raises `ValueError` where there is no such week."""
    monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a day, no moment
    if name_of(monday) != week:
        raise ValueError(week)
    begin = datetime.combine(monday, time(), ZoneInfo(zone))
    return begin, begin + timedelta(days=7)
