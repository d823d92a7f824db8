"""One community for every journey: the bot in it reaches its Telegram over a real socket."""

import asyncio
import functools
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.sandbox.serve import served
from tests.journeys.street import Script, Street
from tests.kept import Kept
from tests.played import Played
from tests.sandbox.conformance import check_request


@pytest.fixture
def script() -> Script:
    """The script in which everybody writes and is answered."""
    return "zh-hans"


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Script], Kept]:
    """The community in a script, as it was played once for all who begin there."""

    async def once(script: Script) -> Kept:
        played = Played(tmp_path_factory.mktemp("opened"), owner=Street.OWNER)
        async with served(played.api) as address:
            await Street(await played.start(address), script).opens()
            checked(played)
            return await played.ends()

    return functools.cache(lambda script: asyncio.run(once(script)))


@pytest.fixture
def begin(opened: Callable[[Script], Kept], script: Script) -> Kept:
    """Where the journeys begin."""
    return opened(script)


@pytest.fixture
async def street(tmp_path: Path, script: Script, begin: Kept) -> AsyncIterator[Street]:
    """A community that works; every call of its bot is validated."""
    played = Played(tmp_path, owner=Street.OWNER, begin=begin)
    async with served(played.api) as address:
        yield Street(await played.start(address), script)
        await played.service.close()
    played.database.close()
    checked(played)


def checked(played: Played) -> None:
    """Every call was one that Telegram knows."""
    for call in played.telegram.calls:
        check_request(call["method"], call["params"])
