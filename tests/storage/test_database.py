"""One transaction at a time: kept as a whole, undone as a whole, waiting while others write."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy.exc import OperationalError

from bot.domain.audit import Entry
from bot.domain.basics import ChatId, CommunityId, MemberId, MemoryTrouble
from bot.domain.due import Due
from bot.domain.letter import Button, Kind, Letter, Phrase, Priority, Spot, State
from bot.domain.people import Person
from bot.domain.talk import Heard, Reading
from storage import database as opened
from storage.database import Database
from storage.schema import prepare
from storage.talk import MOST

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CHAT = ChatId(-1)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    prepare(tmp_path / "a.db")
    return Database(tmp_path / "a.db", lambda: NOW)


def test_what_fails_halfway_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        halfway(database)
    with database.work() as work:
        work.people.put_person(Person(MemberId(8), "en"))
        work.undo()
    with database.work() as work:
        assert work.people.everyone() == set()


@pytest.mark.parametrize("fails", [True, False])
def test_what_was_heard_and_undone_was_not_heard(database: Database, fails: bool) -> None:
    with database.work() as work:
        work.talk.put(CHAT, heard("before"))
    with suppress(ZeroDivisionError), database.work() as work:
        work.talk.put(CHAT, heard("after"))
        assert work.talk.last(CHAT, 9) == (heard("after"),)
        work.undo()
        _ = 1 // (not fails)
    with database.work() as work:
        assert work.talk.last(CHAT, 9) == (heard("before"),)


def test_many_messages_are_all_there_however_few_are_at_hand(database: Database) -> None:
    with database.work() as work:
        for message in range(MOST + 10):
            work.talk.put(CHAT, heard("a", message))
        assert len(work.talk.last(CHAT, 2 * MOST)) == MOST + 10


def heard(author: str, message: int = 5) -> Heard:
    return Heard(message, NOW, author, "", None, Reading(), "plain-1")


def halfway(database: Database) -> None:
    with database.work() as work:
        work.people.put_person(Person(MemberId(7), "en"))
        raise ZeroDivisionError


def level(database: Database) -> int:
    """How SQLite waits for the disk: 1 at checkpoints only, 2 at every commit."""
    raw = database.engine.raw_connection()
    return int(raw.cursor().execute("PRAGMA synchronous").fetchone()[0])


def test_every_work_waits_for_the_disk_but_one_that_can_be_done_again(database: Database) -> None:
    levels = []
    for repeatable in (False, True, True, False):
        with database.work(repeatable) as work:
            work.people.put_person(Person(MemberId(7)))
        levels.append(level(database))
    assert levels == [2, 1, 1, 2]


def test_after_a_repeatable_work_that_failed_the_next_one_waits_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.work(repeatable=True):
        raise ZeroDivisionError
    with database.work() as work:
        work.people.put_person(Person(MemberId(7)))
    assert level(database) == 2


def test_a_letter_comes_back_as_it_was_put(database: Database) -> None:
    inner = Phrase("a", {"n": 3, "at": NOW, "deep": Phrase("b", {"s": "<x>"})})
    letter = Letter(
        "id1",
        ChatId(-100),
        "some.text",
        {"lines": (inner, inner), "who": "林悦", "when": NOW, "count": 4},
        ((Button(Phrase("go", {"name": "甲"}), "x:1"), Button(Phrase("to"), url="start:q")),),
        Kind.SEND,
        Priority.URGENT,
        about="probe:1",
        topic=5,
        instead=Spot(ChatId(-200), 9, None),
    )
    with database.work() as work:
        work.letters.put(letter)
        assert work.letters.next_for(ChatId(-100)) == letter


def test_a_busy_database_is_trouble_and_nothing_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.path is not None
    monkeypatch.setattr(opened, "BUSY_MS", 50)
    quick = Database(database.path, lambda: NOW)
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MemoryTrouble), quick.work() as work:
            work.people.put_person(Person(MemberId(7)))
        other.rollback()
    with quick.work() as work:
        work.people.put_person(Person(MemberId(7)))
    quick.close()


class Lost(Exception):
    """Stands for the end of the process."""


def failing(code: int) -> sqlite3.OperationalError:
    """What the driver raises for one of SQLite's result codes."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


def end() -> NoReturn:
    raise Lost


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_disk_that_did_not_take_what_was_written_ends_the_process(
    database: Database, code: int, wrapped: bool
) -> None:
    assert database.path is not None
    error = failing(code)
    raised = OperationalError("COMMIT", {}, error) if wrapped else error
    watched = Database(database.path, lambda: NOW, end)
    with pytest.raises(Lost), watched.work():
        raise raised
    with pytest.raises(MemoryTrouble), database.work():
        raise raised


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_what_can_be_tried_again_does_not(database: Database, code: int) -> None:
    assert database.path is not None
    watched = Database(database.path, lambda: NOW, end)
    with pytest.raises(MemoryTrouble), watched.work():
        raise failing(code)


def test_a_full_disk_is_trouble_and_what_was_there_stays(database: Database) -> None:
    with database.work() as work:
        work.people.put_person(Person(MemberId(7), "en"))
    raw = database.engine.raw_connection()
    pages = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
    raw.cursor().execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(MemoryTrouble):
        fill(database)
    raw.cursor().execute("PRAGMA max_page_count = 1000000")
    with database.work() as work:
        assert work.people.person(MemberId(7)).lang == "en"
        work.people.put_person(Person(MemberId(8)))


def fill(database: Database) -> None:
    with database.work() as work:
        work.arrivals.keep([(n, "x" * 3000) for n in range(500)])


def test_a_duty_is_done_by_the_first_who_claims_it(database: Database) -> None:
    due = Due("probe", "a", NOW)
    with database.work() as work:
        work.dues.put(due)
        assert work.dues.due(NOW - timedelta(seconds=1)) == []
        assert work.dues.due(NOW) == [due]
        assert [work.dues.claim(due, NOW), work.dues.claim(due, NOW)] == [True, False]
        assert work.dues.next_at() is None
        work.dues.put(due)
        assert work.dues.next_at() == NOW


def test_a_changed_audit_row_breaks_the_chain_where_it_stands(database: Database) -> None:
    with database.work() as work:
        for n in range(5):
            work.audit.append(Entry(CommunityId("c"), NOW, "code", "act", f"object:{n}"))
        assert work.audit.broken_at() is None
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET object = 'object:9' WHERE seq = 3")
    with database.work() as work:
        assert work.audit.broken_at() == 3


def test_old_audit_rows_go_and_the_chain_stays_whole(database: Database) -> None:
    with database.work() as work:
        for day in range(5):
            at = NOW + timedelta(days=day)
            work.audit.append(Entry(CommunityId("c"), at, "code", "act", f"object:{day}"))
        work.audit.purge(NOW + timedelta(days=2))
        work.audit.append(Entry(CommunityId("c"), NOW, "code", "act", "after"))
        assert len(work.audit.entries(CommunityId("c"), NOW)) == 4
        assert work.audit.broken_at() is None


def test_words_leave_the_file_when_they_are_done_with(database: Database) -> None:
    assert database.path is not None
    with database.work() as work:
        work.arrivals.keep([(1, "canaryword one")])
        work.letters.put(Letter("a", ChatId(7), "canaryword.two"))
    with database.work() as work:
        work.arrivals.done(1)
        work.letters.drop_for(ChatId(7))
        assert work.letters.state_of("a") is State.FAILED
    database.checkpoint()
    assert b"canaryword" not in database.path.read_bytes()
    assert b"canaryword" not in Path(f"{database.path}-wal").read_bytes()


def test_another_key_is_noticed(database: Database) -> None:
    assert database.bind(b"a" * 32)
    assert database.bind(b"a" * 32)
    assert not database.bind(b"b" * 32)


def test_every_column_that_can_hold_words_says_for_how_long() -> None:
    from sqlalchemy import Text

    from storage.tables import metadata

    structured = {"settings", "told", "fields", "facts", "found"}
    unsaid = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text) and column.name not in structured
        if not (column.comment or "").startswith("words:")
    ]
    assert unsaid == []


def test_words_are_kept_in_these_places_and_in_no_other() -> None:
    from storage.tables import metadata

    kept = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if (column.comment or "").startswith("words:")
    }
    assert kept == {
        "arrivals.raw",
        "letters.body",
        "matters.text",
        "reasons.text",
        "samples.text",
    }
