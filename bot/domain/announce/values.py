"""An announcement in one group, and where such posts are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.basics import ChatId


class PostState(StrEnum):
    """What became of an announcement in one group."""

    WAITING = "waiting"
    UP = "up"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Post:
    """One announcement in one group; `letter` is the letter that carries it there."""

    matter: str
    chat: ChatId
    letter: str
    state: PostState = PostState.WAITING
    reposted: bool = False


class Announcements(Protocol):
    """Where posts and acknowledgements are kept."""

    def posts(self, matter: str) -> tuple[Post, ...]: ...
    def post_in(self, matter: str, chat: ChatId) -> Post | None: ...
    def put_post(self, post: Post) -> None: ...
    def only_in(self, chat: ChatId) -> tuple[str, ...]: ...
    def acknowledge(self, matter: str, code: str, building: str) -> bool: ...
    def acknowledged(self, matter: str) -> Mapping[str, int]: ...
    def acknowledged_by(self, code: str) -> int: ...
    def loosen(self, code: str, fresh: Callable[[], str]) -> None: ...
