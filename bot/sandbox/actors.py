"""Users, bots, chats, members and messages, as the world keeps them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})
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

    def json(self) -> Json:
        body: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                body[name] = getattr(self, name)
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
    polling: int = 0

    def json(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }


@dataclass
class Member:
    """Somebody's standing in a chat."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    until: int = 0
    title: str | None = None

    def may(self, right: str) -> bool:
        return self.status == "creator" or (
            self.status == "administrator" and self.rights.get(right, False)
        )

    def json(self, user: Json) -> Json:
        body: Json = {"user": user, "status": self.status}
        if self.status == "creator":
            body["is_anonymous"] = self.anonymous
        if self.status == "administrator":
            body |= {right: self.rights.get(right, False) for right in ADMIN_RIGHTS}
            body |= {"is_anonymous": self.anonymous, "can_be_edited": False}
        if self.status == "restricted":
            body |= {right: self.rights.get(right, False) for right in MEMBER_RIGHTS}
            body |= {"is_member": True, "until_date": self.until}
        if self.status == "kicked":
            body["until_date"] = self.until
        if self.title and self.status in ADMINS:
            body["custom_title"] = self.title
        return body


@dataclass
class Poll:
    """A native poll and the votes in it."""

    id: str
    question: str
    options: list[str]
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    hidden: bool = False
    kind: str = "regular"
    correct: list[int] = field(default_factory=list)
    closes: datetime | None = None
    period: int | None = None
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)
    bot: int | None = None

    def json(self) -> Json:
        counts = [sum(n in v for v in self.votes.values()) for n in range(len(self.options))]
        body: Json = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": f"{self.id}-{n}", "text": text, "voter_count": counts[n]}
                for n, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
        }
        if self.closes:
            body["close_date"] = int(self.closes.timestamp())
        if self.period:
            body["open_period"] = self.period
        return body


@dataclass
class Message:
    """One message of one chat."""

    id: int
    chat: "Chat"
    at: datetime
    sender: Json | None
    sender_chat: Json | None = None
    bot: int | None = None
    body: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: int | None = None
    topic: int | None = None
    edited: datetime | None = None
    forward: bool = False
    protected: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    poll: Poll | None = None

    def json(self, deep: bool = True) -> Json:
        body: Json = {"message_id": self.id, "date": int(self.at.timestamp())}
        body["chat"] = self.chat.json()
        if self.sender:
            body["from"] = self.sender
        if self.sender_chat:
            body["sender_chat"] = self.sender_chat
        if self.topic is not None:
            body |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.edited:
            body["edit_date"] = int(self.edited.timestamp())
        if self.forward:
            body["is_automatic_forward"] = True
        if self.protected:
            body["has_protected_content"] = True
        replied = self.chat.messages.get(self.reply_to) if self.reply_to else None
        if replied is not None and deep:
            body["reply_to_message"] = replied.json(deep=False)
        if self.poll:
            body["poll"] = self.poll.json()
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body | self.body


@dataclass
class Chat:
    """A private chat (of one user with one bot), a group, a supergroup or a channel."""

    id: int
    type: str
    title: str = ""
    forum: bool = False
    username: str | None = None
    owner: User | None = None
    bot: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    next_message: int = 1
    pinned: list[int] = field(default_factory=list)
    topics: dict[int, str] = field(default_factory=dict)
    linked: int | None = None
    moved_to: int | None = None
    open_to_pins: bool = False
    version: int = 0

    def json(self) -> Json:
        body: Json = {"id": self.id, "type": self.type}
        if self.owner is not None:
            return body | {k: v for k, v in self.owner.json().items() if k.endswith("name")}
        body["title"] = self.title
        if self.forum:
            body["is_forum"] = True
        if self.username:
            body["username"] = self.username
        return body

    def member(self, user: int) -> Member:
        return self.members.get(user) or Member("left")

    def has(self, user: int) -> bool:
        return self.member(user).status in PRESENT
