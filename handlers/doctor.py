"""/doctor in the chat, and what `linsheng doctor` asks of Telegram and of this machine."""

import shutil
import subprocess
from datetime import datetime, timedelta
from types import MappingProxyType

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.domain.basics import Refusal
from bot.domain.doctor import Finding, Level, finding, of_groups, of_store
from bot.domain.people import Role
from handlers.feature import Context, Entry, Feature
from handlers.reply import say
from handlers.store import Store

SKEW = timedelta(seconds=90)


async def doctor(update: Update, context: Context) -> None:
    """How the bot is doing, for the owner."""
    work, now = context.work, context.work.now
    own = [g.community for g in work.people.grants(context.actor.id) if g.role is Role.OWNER]
    if not own:
        raise Refusal("denied.role")
    groups = tuple(g for community in own for g in work.communities.groups(community))
    judged = [one for id in own for one in context.desks.learning.gauge.vitals(work, id)]
    found = (*of_groups(groups), *of_store(work.vitals.take(now), now), *judged)
    say(update, context, "doctor.report", lines=tuple(one.phrase() for one in found))


async def examine(bot: Bot | None, store: Store, now: datetime) -> list[Finding]:
    """Token, privacy mode, webhook, clock, database and fonts, one finding each."""
    with store.work() as work:
        kept = of_store(work.vitals.take(now), now)
    asked = [Finding(Level.WARN, "no_token")] if bot is None else await _telegram(bot)
    return [*asked, *kept, _fonts()]


async def _telegram(bot: Bot) -> list[Finding]:
    try:
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        return [finding(fine=False, key="token")]
    except TelegramError as error:
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
