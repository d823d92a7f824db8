"""Moments as people type them: `18:00`, `明天 9:00`, `周五 18:00`, `2小时`, `1d`, a date."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.basics import Refusal

FURTHEST = timedelta(days=366)
_CLOCK = r"(?P<hour>\d{1,2})(?:[:点點时時](?P<minute>\d{1,2})?分?)"
_SPAN = re.compile(
    r"(?:过|過|in)?\s*(?P<n>\d{1,4})\s*(?P<unit>m|min|分钟|分鐘|h|小时|小時|d|天|w|周|週|星期)(?:后|後)?"
)
_UNITS = {
    **dict.fromkeys(("m", "min", "分钟", "分鐘"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "小时", "小時"), timedelta(hours=1)),
    **dict.fromkeys(("d", "天"), timedelta(days=1)),
    **dict.fromkeys(("w", "周", "週", "星期"), timedelta(weeks=1)),
}
_DAYS = {
    "今天": 0,
    "今晚": 0,
    "today": 0,
    "明天": 1,
    "明早": 1,
    "明晚": 1,
    "tomorrow": 1,
    "后天": 2,
    "後天": 2,
}
_WEEK = re.compile(rf"(?P<next>下)?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天])\s*{_CLOCK}")
_DAY = re.compile(rf"(?P<word>{'|'.join(_DAYS)})?\s*(?P<part>早上|上午|下午|晚上)?\s*{_CLOCK}")
_DATE = re.compile(
    rf"(?:(?P<year>\d{{4}})[-/.年])?(?P<month>\d{{1,2}})[-/.月](?P<mday>\d{{1,2}})[日号號]?[\sT]*{_CLOCK}"
)


def moment_of(typed: str, now: datetime, zone: str) -> datetime:
    """The moment that is meant, later than `now`. Raises `Refusal` for nonsense and the past."""
    text = unicodedata.normalize("NFKC", typed).strip().lower()
    local = now.astimezone(ZoneInfo(zone))
    found = _span(text, now) or _dated(text, local) or _weekday(text, local) or _day(text, local)
    if found is None:
        raise Refusal("when.unclear")
    if found <= now:
        raise Refusal("when.past")
    if found - now > FURTHEST:
        raise Refusal("when.far")
    return found.astimezone(now.tzinfo)


def _span(text: str, now: datetime) -> datetime | None:
    match = _SPAN.fullmatch(text)
    return now + int(match["n"]) * _UNITS[match["unit"]] if match else None


def _dated(text: str, local: datetime) -> datetime | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        day = date(int(match["year"] or local.year), int(match["month"]), int(match["mday"]))
    except ValueError:
        return None
    found = _at(day, match, local)
    if match["year"] is None and found is not None and found <= local:
        return _at(day.replace(year=day.year + 1), match, local) if day.month != 2 else found
    return found


def _weekday(text: str, local: datetime) -> datetime | None:
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    wanted = "一二三四五六日".index(match["day"].replace("天", "日"))
    ahead = (wanted - local.weekday()) % 7
    if match["next"]:
        ahead = 7 - local.weekday() + wanted
    found = _at(local.date() + timedelta(days=ahead), match, local)
    if found is not None and found <= local and not match["next"]:
        return _at(local.date() + timedelta(days=7), match, local)
    return found


def _day(text: str, local: datetime) -> datetime | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    word = match["word"]
    evening = word in ("今晚", "明晚") or match["part"] in ("下午", "晚上")
    found = _at(local.date() + timedelta(days=_DAYS.get(word or "今天", 0)), match, local, evening)
    if found is not None and word is None and found <= local:
        return _at(local.date() + timedelta(days=1), match, local, evening)
    return found


def _at(
    day: date, match: re.Match[str], local: datetime, evening: bool = False
) -> datetime | None:
    """That day at that time; a time the clocks skip is taken as the first one after it."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if evening and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return None
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=local.tzinfo)
    there = at.astimezone(ZoneInfo("UTC")).astimezone(local.tzinfo)
    return max(at, there) if there.replace(fold=0) != at else at
