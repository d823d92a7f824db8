"""Where somebody asks to open a community, and the stores that opening one needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.audit import Audit
from bot.domain.basics import ChatId
from bot.domain.community import Communities, Forms, Invitations
from bot.domain.due import Dues
from bot.domain.letter import Letters
from bot.domain.people import People
from bot.domain.touch import Boards


@dataclass(frozen=True, slots=True)
class Place:
    """The group in which somebody asked, as Telegram describes it."""

    chat: ChatId
    title: str
    forum: bool = False
    topic: int | None = None


class SetupWork(Protocol):
    """The stores that opening a community needs."""

    now: datetime

    @property
    def boards(self) -> Boards: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def people(self) -> People: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def audit(self) -> Audit: ...
