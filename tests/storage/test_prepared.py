"""Statements that are compiled once say what they said before, and take any value."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, create_engine, insert, select, update

from storage.prepared import Prepared
from storage.tables import metadata, people

PUT = Prepared(insert(people), "member", "lang", "elder", "reachable")
OF = Prepared(select(people).where(people.c.member == bindparam("member")))
TURN = Prepared(update(people).where(people.c.elder).values(lang="en", reachable=False))


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    metadata.create_all(engine)
    return engine.connect()


def test_rows_bear_the_names_of_their_columns(connection: Connection) -> None:
    assert PUT.run(connection, member=7, lang="zh-Hans", elder=True, reachable=False) == 1
    row = OF.all(connection, member=7)[0]
    assert (row.member, row.lang, bool(row.elder), bool(row.reachable)) == (7, "zh-Hans", 1, 0)
    assert OF.first(connection, member=8) is None
    assert OF.all(connection, member=8) == []
    assert OF.value(connection, member=7) == 7


def test_what_the_statement_says_itself_needs_no_value(connection: Connection) -> None:
    for member, elder in ((7, True), (8, False), (9, True)):
        PUT.run(connection, member=member, lang=None, elder=elder, reachable=True)
    assert TURN.run(connection) == 2
    assert [OF.all(connection, member=n)[0].lang for n in (7, 8, 9)] == ["en", None, "en"]


@pytest.mark.parametrize("words", ["'; DROP TABLE people; --", "\x00", "＂:member", "𠮷" * 500])
def test_a_value_is_never_read_as_sql(connection: Connection, words: str) -> None:
    PUT.run(connection, member=7, lang=words, elder=False, reachable=False)
    assert OF.all(connection, member=7)[0].lang == words


def test_a_value_that_is_forgotten_is_an_error_and_no_null(connection: Connection) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        OF.first(connection)
    with pytest.raises(sqlite3.ProgrammingError):
        PUT.run(connection, member=7)
