"""The one board of each group: the letter that carries it, and when it was last shown."""

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId
from bot.domain.touch import Shown
from storage.codec import moment, stamp
from storage.prepared import Prepared
from storage.tables import boards

_get = Prepared(select(boards).where(boards.c.chat == bindparam("which")))


class SqlBoards:
    """The rows of `boards`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, chat: ChatId) -> Shown | None:
        row = _get.first(self._connection, which=chat)
        if row is None:
            return None
        return Shown(ChatId(row.chat), row.letter, moment(row.shown_at), row.print)

    def put(self, shown: Shown) -> None:
        kept = {"letter": shown.letter, "shown_at": stamp(shown.at), "print": shown.print}
        self._connection.execute(
            insert(boards)
            .values(chat=shown.chat, **kept)
            .on_conflict_do_update(index_elements=["chat"], set_=kept)
        )

    def drop(self, chat: ChatId) -> None:
        self._connection.execute(delete(boards).where(boards.c.chat == chat))
