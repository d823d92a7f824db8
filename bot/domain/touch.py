"""The board of a group: where it is remembered, and how it is told that something changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import Communities, GroupState
from bot.domain.due import Due, Dues

BOARD = "board"
APART, SOON = timedelta(seconds=60), timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Shown:
    """A board as it was last put up: the letter that carries it, and a hash of its words."""

    chat: ChatId
    letter: str
    at: datetime
    print: str = ""


class Boards(Protocol):
    """Where boards are remembered, one a group."""

    def get(self, chat: ChatId) -> Shown | None: ...
    def put(self, shown: Shown) -> None: ...
    def drop(self, chat: ChatId) -> None: ...


class TouchWork(Protocol):
    """The stores that touching the board needs."""

    now: datetime

    @property
    def boards(self) -> Boards: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def dues(self) -> Dues: ...


def touch(work: TouchWork, community: CommunityId) -> None:
    """The boards of a community are to be shown anew, each at most once a minute."""
    for group in work.communities.groups(community):
        if group.state is GroupState.ACTIVE:
            shown = work.boards.get(group.chat)
            at = work.now + SOON if shown is None else max(work.now + SOON, shown.at + APART)
            work.dues.put(Due(BOARD, str(group.chat), at))
