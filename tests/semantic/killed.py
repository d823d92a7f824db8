"""A bot that is killed, as with kill -9, while a text waits for a second reader that hangs."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.analysis.semantic import Second
from bot.domain.second import Scope
from tests.played import Played
from tests.semantic import fake
from tests.semantic.town import CHEN, opened

WORDS = f"暖气片摸着凉，{fake.ASKS}，{fake.HANGS}"


async def main(folder: Path) -> None:
    played = Played(folder, owner=CHEN, second=Second(Scope.ALL, fake.COMMAND, seconds=60.0))
    group, lin = await opened(played)
    saying = asyncio.ensure_future(played.says(lin, WORDS, group))
    await asyncio.wait({saying}, timeout=1.0)
    print("hangs" if not saying.done() else "done", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
