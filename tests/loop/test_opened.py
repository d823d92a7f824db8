"""Tests that begin in a community kept from an earlier play begin where playing would lead."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.kept import Kept
from tests.loop.conftest import OWNER, opens
from tests.played import Played


def truth(played: Played) -> tuple[list[str], list[list[dict[str, Any]]]]:
    """Every row of the file, and every message on every phone."""
    with closing(sqlite3.connect(played.path)) as database:
        rows = list(database.iterdump())
    people = list(played.telegram.users.values())
    chats = [*played.telegram.chats.values(), None]
    return rows, [played.sees(user, chat) for user in people for chat in chats]


async def goes_on(played: Played) -> None:
    """A week with a question in it that nobody answers."""
    lin = played.person("林悦")
    (group,) = played.telegram.chats.values()
    await played.says(lin, "请问2号楼门禁坏了找谁修？", group)
    await played.later(days=7)


async def test_what_was_kept_is_what_is_played_and_it_goes_on_alike(
    tmp_path: Path, opened: Kept
) -> None:
    for name in ("anew", "kept"):
        (tmp_path / name).mkdir()
    anew = await Played(tmp_path / "anew", owner=OWNER).start()
    await opens(anew)
    await anew.restart()
    kept = await Played(tmp_path / "kept", owner=OWNER, begin=opened).start()
    assert truth(kept) == truth(anew)
    assert kept.telegram.now() == anew.telegram.now()

    for played in (anew, kept):
        await goes_on(played)
    assert truth(kept) == truth(anew)
    assert kept.telegram.calls == anew.telegram.calls[-len(kept.telegram.calls) :]

    for played in (anew, kept):
        await played.ends()
