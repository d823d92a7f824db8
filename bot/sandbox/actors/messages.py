"""Messages, and the chats they stand in."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.actors.members import Member
from bot.sandbox.actors.people import Json, User
from bot.sandbox.actors.polls import Poll

SERVICE_KINDS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "group_chat_created",
        "pinned_message",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)


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
    author: int | None = None
    root: int | None = None

    @property
    def service(self) -> str | None:
        """The kind of service message this is, if it is one."""
        return next((kind for kind in self.body if kind in SERVICE_KINDS), None)

    def thread(self) -> int | None:
        """The topic, or in a supergroup the message a chain of replies began with."""
        return self.topic if self.topic is not None else self.root

    def json(self, deep: bool = True) -> Json:
        body: Json = {"message_id": self.id, "date": int(self.at.timestamp())}
        body["chat"] = self.chat.json()
        if self.sender:
            body["from"] = self.sender
        if self.sender_chat:
            body["sender_chat"] = self.sender_chat
        thread = self.thread()
        if thread is not None:
            body["message_thread_id"] = thread
        if self.topic is not None:
            body["is_topic_message"] = True
        replied = self._replied() if deep else None
        if replied is not None:
            body["reply_to_message"] = replied.json(deep=False)
        return body | self._marks() | self.body

    def _replied(self) -> "Message | None":
        """In a topic, what is no reply is a reply to the topic's first message."""
        id = self.reply_to or (self.topic if self.topic != self.id else None)
        return self.chat.messages.get(id) if id else None

    def _marks(self) -> Json:
        body: Json = {}
        if self.edited:
            body["edit_date"] = int(self.edited.timestamp())
        if self.forward:
            body["is_automatic_forward"] = True
        if self.protected:
            body["has_protected_content"] = True
        if self.poll:
            body["poll"] = self.poll.json()
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body


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
    closed_topics: set[int] = field(default_factory=set)
    linked: int | None = None
    moved_to: int | None = None
    moved_from: int | None = None
    permissions: dict[str, bool] = field(default_factory=dict)
    links: list[Json] = field(default_factory=list)
    description: str = ""
    last_bot: int | None = None
    gone: dict[int, int | None] = field(default_factory=dict)
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
        """Whether somebody is in the chat at present."""
        found = self.members.get(user)
        return found is not None and found.present

    def forget(self, id: int) -> None:
        """A message disappears, with its pin."""
        message = self.messages.pop(id)
        self.gone[id] = message.bot
        self.pinned = [pinned for pinned in self.pinned if pinned != id]
