"""The clock, the faults, the queues, and what people see."""

from datetime import UTC, datetime

from bot.sandbox.actors import Json
from bot.sandbox.api import Api
from bot.sandbox.control import forms
from bot.sandbox.control.find import bot_of, place_of, user_of
from bot.sandbox.errors import bad
from bot.sandbox.faults import Fault
from bot.sandbox.updates import malformed
from bot.sandbox.view import chat_list, view
from bot.sandbox.waiting import until

YEARS = (2000, 2200)


def clock(api: Api) -> Json:
    """The world's time and how fast it runs."""
    return {"now": api.world.now().isoformat(), "speed": api.world.clock.speed}


def change_clock(api: Api, asked: forms.Clock) -> Json:
    """Moves time on, sets it, or makes it run so many times as fast as ours."""
    moment = None if asked.set is None else _moment(asked.set)
    if asked.speed is not None:
        api.world.clock.run(asked.speed)
    if moment is not None:
        api.world.clock.set(moment)
    if api.world.now().year >= YEARS[1]:
        raise bad("that is too far away")
    api.world.advance(asked.advance or 0)
    return clock(api)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise bad("the time is not ISO 8601") from None
    if moment.tzinfo is None:
        raise bad("the time has no zone")
    if not YEARS[0] <= moment.year < YEARS[1]:
        raise bad("that is too far away")
    return moment.astimezone(UTC)


def faults(api: Api) -> list[Json]:
    """The faults that are still to come."""
    return api.faults.json()


def add_fault(api: Api, asked: forms.SetFault) -> Json:
    """Sets a fault."""
    api.faults.add(Fault(**asked.model_dump()))
    return {"ok": True}


def clear_faults(api: Api) -> Json:
    """Takes all faults away."""
    api.faults.clear()
    return {"ok": True}


def flood(api: Api, asked: forms.Flood) -> Json:
    """Turns Telegram's flood limits on or off."""
    api.pace.on = asked.on
    return {"on": asked.on}


def inject(api: Api, asked: forms.Inject) -> Json:
    """Puts any update into a bot's queue, however wrong."""
    bot = bot_of(api.world, asked.bot)
    ids = [api.world.inject(bot, dict(asked.update)) for _ in range(asked.times)]
    return {"update_ids": ids}


def inject_malformed(api: Api, asked: forms.Malformed) -> Json:
    """Puts an update into a bot's queue that no program can read."""
    return {"update_ids": [malformed(api.world, bot_of(api.world, asked.bot))]}


def duplicate(api: Api, asked: forms.Duplicate) -> Json:
    """Has the next getUpdates deliver so many updates a second time."""
    bot = bot_of(api.world, asked.bot)
    bot.again = asked.count
    api.world.touched()
    return {"ok": True}


async def seen(api: Api, query: forms.Seeing) -> Json:
    """What a person sees; with `since` and `wait`, as soon as it differs from that version."""
    user, chat = place_of(api.world, query)
    await until(api.world, lambda: chat.version > query.since, query.wait)
    return view(api.world, user, chat)


async def chats_of(api: Api, query: forms.Listing) -> list[Json]:
    """The chats on a person's phone."""
    user = user_of(api.world, query.user)
    await until(api.world, lambda: api.world.version > query.since, query.wait)
    return chat_list(api.world, user)


async def calls(api: Api, query: forms.Calls) -> list[Json]:
    """The call log, newest last; `method`, `bot` and `after` narrow it."""
    await until(api.world, lambda: bool(_calls(api, query)), query.wait)
    return _calls(api, query)


def _calls(api: Api, query: forms.Calls) -> list[Json]:
    wanted = query.method.lower()
    return [
        call
        for call in api.world.calls
        if call["n"] >= query.after
        and (not wanted or call["method"].lower() == wanted)
        and query.bot in (0, call["bot"])
    ]


def state(api: Api) -> Json:
    """Versions, counts, and what waits for each bot."""
    world = api.world
    return {
        "version": world.version,
        "now": world.now().isoformat(),
        "users": len(world.users),
        "chats": len(world.chats),
        "files": len(world.files),
        "calls": world.logged,
        "flood": api.pace.on,
        "pending": {str(bot.id): len(bot.queue) for bot in world.bots.values()},
    }


async def idle(api: Api, asked: forms.Idle) -> Json:
    """Returns when the bot has taken and confirmed everything, or says that it has not."""
    bot = bot_of(api.world, asked.bot)
    await until(api.world, lambda: not bot.queue, asked.wait_seconds)
    return {"idle": not bot.queue, "pending": len(bot.queue)}
