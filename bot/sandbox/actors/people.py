"""People, bots, and the accounts Telegram speaks through."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
SERVICE = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


@dataclass
class User:
    """A person."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    toasts: list[Json] = field(default_factory=list)

    def json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            body["last_name"] = self.last_name
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass
class Bot:
    """A bot and the updates that wait for it."""

    id: int
    token: str
    first_name: str
    username: str
    privacy: bool = True
    revoked: bool = False
    webhook: str = ""
    next_update: int = 1
    allowed: frozenset[str] | None = None
    queue: deque[tuple[datetime, Json]] = field(default_factory=deque)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    settings: dict[str, Json] = field(default_factory=dict)
    confirmed: deque[Json] = field(default_factory=lambda: deque(maxlen=100))
    again: int = 0
    polling: int = 0

    def json(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }
