"""One world: its people, bots, chats and time, and the updates that follow from what happens."""

import itertools
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.actors import ADMIN_RIGHTS, ADMINS, Bot, Chat, Json, Member, Message, Poll, User
from bot.sandbox.clock import WorldClock
from bot.sandbox.errors import bad

DEFAULT_OFF = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
ADMIN_ONLY = DEFAULT_OFF
KEPT = timedelta(hours=24)


class World:
    """Everything that is true at this moment. Synchronous: time comes from its clock."""

    def __init__(self, clock: WorldClock, seed: int = 0) -> None:
        self.clock, self.random = clock, random.Random(seed)  # noqa: S311 - play, no secret
        self.users: dict[int, User] = {}
        self.bots: dict[int, Bot] = {}
        self.chats: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.queries: dict[str, Json] = {}
        self.polls: dict[str, Message] = {}
        self.files: dict[str, bytes] = {}
        self.calls: list[Json] = []
        self.version = 0
        self.listeners: list[Callable[[], None]] = []
        self._ids = itertools.count(7_000_001)
        self._names = itertools.count(1)

    def now(self) -> datetime:
        return self.clock.now()

    def touched(self, chat: Chat | None = None) -> None:
        """Something changed that somebody may be waiting for."""
        self.version += 1
        if chat is not None:
            chat.version = self.version
        for listener in tuple(self.listeners):
            listener()

    # people and bots

    def add_user(self, first_name: str, **more: Any) -> User:
        user = User(more.pop("id", None) or next(self._ids), first_name, **more)
        self.users[user.id] = user
        self.touched()
        return user

    def bot_of(self, token: str) -> Bot:
        """The bot behind a token; a new token makes a new bot."""
        id = int(token.split(":")[0])
        bot = self.bots.get(id)
        if bot is None:
            bot = Bot(
                id,
                token,
                "邻声" if not self.bots else f"bot {id}",
                "linsheng_bot" if not self.bots else f"sandbox_{id}_bot",
            )
            bot.next_update = self.random.randrange(1_000_000, 9_000_000)
            self.bots[id] = bot
            self.touched()
        return bot

    def json_of(self, id: int) -> Json:
        found = self.users.get(id) or self.bots.get(id)
        if found is None:
            raise bad("user not found")
        return found.json()

    # chats

    def add_chat(self, type: str, title: str, creator: User, members: Iterable[User] = ()) -> Chat:
        number = next(self._ids)
        id = -number if type == "group" else -1_000_000_000_000 - number
        chat = Chat(id, "supergroup" if type == "forum" else type, title, type == "forum")
        chat.members[creator.id] = Member("creator")
        for user in members:
            if user.id != creator.id:
                chat.members[user.id] = Member("member")
        self.chats[id] = chat
        self.touched(chat)
        return chat

    def private_chat(self, user: User, bot: Bot) -> Chat:
        key = (user.id, bot.id)
        if key not in self.private:
            self.private[key] = Chat(user.id, "private", owner=user, bot=bot.id)
        return self.private[key]

    def post(self, chat: Chat, **fields: Any) -> Message:
        """A new message in a chat; who receives it as an update is decided by `deliver`."""
        message = Message(chat.next_message, chat, self.now(), **fields)
        chat.next_message += 1
        chat.messages[message.id] = message
        self.touched(chat)
        return message

    # updates

    def update(self, bot: Bot, kind: str, body: Json) -> None:
        """Queues an update, if the bot asked for this kind."""
        allowed = bot.allowed
        if (kind in DEFAULT_OFF) if allowed is None else (kind not in allowed):
            return
        self.inject(bot, {kind: body})

    def inject(self, bot: Bot, body: Json) -> int:
        """Queues an update whatever it is; returns its id."""
        id = bot.next_update
        bot.next_update += 1
        bot.queue.append((self.now(), {"update_id": id} | body))
        self.touched()
        return id

    def waiting(self, bot: Bot) -> list[Json]:
        while bot.queue and bot.queue[0][0] < self.now() - KEPT:
            bot.queue.popleft()
        return [body for _, body in bot.queue]

    def deliver(self, message: Message, kind: str = "message", by: int | None = None) -> None:
        """Sends a message to the bots that may see it."""
        for bot in self.bots.values():
            if bot.id != by and self.sees(bot, message):
                self.update(bot, kind, message.json())

    def sees(self, bot: Bot, message: Message) -> bool:
        chat = message.chat
        if chat.type == "private":
            return chat.bot == bot.id
        if not chat.has(bot.id) or ((message.sender or {}).get("is_bot") and message.bot):
            return False
        if not bot.privacy or chat.member(bot.id).status in ADMINS:
            return True
        return self._addressed(bot, message)

    def _addressed(self, bot: Bot, message: Message) -> bool:
        """What a bot in privacy mode sees: commands, replies to it, mentions, service messages."""
        replied = message.chat.messages.get(message.reply_to or 0)
        if replied is not None and replied.bot == bot.id:
            return True
        text = message.body.get("text") or message.body.get("caption")
        if text is None:
            return not any(k in message.body for k in ("photo", "voice", "document", "sticker"))
        raw = text.encode("utf-16-le")
        for entity in message.body.get("entities") or message.body.get("caption_entities") or []:
            start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            piece = raw[start:end].decode("utf-16-le", "replace").lower()
            name = f"@{bot.username.lower()}"
            if entity["type"] == "bot_command" and ("@" not in piece or piece.endswith(name)):
                return True
            if entity["type"] == "mention" and piece == name:
                return True
        return False

    # members

    def set_member(self, chat: Chat, user: int, new: Member, by: int) -> None:
        """Changes a standing: my_chat_member to the bot itself, chat_member to admins."""
        old = chat.member(user)
        chat.members[user] = new
        who = self.json_of(user)
        body = {
            "chat": chat.json(),
            "from": self.json_of(by),
            "date": int(self.now().timestamp()),
            "old_chat_member": old.json(who),
            "new_chat_member": new.json(who),
        }
        if user in self.bots:
            self.update(self.bots[user], "my_chat_member", body)
        for bot in self.bots.values():
            if bot.id != user and chat.member(bot.id).status in ADMINS:
                self.update(bot, "chat_member", body)
        self.touched(chat)

    def all_rights(self) -> dict[str, bool]:
        return dict.fromkeys(ADMIN_RIGHTS, True)

    def service(self, chat: Chat, sender: Json | None, body: Json) -> Message:
        message = self.post(chat, sender=sender, body=body)
        self.deliver(message)
        return message

    # time

    def tick(self) -> None:
        """Does what time has brought: polls that close."""
        for message in list(self.polls.values()):
            poll = message.poll
            if poll and not poll.closed and poll.closes and poll.closes <= self.now():
                self.close_poll(message)

    def close_poll(self, message: Message) -> None:
        poll = message.poll
        if poll is None or poll.closed:
            return
        poll.closed = True
        self.tell_poll(poll)
        self.touched(message.chat)

    def tell_poll(self, poll: Poll) -> None:
        if poll.bot in self.bots:
            self.update(self.bots[poll.bot], "poll", poll.json())

    def advance(self, seconds: float) -> None:
        """Moves time on, in steps, so that what is due in between happens in order."""
        end = self.now() + timedelta(seconds=seconds)
        closings = sorted(
            m.poll.closes
            for m in self.polls.values()
            if m.poll and m.poll.closes and not m.poll.closed and m.poll.closes < end
        )
        for moment in [*closings, end]:
            self.clock.set(max(moment, self.now()))
            self.tick()
        self.touched()
