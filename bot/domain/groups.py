"""The bot's life in a group: arriving, being moved, losing rights, leaving."""

from typing import Protocol

from bot.domain.audit import Audit
from bot.domain.basics import ChatId, NewId, Pseudonym
from bot.domain.community import Communities
from bot.domain.due import Dues
from bot.domain.letter import Letters
from bot.domain.people import People


class GroupWork(Protocol):
    """The stores that group life needs."""

    @property
    def communities(self) -> Communities: ...
    @property
    def people(self) -> People: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def audit(self) -> Audit: ...


class GroupsDesk:
    """Everything that happens to the bot in a group."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def migrated(self, work: GroupWork, old: ChatId, new: ChatId) -> None:
        """The group has become a supergroup: everything follows it, once."""
        work.communities.migrate(old, new)

    def lost(self, work: GroupWork, chat: ChatId) -> None:
        """Telegram says that we are not in this group any more."""
