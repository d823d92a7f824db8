"""The same random series of calls on both memories: what comes back is the same, every time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy.exc import NoResultFound

from bot.domain.community import Community, Group, GroupState
from handlers.store import FullWork, Store
from storage.database import Database
from tests.fakes import FakeStore, StoppedClock
from tests.storage.conftest import CONFLICTS
from tests.storage.looks import LOOKS, UNORDERED
from tests.storage.made import CHAT, HOME, NOW, OTHER, SECOND, matter
from tests.storage.series import ROOMS, Call, Played, works

REFUSED = (*CONFLICTS, NoResultFound, KeyError)


class Failed(Exception):
    """The work ends so."""


def answer(work: FullWork, call: Call) -> object:
    """What a store says, in one form for both: equal, and of the same types."""
    found: object = getattr(getattr(work, call.store), call.method)(*call.given)
    if call.method in UNORDERED and found is not None:
        assert isinstance(found, (tuple, list, set))
        return sorted(map(repr, found))
    if isinstance(found, list) and call.store == "arrivals":
        return [(one.id, one.raw, one.attempts) for one in found]
    if call.method == "first" and found is not None:
        wait = work.waits.first()
        return wait and (wait.id, wait.awaited, wait.found)
    if isinstance(found, (set, frozenset)):
        return found
    # A set prints its members in no order that says anything; so each part is printed by itself.
    parts = found if isinstance(found, tuple) else (found,)
    return found, [
        sorted(map(repr, p)) if isinstance(p, set | frozenset) else repr(p) for p in parts
    ]


def played(store: Store, played: Played) -> list[object]:
    """What comes back in one work; a refused call undoes it."""
    heard: list[object] = []
    with suppress(Failed), store.work(repeatable=True) as work:
        for call in played.calls:
            try:
                heard.append(answer(work, call))
            except REFUSED:
                heard.append("refused")
                raise Failed from None
        if played.end == "undo":
            work.undo()
        elif played.end == "fail":
            raise Failed
    return heard


def looked_at(store: Store, room: str) -> dict[Call, object]:
    """Everything that can be asked."""
    with store.work(repeatable=True) as work:
        return {call: answer(work, call) for call in LOOKS[room]}


@contextmanager
def both(empty_file: Path, clock: StoppedClock) -> Iterator[tuple[Store, Store]]:
    """Two stores that begin alike."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "same.db"
        shutil.copy(empty_file, path)
        stores: tuple[Store, Store] = Database(path, clock), FakeStore(clock)
        for store in stores:
            with store.work(repeatable=True) as work:
                for home, chat in ((HOME, CHAT), (OTHER, SECOND)):
                    work.communities.put(Community(home, home, "en", "UTC", NOW))
                    work.communities.put_group(Group(chat, home, "", GroupState.ACTIVE))
                work.matters.put(matter("m1", 1), "", NOW)
                work.matters.put(matter("m2", 2, message=None), "", NOW)
        try:
            yield stores
        finally:
            for store in stores:
                store.close()


def same(room: str, data: st.DataObject, empty_file: Path) -> None:
    """Plays one series on both, and looks at everything in the end."""
    series = data.draw(works(ROOMS[room]))
    clock = StoppedClock(NOW)
    with both(empty_file, clock) as (sql, dicts):
        for each in series:
            clock.advance(each.pause)
            note(str(clock.time))
            assert played(sql, each) == played(dicts, each)
        assert looked_at(sql, room) == looked_at(dicts, room)


ROOM = pytest.mark.parametrize("room", ROOMS)
FAST = settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
LONG = settings(FAST, max_examples=120, derandomize=False)


@ROOM
@FAST
@given(data=st.data())
def test_both_memories_say_the_same(room: str, data: st.DataObject, empty_file: Path) -> None:
    same(room, data, empty_file)


@pytest.mark.slow
@pytest.mark.timeout(900)
@ROOM
@LONG
@given(data=st.data())
def test_both_memories_say_the_same_of_whatever_chance_plays(
    room: str, data: st.DataObject, empty_file: Path
) -> None:
    same(room, data, empty_file)
