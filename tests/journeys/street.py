"""People of one community, in either script: what they write, tap and read."""

from typing import Any, ClassVar, Literal

from opencc import OpenCC

from bot.sandbox import play
from bot.sandbox.actors import Chat, Message, User
from tests.played import Played

Script = Literal["zh-hans", "zh-hant"]
_TRADITIONAL = OpenCC("s2twp")


class Street:
    """A manager, a clerk, and neighbours: 林 pressed Start, 王 never did, 明 opted out."""

    OWNER: ClassVar = 5001

    def __init__(self, played: Played, script: Script) -> None:
        self.played, self.script = played, script
        self.chen = self._person("陈雪", id=self.OWNER)
        self.li, self.lin = self._person("李强"), self._person("林悦")
        self.wang, self.ming = self._person("王秀兰"), self._person("明明")
        self.neighbours = [self._person(f"邻居{n}") for n in range(5)]
        everyone = (self.li, self.lin, self.wang, self.ming, *self.neighbours)
        known = iter(played.telegram.chats.values())
        self.group = next(known, None) or self._gathers(self.chen, *everyone)

    def _gathers(self, *everyone: User) -> Chat:
        return self.played.group(self.t("春晖里1群"), *everyone)

    def _person(self, name: str, **more: int) -> User:
        return self.played.person(self.t(name), language_code=self.script, **more)

    def t(self, words: str) -> str:
        """The words in the script of this community."""
        return str(_TRADITIONAL.convert(words)) if self.script == "zh-hant" else words

    async def opens(self) -> None:
        """陈雪 sets the bot up; 李强 takes up the property's role; 明 opts out."""
        played = self.played
        await played.adds_bot(self.chen, self.group)
        await played.starts(self.chen)
        await self.says(self.chen, "/setup", self.group)
        for words in ("下一步", "下一步"):
            await self.taps(self.chen, words)
        await self.says(self.chen, "1-4")
        for words in ("以后再说", "贴出并开始"):
            await self.taps(self.chen, words)
        await self.says(self.chen, "/roles")
        await self.taps(self.chen, "增加一个角色")
        await self.taps(self.chen, "物业")
        link = next(t for t in reversed(played.reads(self.chen)) if "start=" in t)
        await played.starts(self.li, link.rpartition("start=")[2].strip())
        for user in (self.lin, self.ming):
            await played.starts(user)
        await self.taps(self.ming, "不要分析我", self.group)
        await played.later(seconds=70)

    async def says(self, user: User, text: str, chat: Chat | None = None, **more: Any) -> Message:
        return await self.played.says(user, self.t(text), chat, **more)

    async def taps(self, user: User, words: str, chat: Chat | None = None) -> str:
        return await self.played.taps(user, self.t(words), chat)

    async def types(self, user: User, *texts: str) -> None:
        """Writes one line after the other to the bot."""
        for text in texts:
            await self.says(user, text)

    async def presses(self, user: User, *words: str) -> None:
        """Taps one button after the other in the private chat."""
        for each in words:
            await self.taps(user, each)

    async def edits(self, user: User, message: int, text: str) -> None:
        play.edit(self.played.telegram, user, self.group, message, self.t(text))
        await self.played.settle()

    async def votes(self, user: User, choice: int) -> None:
        message = next(m for m in reversed(self.group.messages.values()) if m.poll is not None)
        play.vote(self.played.telegram, user, self.group, message.id, [choice])
        await self.played.settle()

    def shows(self, user: User, words: str, chat: Chat | None = None) -> int:
        """How many of the bot's messages on this phone contain these words now."""
        return self.played.shows(user, self.t(words), chat)

    def says_in_group(self, words: str) -> int:
        """How many of the bot's messages in the group contain these words; the board aside."""
        return self.shows(self.lin, words, self.group)

    @property
    def board(self) -> str:
        """The one board of the group."""
        boards = self.played.board(self.lin, self.group)
        assert len(boards) == len(self.group.pinned) == 1
        return boards[0]

    def mark(self, message: int) -> str:
        """The bot's reaction to a message; empty where there is none."""
        given = self.group.messages[message].reactions.get(self.played.bot.id, [])
        return str(given[0]["emoji"]) if given else ""
