"""One world: its people, bots, chats and time, and the updates that follow from what happens."""

import heapq
import itertools
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.actors import ADMIN_RIGHTS, ADMINS, Bot, Chat, Json, Member, Message, Poll, User
from bot.sandbox.clock import WorldClock
from bot.sandbox.errors import bad
from bot.sandbox.files import Files
from bot.sandbox.limits import UPDATES_KEPT
from bot.sandbox.seeing import sees

DEFAULT_OFF = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates a bot receives only if it names them."""


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
        self.files = Files()
        self.calls: list[Json] = []
        self.logged = 0
        self.version = 0
        self.listeners: list[Callable[[], None]] = []
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = 0
        self._next_id = 7_000_001

    def now(self) -> datetime:
        return self.clock.now()

    def stamp(self) -> int:
        """Now, as Telegram writes dates."""
        return int(self.now().timestamp())

    def touched(self, chat: Chat | None = None) -> None:
        """Something changed that somebody may be waiting for."""
        self.version += 1
        if chat is not None:
            chat.version = self.version
        self.wake()

    def wake(self) -> None:
        """Has everybody who waits look again."""
        for listener in tuple(self.listeners):
            listener()

    # people and bots

    def add_user(self, first_name: str, **more: Any) -> User:
        user = User(more.pop("id", None) or self._free(), first_name, **more)
        self.users[user.id] = user
        self.touched()
        return user

    def _free(self) -> int:
        while self._next_id in self.users or self._next_id in self.bots:
            self._next_id += 1
        self._next_id += 1
        return self._next_id - 1

    def bot_of(self, token: str) -> Bot:
        """The bot behind a token; a new token makes a new bot."""
        id = int(token.split(":")[0])
        bot = self.bots.get(id)
        if bot is None:
            name = (
                ("邻声", "linsheng_bot") if not self.bots else (f"bot {id}", f"sandbox_{id}_bot")
            )
            bot = Bot(id, token, *name)
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

    def add_chat(
        self, type: str, title: str, creator: User, members: Iterable[User | Bot] = ()
    ) -> Chat:
        number = self._free()
        id = -number if type == "group" else -1_000_000_000_000 - number
        chat = Chat(id, "supergroup" if type == "forum" else type, title, type == "forum")
        chat.members[creator.id] = Member("creator")
        for one in members:
            if one.id != creator.id:
                chat.members[one.id] = Member("member")
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
        replied = chat.messages.get(message.reply_to or 0)
        if replied is not None and chat.type == "supergroup":
            message.root = replied.root or replied.id
        if message.bot is not None and message.service is None:
            chat.last_bot = message.bot
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

    def expire(self, bot: Bot) -> None:
        """Drops the updates that waited for too long."""
        oldest = self.now() - UPDATES_KEPT
        while bot.queue and bot.queue[0][0] < oldest:
            bot.queue.popleft()

    def waiting(self, bot: Bot, limit: int | None = None) -> list[Json]:
        """The updates not confirmed yet, oldest first."""
        self.expire(bot)
        return [body for _, body in itertools.islice(bot.queue, limit)]

    def deliver(self, message: Message, kind: str = "message", by: int | None = None) -> None:
        """Sends a message to the bots that may see it."""
        body: Json | None = None
        kind = kind.replace("message", "channel_post") if message.chat.type == "channel" else kind
        for bot in self.bots.values():
            if bot.id != by and sees(self, bot, message):
                body = message.json() if body is None else body
                self.update(bot, kind, body)

    # members

    def set_member(self, chat: Chat, user: int, new: Member, by: int) -> None:
        """Changes a standing: my_chat_member to the bot itself, chat_member to admins."""
        old = chat.member(user)
        chat.members[user] = new
        who = self.json_of(user)
        body = {
            "chat": chat.json(),
            "from": self.json_of(by),
            "date": self.stamp(),
            "old_chat_member": old.json(who, chat.type),
            "new_chat_member": new.json(who, chat.type),
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

    def at(self, moment: datetime, action: Callable[[], None]) -> None:
        """Has something done as soon as this moment has come."""
        self._order += 1
        heapq.heappush(self._due, (moment, self._order, action))

    def tick(self) -> None:
        """Does what time has brought, in the order in which it fell due."""
        while self._due and self._due[0][0] <= self.now():
            heapq.heappop(self._due)[2]()

    def advance(self, seconds: float) -> None:
        """Moves time on, in steps, so that what is due in between happens at its moment."""
        end = self.now() + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= end:
            self.clock.set(max(self._due[0][0], self.now()))
            self.tick()
        self.clock.set(max(end, self.now()))
        self.touched()

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
