"""A small world for tests: three people, a bot, a group; called without any transport."""

from datetime import UTC, datetime
from typing import Any

from bot.sandbox import play
from bot.sandbox.actors import Chat, Message, User
from bot.sandbox.api import Api
from bot.sandbox.clock import WorldClock
from bot.sandbox.errors import ApiError
from bot.sandbox.updates import get_updates
from bot.sandbox.world import World
from tests.canary import CANARY
from tests.sandbox.conformance import check_response, check_update

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SECOND = "7777:" + "s" * 35
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + b"\x00\x00\x00\rIHDR"
    + b"\x00\x00\x00\x10\x00\x00\x00\x08"
    + b"\x00" * 9
)


class Town:
    """A world whose bot calls methods directly; all it is answered must conform."""

    def __init__(self) -> None:
        self.world = World(WorldClock(START), seed=7)
        self.api = Api(self.world)
        self.bot = self.api.bot(CANARY)
        self.bot.allowed = frozenset(EVERY)
        self.wang = self.world.add_user("王", last_name="芳", language_code="zh-hans")
        self.li = self.world.add_user("李", username="li_wei")
        self.chen = self.world.add_user("陈")

    def group(self, kind: str = "supergroup", admin: bool = True, title: str = "邻里") -> Chat:
        """A group of all three, made by 王, with the bot in it."""
        chat = self.world.add_chat(kind, title, self.wang, [self.li, self.chen])
        play.join(self.world, chat, self.bot.id, self.wang.id)
        if admin:
            play.promote(self.world, chat, self.bot.id, self.wang.id)
        self.updates()
        return chat

    def private(self, user: User) -> Chat:
        """A private chat in which Start was pressed."""
        play.start(self.world, user, self.bot)
        self.updates()
        return self.world.private_chat(user, self.bot)

    def call(self, method: str, **asked: Any) -> Any:
        """The result of a method, after both clients have read it."""
        result = self.api.call(self.bot, method, asked)
        check_response(method, result)
        return result

    def refusal(self, method: str, **asked: Any) -> str:
        """The description with which a call is declined."""
        return self.error(method, **asked).description

    def error(self, method: str, **asked: Any) -> ApiError:
        try:
            self.api.call(self.bot, method, asked)
        except ApiError as error:
            return error
        raise AssertionError(f"{method} was not declined")

    def updates(self) -> list[dict[str, Any]]:
        """All that waits for the bot, confirmed, after both clients have read it."""
        found = [body for _, body in self.bot.queue]
        self.bot.queue.clear()
        for update in found:
            check_update(update)
        return found

    def kinds(self) -> list[str]:
        """The kinds of the updates that wait."""
        return [kind for update in self.updates() for kind in update if kind != "update_id"]

    def says(self, user: User, text: str, chat: Chat, **more: Any) -> Message:
        return play.write(self.world, user, chat, text, **more)

    async def poll(self, **asked: Any) -> list[dict[str, Any]]:
        return await get_updates(self.world, self.bot, asked, waits=False)


EVERY = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "message_reaction",
    "message_reaction_count",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
)
