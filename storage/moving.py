"""A group becomes a supergroup: every row that names the old chat names the new one."""

from typing import Any

from sqlalchemy import Column, Connection, delete, select, update

from bot.domain.basics import ChatId
from storage.codec import dump, load
from storage.tables import boards, forms, groups, letters, matters, noise, posts, readings


def move(connection: Connection, old: ChatId, new: ChatId) -> None:
    """Re-keys rows, half-filled forms and what matters remember of their groups.

    Message numbers begin anew in a supergroup, so none of the old ones may be acted upon there.
    """
    connection.execute(delete(boards).where(boards.c.chat == new))
    for table in (groups, posts, noise, boards):
        connection.execute(update(table).where(table.c.chat == old).values(chat=new))
    connection.execute(update(matters).where(matters.c.chat == old).values(chat=new, message=None))
    connection.execute(
        update(readings)
        .where(readings.c.chat == old)
        .values(chat=new, message=-readings.c.message, reply_to=None)
    )
    connection.execute(update(letters).where(letters.c.chat == old).values(message_id=None))
    _rename(connection, forms.c.member, forms.c.fields, old, new)
    _rename(connection, matters.c.id, matters.c.facts, old, new)


def _rename(
    connection: Connection, key: Column[Any], words: Column[Any], old: ChatId, new: ChatId
) -> None:
    """The chat's id where it stands alone or in a list of chats."""
    rows = connection.execute(select(key, words).where(words.contains(str(old)))).all()
    for id, text in rows:
        kept = {name: _renamed(value, old, new) for name, value in load(text).items()}
        connection.execute(update(key.table).where(key == id).values({words.name: dump(kept)}))


def _renamed(value: Any, old: ChatId, new: ChatId) -> Any:
    if not isinstance(value, str):
        return value
    return ",".join(str(new) if part == str(old) else part for part in value.split(","))
