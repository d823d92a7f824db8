"""The board of each group, and what each group has heard, in dicts and lists."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.basics import ChatId
from bot.domain.letter import Ledger, Own, Priority, Spent
from bot.domain.touch import Shown
from tests.fakes.shelves import Booked, Shelves, in_utc


class FakeBoards:
    """Fulfils `Boards`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def get(self, chat: ChatId) -> Shown | None:
        return self._shelves.boards.get(chat)

    def put(self, shown: Shown) -> None:
        self._shelves.boards[shown.chat] = replace(shown, at=in_utc(shown.at))

    def drop(self, chat: ChatId) -> None:
        self._shelves.boards.pop(chat, None)


class FakeNoise:
    """Fulfils `Noise`; a week begins on Monday."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def book(
        self, chat: ChatId, day: date, ledger: Ledger, priority: Priority, own: Own | None = None
    ) -> None:
        self._shelves.noise.append(Booked(chat, day.isoformat(), ledger, priority, own))

    def spent(self, chat: ChatId, today: date) -> Spent:
        monday = (today - timedelta(days=today.weekday())).isoformat()
        here = [one for one in self._shelves.noise if one.chat == chat]
        week = [one for one in here if monday <= one.day <= today.isoformat()]
        now = [one for one in week if one.day == today.isoformat()]
        own = [one for one in week if one.ledger is Ledger.OWN]
        return Spent(
            sum(one.ledger is Ledger.ACT and one.priority > Priority.URGENT for one in now),
            sum(one.priority is Priority.URGENT for one in now),
            sum(one.ledger is Ledger.OWN for one in now),
            len(own),
            sum(one.own is Own.BUNDLE for one in own),
            any(one.own is Own.DIGEST for one in own),
        )

    def acts(self, chats: tuple[ChatId, ...], since: date, until: date) -> int:
        span = since.isoformat(), until.isoformat()
        return sum(
            one.ledger is Ledger.ACT and one.chat in chats and span[0] <= one.day < span[1]
            for one in self._shelves.noise
        )

    def purge(self, before: date) -> None:
        """Drops the lines of older days."""
        kept = [one for one in self._shelves.noise if one.day >= before.isoformat()]
        self._shelves.noise = kept
