"""Waits for the world to change, without looking again and again."""

import asyncio
import time
from collections.abc import Callable

from bot.sandbox.world import World

LOOK = 0.5
"""Seconds after which it looks anyway: the world's clock may have moved by itself."""


async def until(world: World, met: Callable[[], bool], seconds: float) -> bool:
    """Returns as soon as `met`, or after so many real seconds; whether it was met."""
    end = time.monotonic() + seconds
    while not met():
        left = end - time.monotonic()
        if left <= 0:
            return False
        await _change(world, min(left, LOOK))
    return True


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
