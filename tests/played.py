"""The bot in a small world of its own: real database, real sandbox, one clock, no socket."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.analysis import ExportReader, PlainReader, likely_answer
from bot.analysis.normal import simplified
from bot.domain.basics import pseudonyms
from bot.domain.importing import Importer
from bot.domain.second import SecondReader
from bot.sandbox import play
from bot.sandbox.actors import Chat, Message, User
from bot.sandbox.api import Api
from bot.sandbox.clock import WorldClock
from bot.sandbox.inprocess import SandboxRequest
from bot.sandbox.view import view
from bot.sandbox.world import World as Telegram
from handlers import ROLL
from handlers.desks import Choices, Desks, desks_of
from handlers.service import Service, World
from storage.database import Database
from tests.canary import CANARY
from tests.kept import Kept, empty_file, kept

KEY = b"k" * 32
LIKELY = likely_answer()
BOARD = "📌"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday, ten in the morning in Shanghai."""


class Played:
    """People, one bot and one database; `restart` drops everything but the file."""

    def __init__(
        self,
        folder: Path,
        owner: int | None = None,
        second: SecondReader | None = None,
        begin: Kept | None = None,
    ) -> None:
        self.second = second
        self.path = folder / "played.db"
        if not self.path.exists():
            self.path.write_bytes(begin.file if begin else empty_file())
        self.api = begin.api() if begin else Api(Telegram(WorldClock(START, 0), seed=7))
        self.telegram = self.api.world
        self.bot = self.api.bot(CANARY)
        self.owner, self.address = owner, ""
        self._ids = begin.ids if begin else 0
        self.database = Database(self.path, self.telegram.now)
        self.importer: Importer = ExportReader(PlainReader())
        self.service: Service

    async def start(self, address: str = "") -> "Played":
        """Builds the bot; with an address it talks to the sandbox there, over HTTP."""
        self.address = address or self.address
        world = World(
            CANARY,
            self.address or "http://telegram.invalid",
            self.database,
            self._desks(),
            ROLL,
            KEY,
            pseudonyms(KEY),
            self.telegram.now,
            self._new_id,
            sleep=self._sleep,
            request=None if self.address else SandboxRequest(self.api),
            reader=PlainReader(),
            importer=self.importer,
            second=self.second,
        )
        self.service = await Service.start(world)
        return self

    def _desks(self) -> Desks:
        return desks_of(
            self._new_id, pseudonyms(KEY), Choices(self.owner, plain=simplified, likely=LIKELY)
        )

    def _new_id(self) -> str:
        self._ids += 1
        return f"i{self._ids - 1:07}"

    async def _sleep(self, seconds: float) -> None:
        self.telegram.advance(seconds)

    async def restart(self) -> None:
        """Everything is built again from the file."""
        await self.service.close()
        self.database.close()
        self.database = Database(self.path, self.telegram.now)
        await self.start()

    async def ends(self) -> Kept:
        """The bot is ended; from what it leaves, others can begin."""
        await self.service.close()
        self.database.close()
        return kept(self.path, self.api, self._ids)

    async def settle(self) -> None:
        """The bot takes up everything and says everything it has to say."""
        await self.service.settle()

    async def later(self, **span: float) -> None:
        """Time passes; what is due on the way is done at its moment."""
        end = self.telegram.now() + timedelta(**span)
        await self.settle()
        while (due := self.service.ticker.next_at()) is not None and due <= end:
            self.telegram.advance(max(0.0, (due - self.telegram.now()).total_seconds()))
            await self.settle()
        self.telegram.advance((end - self.telegram.now()).total_seconds())
        await self.settle()

    # people

    def person(self, name: str, **more: Any) -> User:
        """Who bears this name already, or somebody new."""
        for user in self.telegram.users.values():
            if user.first_name == name and user.id == more.get("id", user.id):
                return user
        return self.telegram.add_user(name, **({"language_code": "zh-hans"} | more))

    def group(self, title: str, creator: User, *members: User, kind: str = "supergroup") -> Chat:
        return self.telegram.add_chat(kind, title, creator, members)

    def private(self, user: User) -> Chat:
        return self.telegram.private_chat(user, self.bot)

    async def adds_bot(self, by: User, chat: Chat, admin: bool = True) -> None:
        """Somebody adds the bot to a group, and makes it an administrator."""
        play.join(self.telegram, chat, self.bot.id, by.id)
        if admin:
            play.promote(self.telegram, chat, self.bot.id, by.id)
        await self.settle()

    async def starts(self, user: User, payload: str = "") -> None:
        play.start(self.telegram, user, self.bot, payload)
        await self.settle()

    async def says(self, user: User, text: str, chat: Chat | None = None, **more: Any) -> Message:
        """Writes in a group, or in the private chat with the bot."""
        message = play.write(self.telegram, user, chat or self.private(user), text, **more)
        await self.settle()
        return message

    async def taps(
        self, user: User, words: str, chat: Chat | None = None, message: int | None = None
    ) -> str:
        """Taps the newest button that carries these words; returns the toast."""
        place = chat or self.private(user)
        found = self.button(place, words, message)
        query = play.tap(self.telegram, user, place, found[0], found[1])
        await self.settle()
        answer = self.telegram.queries[query]["answer"]
        return "" if answer is None else str(answer["text"])

    def button(self, chat: Chat, words: str, message: int | None = None) -> tuple[int, str]:
        """The newest message with a button that carries these words, and what it carries."""
        for one in sorted(chat.messages.values(), key=lambda m: m.id, reverse=True):
            if message is not None and one.id != message:
                continue
            for row in (one.markup or {}).get("inline_keyboard") or []:
                for button in row:
                    if words in button["text"]:
                        return one.id, button.get("callback_data") or button.get("url")
        raise LookupError(f"no button says {words}: {self.texts(chat)[-3:]}")

    # what is seen

    def sees(self, user: User, chat: Chat | None = None) -> list[dict[str, Any]]:
        """The messages on this person's phone."""
        shown: list[dict[str, Any]] = view(self.telegram, user, chat or self.private(user))[
            "messages"
        ]
        return shown

    def reads(self, user: User, chat: Chat | None = None) -> list[str]:
        """The bot's messages on this person's phone, oldest first; the board aside."""
        return [text for text in self._said(user, chat) if not text.startswith(BOARD)]

    def board(self, user: User, chat: Chat) -> list[str]:
        """The boards in a group; one is enough."""
        return [text for text in self._said(user, chat) if text.startswith(BOARD)]

    def _said(self, user: User, chat: Chat | None) -> list[str]:
        return [m["text"] for m in self.sees(user, chat) if m["from"]["bot"] and m["text"]]

    def shows(self, user: User, words: str, chat: Chat | None = None) -> int:
        """How many of the bot's messages on this phone contain these words now."""
        return sum(words in text for text in self.reads(user, chat))

    def texts(self, chat: Chat) -> list[str]:
        return [str(m.body.get("text", "")) for m in chat.messages.values()]
