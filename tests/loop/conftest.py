"""A community that works: a manager, a property clerk, neighbours, one group."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.actors import Chat, User
from bot.sandbox.serve import served
from tests.kept import Kept
from tests.played import Played
from tests.sandbox.conformance import check_request

OWNER = 5001


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The group, set up, as it was played once for all who begin there."""

    async def once() -> Kept:
        played = Played(tmp_path_factory.mktemp("opened"), owner=OWNER)
        await opens(await played.start())
        checked(played)
        return await played.ends()

    return asyncio.run(once())


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Kept | None:
    """Where the bot begins: with nothing, or where the group is set up."""
    found: Kept | None = None
    if "group" in request.fixturenames:
        found = request.getfixturevalue("opened")
    return found


@pytest.fixture
async def played(
    tmp_path: Path, request: pytest.FixtureRequest, begin: Kept | None
) -> AsyncIterator[Played]:
    """The bot; over a real socket where a test is marked `http`. Every call is validated."""
    played = Played(tmp_path, owner=OWNER, begin=begin)
    if request.node.get_closest_marker("http"):
        async with served(played.api) as address:
            await played.start(address)
            yield played
            await played.service.close()
    else:
        await played.start()
        yield played
        await played.service.close()
    played.database.close()
    checked(played)


def checked(played: Played) -> None:
    """Every call was one that Telegram knows."""
    for call in played.telegram.calls:
        check_request(call["method"], call["params"])


@pytest.fixture
def chen(played: Played) -> User:
    """The manager."""
    return played.person("陈雪", id=OWNER)


@pytest.fixture
def li(played: Played) -> User:
    """The property company's clerk."""
    return played.person("李强")


@pytest.fixture
def lin(played: Played) -> User:
    """A resident who pressed Start."""
    return played.person("林悦")


@pytest.fixture
def wang(played: Played) -> User:
    """A resident who never pressed Start."""
    return played.person("王秀兰")


@pytest.fixture
def neighbours(played: Played) -> list[User]:
    return [played.person(f"邻居{n}") for n in range(6)]


@pytest.fixture
def group(played: Played) -> Chat:
    """The group, set up; 李强 holds the property role."""
    return next(iter(played.telegram.chats.values()))


async def opens(played: Played) -> Chat:
    """Everybody is there; 陈雪 sets the group up, 李强 takes up his role, 林悦 presses Start."""
    chen, li = played.person("陈雪", id=OWNER), played.person("李强")
    lin, wang = played.person("林悦"), played.person("王秀兰")
    neighbours = [played.person(f"邻居{n}") for n in range(6)]
    group = played.group("春晖里1群", chen, li, lin, wang, *neighbours)
    await played.adds_bot(chen, group)
    await played.starts(chen)
    await played.says(chen, "/setup", group)
    for words in ("下一步", "下一步"):
        await played.taps(chen, words)
    await played.says(chen, "1-4")
    for words in ("以后再说", "贴出并开始"):
        await played.taps(chen, words)
    await played.says(chen, "/roles")
    await played.taps(chen, "增加一个角色")
    await played.taps(chen, "物业")
    link = next(t for t in reversed(played.reads(chen)) if "start=" in t)
    await played.starts(li, link.rpartition("start=")[2].strip())
    await played.starts(lin)
    await played.later(seconds=70)
    return group


def mark_of(played: Played, group: Chat, message: int) -> str:
    """The bot's reaction to a message; empty where there is none."""
    given = group.messages[message].reactions.get(played.bot.id, [])
    return str(given[0]["emoji"]) if given else ""
