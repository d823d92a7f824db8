"""/doctor in the chat, and what `linsheng doctor` asks of Telegram and of this machine."""

import shutil
import subprocess
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import httpx
from telegram import Bot, Update
from telegram.error import InvalidToken

from bot.domain.basics import Denied
from bot.domain.doctor import Finding, Level, finding, of_groups, of_second, of_store
from bot.domain.people import Role
from bot.domain.second import Health
from handlers.errors import ANSWERS
from handlers.feature import Context, Entry, Feature
from handlers.reply import say
from handlers.store import Store

SKEW = timedelta(seconds=90)


async def doctor(update: Update, context: Context) -> None:
    """How the bot is doing, for the owner."""
    work, now = context.work, context.work.now
    grants = work.people.grants(context.actor.id)
    own = [g.community for g in grants if g.role is Role.OWNER and g.holds(now)]
    if not own:
        raise Denied("doctor")
    groups = tuple(g for community in own for g in work.communities.groups(community))
    second = context.tools.second
    again = of_second(Health.OFF if second is None else second.health)
    judged = [one for id in own for one in context.desks.learning.gauge.vitals(work, id)]
    found = (*of_groups(groups), *of_store(work.vitals.take(now), now), again, *judged)
    say(update, context, "doctor.report", lines=tuple(one.phrase() for one in found))


async def examine(
    bot: Bot | None,
    store: Store | None,
    now: datetime,
    address: str = "",
    second: Health = Health.OFF,
) -> list[Finding]:
    """Token, privacy mode, webhook, clock, database, groups and fonts, one finding each."""
    asked = [Finding(Level.WARN, "no_token")] if bot is None else await _telegram(bot)
    clock = await _clock(address, now) if address else []
    kept = () if store is None else _kept(store, now)
    return [*asked, *clock, *kept, of_second(second), _fonts()]


def _kept(store: Store, now: datetime) -> tuple[Finding, ...]:
    with store.work() as work:
        groups = [
            group
            for community in work.communities.all()
            for group in work.communities.groups(community.id)
        ]
        return (*of_store(work.vitals.take(now), now), *of_groups(tuple(groups)))


async def _clock(address: str, now: datetime) -> list[Finding]:
    """Whether this machine's clock agrees with the one over there."""
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            told = (await client.get(address)).headers.get("date", "")
        away = abs(parsedate_to_datetime(told) - now)
    except (httpx.HTTPError, ValueError, TypeError):
        return []
    return [finding(away <= SKEW, "clock", seconds=int(away.total_seconds()))]


async def _telegram(bot: Bot) -> list[Finding]:
    try:
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        return [finding(fine=False, key="token")]
    except ANSWERS as error:
        return [finding(fine=False, key="reach", why=type(error).__name__)]
    name = MappingProxyType({"name": me.username or ""})
    return [
        Finding(Level.OK, "token", name),
        finding(bool(me.can_read_all_group_messages), "hears", Level.WARN),
        finding(not hook.url, "webhook"),
    ]


def _fonts() -> Finding:
    """Whether pictures and pages can show Chinese on this machine."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return finding(fine=False, key="fonts", bad=Level.WARN)
    listed = subprocess.run([fc_list, ":lang=zh"], capture_output=True, check=False, timeout=20)  # noqa: S603 - a fixed command
    return finding(bool(listed.stdout.strip()), "fonts", Level.WARN)


FEATURE = Feature(
    commands={"doctor": Entry(doctor)}, triggers={"自检": "doctor", "自檢": "doctor"}
)
