"""Finds what a control request names. Raises `ApiError` where there is no such thing."""

from bot.sandbox.actors import Bot, Chat, Message, User
from bot.sandbox.control.forms import Place, Seeing
from bot.sandbox.errors import ApiError
from bot.sandbox.world import World


def user_of(world: World, id: int) -> User:
    user = world.users.get(id)
    if user is None:
        raise ApiError(404, f"Not Found: there is no user {id}")
    return user


def bot_of(world: World, id: int) -> Bot:
    bot = world.bots.get(id)
    if bot is None:
        raise ApiError(404, f"Not Found: there is no bot {id}")
    return bot


def someone_of(world: World, id: int) -> User | Bot:
    """A person or a bot."""
    return world.bots[id] if id in world.bots else user_of(world, id)


def chat_of(world: World, id: int) -> Chat:
    chat = world.chats.get(id)
    if chat is None:
        raise ApiError(404, f"Not Found: there is no chat {id}")
    return chat


def message_of(chat: Chat, id: int) -> Message:
    message = chat.messages.get(id)
    if message is None:
        raise ApiError(404, f"Not Found: there is no message {id}")
    return message


def place_of(world: World, asked: Place | Seeing) -> tuple[User, Chat]:
    """The person, and the group or their private chat with a bot."""
    user = user_of(world, asked.user)
    if asked.chat < 0:
        return user, chat_of(world, asked.chat)
    named = asked.chat if asked.chat in world.bots else 0
    bot = bot_of(world, asked.bot or named or next(iter(world.bots), 0))
    return user, world.private_chat(user, bot)
