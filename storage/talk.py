"""What was found in talk: labels and scores under a code, never a word of it."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId
from bot.domain.talk import Alone, Heard, Mood, Reading
from storage.codec import dump, load, moment, stamp
from storage.prepared import Prepared, Row
from storage.tables import readings

_new = insert(readings)
_put = Prepared(
    _new.on_conflict_do_update(
        index_elements=["chat", "message"],
        set_={name: _new.excluded[name] for name in ("at", "author", "role", "reply_to", "found")},
    )
)
_get = Prepared(
    select(readings).where(
        readings.c.chat == bindparam("chat"), readings.c.message == bindparam("message")
    )
)
_last = Prepared(
    select(readings)
    .where(readings.c.chat == bindparam("chat"))
    .order_by(readings.c.message.desc())
    .limit(bindparam("count"))
)
_faded = Prepared(delete(readings).where(readings.c.at < bindparam("before")))


class SqlTalk:
    """The rows of `readings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, chat: ChatId, heard: Heard) -> None:
        _put.run(
            self._connection,
            chat=chat,
            message=heard.message,
            at=stamp(heard.at),
            author=heard.author,
            role=heard.role,
            reply_to=heard.reply_to,
            found=dump(_packed(heard.reading) | {"reader": heard.reader}),
        )

    def get(self, chat: ChatId, message: int) -> Heard | None:
        """What was found in one message."""
        row = _get.first(self._connection, chat=chat, message=message)
        return None if row is None else _heard(row)

    def last(self, chat: ChatId, count: int) -> tuple[Heard, ...]:
        """The newest messages of a chat, oldest first."""
        rows = _last.all(self._connection, chat=chat, count=count)
        return tuple(_heard(row) for row in reversed(rows))

    def counts(self, chat: ChatId, since: datetime, until: datetime) -> tuple[int, int]:
        """How many messages were read in a span, and how many people wrote them."""
        row = self._connection.execute(
            select(func.count(), func.count(readings.c.author.distinct())).where(
                readings.c.chat == chat,
                readings.c.at >= stamp(since),
                readings.c.at < stamp(until),
            )
        ).one()
        return int(row[0]), int(row[1])

    def forget(self, author: str) -> None:
        """Everything read under a code."""
        self._connection.execute(delete(readings).where(readings.c.author == author))

    def purge(self, before: datetime) -> None:
        _faded.run(self._connection, before=stamp(before))


def _packed(reading: Reading) -> dict[str, Any]:
    return {
        "mood": reading.mood,
        "asks": round(reading.asks, 3),
        "claim": round(reading.claim, 3),
        "complaint": reading.complaint,
        "hazard": reading.hazard,
        "cues": reading.cues,
        "office": reading.office,
        "alone": [round(chance, 3) for chance in _chances(reading.alone)],
        **({"names": reading.names} if reading.names else {}),
    }


def _chances(alone: Alone) -> tuple[float, float, float, float]:
    return alone.negative, alone.positive, alone.asks, alone.claim


@lru_cache(maxsize=1024)
def _heard(row: Row) -> Heard:
    """The next message looks at the same rows again."""
    kept = load(row.found)
    reading = Reading(
        mood=Mood(kept["mood"]),
        asks=kept["asks"],
        claim=kept["claim"],
        complaint=kept["complaint"],
        hazard=kept["hazard"],
        cues=kept["cues"],
        office=kept["office"],
        names=tuple(kept.get("names", ())),
        alone=Alone(*kept.get("alone", ())),
    )
    reader = kept.get("reader", "")
    return Heard(row.message, moment(row.at), row.author, row.role, row.reply_to, reading, reader)
