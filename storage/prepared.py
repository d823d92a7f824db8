"""Statements that run all day long: their SQL is made once, and the driver runs it.

What SQLAlchemy does around one execution costs many times what SQLite itself needs for it. The
statements are still SQLAlchemy's, so that their SQL follows the tables.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="named")
Row = Any
"""A tuple whose places bear the names of the columns."""


class Prepared:
    """One statement; values go in by the names of its parameters, as SQLite has them.

    `columns` are those an INSERT fills, where that is not every column of its table.
    """

    def __init__(self, statement: ClauseElement, *columns: str) -> None:
        self._statement, self._columns = statement, columns
        self._named: Callable[[Sequence[Any]], Row] | None = None

    @cached_property
    def _compiled(self) -> tuple[str, dict[str, Any]]:
        """The SQL, and the values that the statement has itself; made when it first runs."""
        compiled: Any = self._statement.compile(
            dialect=_DIALECT, column_keys=self._columns or None
        )
        asked = {name for name, parameter in compiled.binds.items() if parameter.required}
        fixed = {name: value for name, value in compiled.params.items() if name not in asked}
        return str(compiled), fixed

    def all(self, connection: Connection, **values: Any) -> list[Row]:
        """Every row."""
        cursor = self._run(connection, values)
        if self._named is None:
            self._named = _named(cursor)
        return list(map(self._named, cursor.fetchall()))

    def first(self, connection: Connection, **values: Any) -> Row | None:
        """The first row, or none."""
        rows = self.all(connection, **values)
        return rows[0] if rows else None

    def value(self, connection: Connection, **values: Any) -> Any:
        """The first column of the first row, or none."""
        rows = self._run(connection, values).fetchall()
        return rows[0][0] if rows else None

    def run(self, connection: Connection, **values: Any) -> int:
        """How many rows were changed."""
        return self._run(connection, values).rowcount

    def _run(self, connection: Connection, values: dict[str, Any]) -> sqlite3.Cursor:
        sql, fixed = self._compiled
        return driver_of(connection).execute(sql, fixed | values)


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection."""
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def _named(cursor: sqlite3.Cursor) -> Callable[[Sequence[Any]], Row]:
    names = [column[0] for column in cursor.description]
    # What a named tuple's own constructor does, without a Python call for every row.
    return partial(tuple.__new__, namedtuple("Row", names, rename=True))
