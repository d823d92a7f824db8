"""Readings, in a dict; of each no more is kept than labels and scores."""

from dataclasses import replace
from datetime import datetime

from bot.domain.basics import ChatId
from bot.domain.talk import Alone, Heard, Reading
from tests.fakes.shelves import Shelves, in_utc


class FakeTalk:
    """Fulfils `Talk`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def put(self, chat: ChatId, heard: Heard) -> None:
        kept = replace(heard, at=in_utc(heard.at), reading=_kept(heard.reading))
        self._shelves.readings[chat, heard.message] = kept

    def get(self, chat: ChatId, message: int) -> Heard | None:
        return self._shelves.readings.get((chat, message))

    def last(self, chat: ChatId, count: int) -> tuple[Heard, ...]:
        here = sorted(self._in(chat), key=lambda one: one.message)
        return tuple(here[-count:]) if count else ()

    def counts(self, chat: ChatId, since: datetime, until: datetime) -> tuple[int, int]:
        found = [one for one in self._in(chat) if since <= one.at < until]
        return len(found), len({one.author for one in found})

    def forget(self, author: str) -> None:
        every = self._shelves.readings.items()
        self._shelves.readings = {key: one for key, one in every if one.author != author}

    def purge(self, before: datetime) -> None:
        """Drops what was read long ago."""
        every = self._shelves.readings.items()
        self._shelves.readings = {key: one for key, one in every if one.at >= before}

    def _in(self, chat: ChatId) -> list[Heard]:
        return [one for (where, _), one in self._shelves.readings.items() if where == chat]


def _kept(reading: Reading) -> Reading:
    alone = reading.alone
    return Reading(
        mood=reading.mood,
        asks=round(reading.asks, 3),
        claim=round(reading.claim, 3),
        complaint=reading.complaint,
        hazard=reading.hazard,
        cues=reading.cues,
        office=reading.office,
        names=reading.names,
        alone=Alone(
            round(alone.negative, 3),
            round(alone.positive, 3),
            round(alone.asks, 3),
            round(alone.claim, 3),
        ),
    )
