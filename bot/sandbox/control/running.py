"""The clock, the faults, the queues, and what people see."""

from datetime import datetime
from typing import Any

from bot.sandbox.actors import Json
from bot.sandbox.api import Api
from bot.sandbox.control import forms
from bot.sandbox.control.find import bot_of, place_of, user_of
from bot.sandbox.errors import bad
from bot.sandbox.faults import Fault
from bot.sandbox.view import chat_list, view
from bot.sandbox.waiting import until


def clock(api: Api) -> Json:
    return {"now": api.world.now().isoformat(), "speed": api.world.clock.speed}


def change_clock(api: Api, asked: forms.Clock) -> Json:
    if asked.set is not None:
        try:
            moment = datetime.fromisoformat(asked.set)
        except ValueError:
            raise bad("the time is not ISO 8601") from None
        if moment.tzinfo is None:
            raise bad("the time has no zone")
        api.world.clock.set(moment)
    if asked.speed is not None:
        api.world.clock.run(asked.speed)
    api.world.advance(asked.advance or 0)
    return clock(api)


def faults(api: Api) -> list[Json]:
    return api.faults.json()


def add_fault(api: Api, asked: forms.SetFault) -> Json:
    api.faults.add(Fault(**asked.model_dump()))
    return {"ok": True}


def clear_faults(api: Api) -> Json:
    api.faults.clear()
    return {"ok": True}


def flood(api: Api, asked: forms.Flood) -> Json:
    api.pace.on = asked.on
    return {"on": asked.on}


def inject(api: Api, asked: forms.Inject) -> Json:
    bot = bot_of(api.world, asked.bot)
    ids = [api.world.inject(bot, dict(asked.update)) for _ in range(asked.times)]
    return {"update_ids": ids}


def duplicate(api: Api, asked: forms.Duplicate) -> Json:
    """Delivers the newest waiting updates once more, in front of the queue."""
    bot = bot_of(api.world, asked.bot)
    again = list(bot.queue)[-asked.count :]
    bot.queue.extendleft(reversed(again))
    api.world.touched()
    return {"update_ids": [body["update_id"] for _, body in again]}


async def seen(api: Api, query: dict[str, str]) -> Json:
    """What a person sees; with `since` and `wait`, as soon as it differs from that version."""
    user, chat = place_of(api.world, _place(query))
    since = _number(query, "since", -1)
    await until(api.world, lambda: chat.version > since, min(_number(query, "wait", 0), 30))
    return view(api.world, user, chat)


def _place(query: dict[str, str]) -> forms.Place:
    return forms.Place(
        user=_number(query, "user", 0),
        chat=_number(query, "chat", 0),
        bot=_number(query, "bot", 0),
    )


def _number(query: dict[str, str], name: str, default: int) -> int:
    try:
        return int(query.get(name, default))
    except ValueError:
        raise bad(f"{name} is no number") from None


async def chats_of(api: Api, query: dict[str, str]) -> list[Json]:
    return chat_list(api.world, user_of(api.world, _number(query, "user", 0)))


async def calls(api: Api, query: dict[str, str]) -> list[Any]:
    """The call log, newest last; `method` and `after` (an index) narrow it."""
    wanted = query.get("method", "").lower()
    found = api.world.calls[_number(query, "after", 0) :]
    return [
        call | {"params": {k: v for k, v in call["params"].items() if not isinstance(v, bytes)}}
        for call in found
        if not wanted or call["method"].lower() == wanted
    ]


def state(api: Api) -> Json:
    return {
        "version": api.world.version,
        "now": api.world.now().isoformat(),
        "users": len(api.world.users),
        "chats": len(api.world.chats),
        "calls": len(api.world.calls),
        "pending": {str(bot.id): len(bot.queue) for bot in api.world.bots.values()},
    }


async def idle(api: Api, asked: forms.Idle) -> Json:
    """Returns when the bot has taken and confirmed everything, or says that it has not."""
    bot = bot_of(api.world, asked.bot)
    await until(api.world, lambda: not bot.queue, asked.wait_seconds)
    return {"idle": not bot.queue, "pending": len(bot.queue)}
