"""What was found in talk: labels and scores under a code, never a word of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId
from bot.domain.talk import Alone, Heard, Mood, Reading
from storage.codec import dump, load, moment, stamp
from storage.prepared import Prepared
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
    select(readings.c.message)
    .where(readings.c.chat == bindparam("chat"))
    .order_by(readings.c.message.desc())
    .limit(bindparam("count"))
)
_faded = Prepared(delete(readings).where(readings.c.at < bindparam("before")))


MOST = 1024
"""So many readings are at hand."""
AtHand = dict[tuple[ChatId, int], Heard]
"""Readings as their rows have them, for the next message looks at the same ones again."""


class SqlTalk:
    """The rows of `readings`, which nobody else fills.

    What is at hand outlives a transaction; whoever undoes one must empty it.
    """

    def __init__(self, connection: Connection, at_hand: AtHand | None = None) -> None:
        self._connection = connection
        self._at_hand: AtHand = {} if at_hand is None else at_hand

    def put(self, chat: ChatId, heard: Heard) -> None:
        found = _packed(heard.reading) | {"reader": heard.reader}
        _put.run(
            self._connection,
            chat=chat,
            message=heard.message,
            at=stamp(heard.at),
            author=heard.author,
            role=heard.role,
            reply_to=heard.reply_to,
            found=dump(found),
        )
        at = heard.at.astimezone(UTC)
        kept = _heard(heard.message, at, heard.author, heard.role, heard.reply_to, found)
        self._keep_at_hand(chat, kept)

    def get(self, chat: ChatId, message: int) -> Heard | None:
        """What was found in one message."""
        row = _get.first(self._connection, chat=chat, message=message)
        if row is None:
            return None
        said = row.message, moment(row.at), row.author, row.role, row.reply_to
        heard = _heard(*said, load(row.found))
        self._keep_at_hand(chat, heard)
        return heard

    def last(self, chat: ChatId, count: int) -> tuple[Heard, ...]:
        """The newest messages of a chat, oldest first."""
        rows = _last.all(self._connection, chat=chat, count=count)
        known = (self._at_hand.get((chat, n)) or self.get(chat, n) for (n,) in reversed(rows))
        return tuple(heard for heard in known if heard is not None)

    def _keep_at_hand(self, chat: ChatId, heard: Heard) -> None:
        if len(self._at_hand) >= MOST:
            self._at_hand.clear()
        self._at_hand[chat, heard.message] = heard

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
        self._at_hand.clear()
        self._connection.execute(delete(readings).where(readings.c.author == author))

    def purge(self, before: datetime) -> None:
        self._at_hand.clear()
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


def _heard(
    message: int,
    at: datetime,
    author: str,
    role: str,
    reply_to: int | None,
    found: Mapping[str, Any],
) -> Heard:
    reading = Reading(
        mood=Mood(found["mood"]),
        asks=found["asks"],
        claim=found["claim"],
        complaint=found["complaint"],
        hazard=found["hazard"],
        cues=found["cues"],
        office=found["office"],
        names=tuple(found.get("names", ())),
        alone=Alone(*found.get("alone", ())),
    )
    return Heard(message, at, author, role, reply_to, reading, found.get("reader", ""))
