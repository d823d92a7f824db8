"""Small facts about the bot itself, such as when it last purged."""

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from storage.prepared import Prepared
from storage.tables import health

_new = insert(health)
_get = Prepared(select(health.c.value).where(health.c.name == bindparam("which")))
_put = Prepared(
    _new.on_conflict_do_update(index_elements=["name"], set_={"value": _new.excluded["value"]})
)


class SqlHealth:
    """The rows of `health`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        found: str | None = _get.value(self._connection, which=name)
        return found

    def put(self, name: str, value: str) -> None:
        _put.run(self._connection, name=name, value=value)
