"""Fixtures of the sandbox tests."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.sandbox.api import Api
from bot.sandbox.clock import WorldClock
from bot.sandbox.serve import served
from bot.sandbox.world import World
from tests.sandbox.phone import Phone
from tests.sandbox.town import Town


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
async def phone() -> AsyncIterator[Phone]:
    """A served world whose time runs, and the control API to play people with."""
    api = Api(World(WorldClock(datetime.now(UTC), 1.0), seed=7))
    async with served(api) as address:
        async with Phone(address, api) as phone:
            yield phone
        await asyncio.sleep(0)
