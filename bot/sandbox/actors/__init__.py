"""Users, bots, chats, members, polls and messages, as the world keeps them."""

from bot.sandbox.actors.members import ADMIN_RIGHTS, ADMINS, MEMBER_RIGHTS, PRESENT, Member
from bot.sandbox.actors.messages import Chat, Message
from bot.sandbox.actors.people import ANONYMOUS, CHANNEL_BOT, SERVICE, Bot, Json, User
from bot.sandbox.actors.polls import Poll

__all__ = [
    "ADMINS",
    "ADMIN_RIGHTS",
    "ANONYMOUS",
    "CHANNEL_BOT",
    "MEMBER_RIGHTS",
    "PRESENT",
    "SERVICE",
    "Bot",
    "Chat",
    "Json",
    "Member",
    "Message",
    "Poll",
    "User",
]
