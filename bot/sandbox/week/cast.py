"""Who plays, where, and the hand that moves time."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.sandbox import play as act
from bot.sandbox.actors import Bot, Chat, Message, User
from bot.sandbox.world import World

Pump = Callable[[], Awaitable[None]]
NextDue = Callable[[], datetime | None]
Deed = Callable[["Cast"], Awaitable[None]]
_CARD = re.compile(r"^(?:新问题|处理中|⏰|🔁|⚠)[^#]*#(\d+)[^「]*「(.*?)」", re.DOTALL)


@dataclass
class Cast:
    """Who plays, where, and the hand that moves time."""

    world: World
    bot: Bot
    pump: Pump
    next_due: NextDue
    dice: Random
    chen: User = field(init=False)
    neighbours: list[User] = field(init=False)
    group: Chat = field(init=False)
    unsaid: list[str] = field(default_factory=list)

    async def until(self, moment: datetime) -> None:
        """Time passes; what the bot has to do on the way, it does at its hour."""
        while (due := self.next_due()) is not None and self.world.now() < due <= moment:
            self.world.advance((due - self.world.now()).total_seconds())
            await self.pump()
        if moment > self.world.now():
            self.world.advance((moment - self.world.now()).total_seconds())

    async def says(self, user: User, text: str, reply_to: int | None = None) -> Message:
        message = act.write(self.world, user, self.group, text, reply_to=reply_to)
        await self.pump()
        return message

    async def tells_bot(self, user: User, text: str) -> None:
        act.write(self.world, user, self.world.private_chat(user, self.bot), text)
        await self.pump()

    async def taps(self, user: User, words: str, chat: Chat) -> bool:
        """Taps the newest button with these words, if there is one."""
        for message in sorted(chat.messages.values(), key=lambda m: -m.id):
            for row in (message.markup or {}).get("inline_keyboard") or []:
                for button in row:
                    if words in button["text"] and button.get("callback_data"):
                        act.tap(self.world, user, chat, message.id, button["callback_data"])
                        await self.pump()
                        return True
        return False

    def private(self, user: User) -> Chat:
        return self.world.private_chat(user, self.bot)

    def to_answer(self, user: User) -> list[tuple[str, str]]:
        """Number and words of the questions whose cards wait in somebody's private chat."""
        found: dict[str, str] = {}
        for message in self.private(user).messages.values():
            buttons = str((message.markup or {}).get("inline_keyboard") or "")
            match = _CARD.match(str(message.body.get("text", "")))
            if match is not None and "写答复" in buttons:
                found[match[1]] = match[2]
        return list(found.items())

    def poll(self) -> Message | None:
        """The newest native poll of the group that is open."""
        every = [m for m in self.group.messages.values() if m.poll and not m.poll.closed]
        return every[-1] if every else None
