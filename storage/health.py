"""Small facts about the bot itself, such as when it last purged."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from storage.tables import health


class SqlHealth:
    """The rows of `health`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        found: str | None = self._connection.execute(
            select(health.c.value).where(health.c.name == name)
        ).scalar_one_or_none()
        return found

    def put(self, name: str, value: str) -> None:
        self._connection.execute(
            insert(health)
            .values(name=name, value=value)
            .on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )
