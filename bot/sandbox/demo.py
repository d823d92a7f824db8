"""What the demo adds to the sandbox: restarting the bot, and counting what was played."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.world import World

LONGEST = 31 * 86_400
"""Seconds by which time may be moved on at once."""


def directing(
    restart: Callable[[], Awaitable[None]], forward: Callable[[float], Awaitable[None]]
) -> tuple[BaseRoute, ...]:
    """The routes by which the page restarts the bot, and moves its time on."""

    async def run(_: Request) -> Response:
        await restart()
        return JSONResponse({"ok": True})

    async def move(request: Request) -> Response:
        asked = await request.body()
        seconds = int(asked) if asked.isdigit() and len(asked) < 9 else -1
        if not 0 <= seconds <= LONGEST:
            return JSONResponse({"description": f"0 to {LONGEST} seconds"}, status_code=400)
        await forward(seconds)
        return JSONResponse({"ok": True})

    async def state(_: Request) -> Response:
        return JSONResponse({"demo": True})

    return (
        Route("/demo/restart", run, methods=["POST"]),
        Route("/demo/forward", move, methods=["POST"]),
        Route("/demo/state", state),
    )


def scorecard(world: World) -> dict[str, Any]:
    """Plain counts of what happened in a world."""
    people = [
        message
        for chat in (*world.chats.values(), *world.private.values())
        for message in chat.messages.values()
    ]
    refused = [call for call in world.calls if not call["outcome"].startswith("ok")]
    return {
        "messages_by_people": sum(message.bot is None for message in people),
        "messages_by_bot": sum(message.bot is not None for message in people),
        "calls": dict(sorted(Counter(call["method"] for call in world.calls).items())),
        "calls_refused": dict(sorted(Counter(call["outcome"] for call in refused).items())),
    }
