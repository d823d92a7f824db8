"""A group becomes a supergroup: every shelf that names the old chat names the new one."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.domain.basics import ChatId
from bot.domain.letter import State
from tests.fakes.labels import FakeLabels
from tests.fakes.shelves import Conflict, Shelves


class Moving:
    """One move; messages are numbered anew, so none of the old numbers may be acted upon."""

    def __init__(self, shelves: Shelves, old: ChatId, new: ChatId) -> None:
        self._shelves, self._old, self._new = shelves, old, new

    def move(self) -> None:
        """Takes everything along."""
        self._group()
        self._board_and_posts()
        self._words()
        self._matters()
        self._letters()
        FakeLabels(self._shelves).left(self._old)
        every = self._shelves.draws.items()
        self._shelves.draws = {seq: one for seq, one in every if one.chat != self._old}

    def _group(self) -> None:
        """What Telegram said of us in the new chat already holds."""
        groups = self._shelves.groups
        group, met = groups.pop(self._old), groups.pop(self._new, None)
        if met is not None:
            group = replace(group, hears_all=met.hears_all, can_pin=met.can_pin)
        groups[self._new] = replace(group, chat=self._new)

    def _board_and_posts(self) -> None:
        shelves, old, new = self._shelves, self._old, self._new
        shelves.boards.pop(new, None)
        if (board := shelves.boards.pop(old, None)) is not None:
            shelves.boards[new] = replace(board, chat=new)
        for matter in [matter for matter, chat in shelves.posts if chat == old]:
            if (matter, new) in shelves.posts:
                raise Conflict("it stands in the new chat already")
            shelves.posts[matter, new] = replace(shelves.posts.pop((matter, old)), chat=new)
        shelves.noise = [
            replace(one, chat=new) if one.chat == old else one for one in shelves.noise
        ]

    def _words(self) -> None:
        shelf = self._shelves.readings
        for message in [message for chat, message in shelf if chat == self._old]:
            heard = shelf.pop((self._old, message))
            if (self._new, -message) in shelf:
                raise Conflict("it was read in the new chat already")
            shelf[self._new, -message] = replace(heard, message=-message, reply_to=None)

    def _matters(self) -> None:
        for id, matter in self._shelves.matters.items():
            moved = replace(matter, facts=self._renamed(matter.facts))
            if matter.chat == self._old:
                moved = replace(moved, chat=self._new, message=None)
            self._shelves.matters[id] = moved
        for member, form in self._shelves.forms.items():
            self._shelves.forms[member] = replace(form, fields=self._renamed(form.fields))

    def _letters(self) -> None:
        for id, row in self._shelves.letters.items():
            if row.chat == self._old:
                chat = self._new if row.state is State.PENDING else row.chat
                self._shelves.letters[id] = replace(row, message=None, chat=chat)

    def _renamed(self, words: Mapping[str, str]) -> Mapping[str, str]:
        """The chat's id where it stands alone or in a list of chats."""
        old, new = str(self._old), str(self._new)
        return MappingProxyType(
            {
                name: ",".join(new if part == old else part for part in value.split(","))
                for name, value in words.items()
            }
        )
