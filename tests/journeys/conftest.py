"""One community for every journey: the bot in it reaches its Telegram over a real socket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.serve import served
from tests.journeys.street import Script, Street
from tests.played import Played
from tests.sandbox.conformance import check_request


@pytest.fixture
def script() -> Script:
    """The script in which everybody writes and is answered."""
    return "zh-hans"


@pytest.fixture
async def street(tmp_path: Path, script: Script) -> AsyncIterator[Street]:
    """A community that works; every call of its bot is validated."""
    played = Played(tmp_path, owner=Street.OWNER)
    async with served(played.api) as address:
        await played.start(address)
        street = Street(played, script)
        await street.opens()
        yield street
        await played.service.close()
    played.database.close()
    for call in played.telegram.calls:
        check_request(call["method"], call["params"])
