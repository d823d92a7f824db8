"""Waits for the world to change, without looking again and again."""

import asyncio
import time
from collections.abc import Callable

from bot.sandbox.world import World

LOOK = 0.5
"""Seconds after which it looks anyway: the world's clock may have moved by itself."""


async def until(world: World, met: Callable[[], bool], seconds: float) -> bool:
    """Returns as soon as `met`, or after so many seconds, ours or the world's."""
    end, began = time.monotonic() + seconds, world.now()
    while not met():
        left = end - time.monotonic()
        if left <= 0 or (world.now() - began).total_seconds() >= seconds:
            return False
        await _change(world, min(left, LOOK))
    return True


async def passed(world: World, seconds: float) -> None:
    """So much of the world's time passes; a clock that stands still is moved on."""
    if world.clock.speed == 0:
        world.advance(seconds)
        await asyncio.sleep(0)
    else:
        await asyncio.sleep(seconds / world.clock.speed)


async def _change(world: World, seconds: float) -> None:
    happened = asyncio.Event()
    listener = happened.set
    world.listeners.append(listener)
    try:
        await asyncio.wait_for(happened.wait(), seconds)
    except TimeoutError:
        return
    finally:
        world.listeners.remove(listener)
