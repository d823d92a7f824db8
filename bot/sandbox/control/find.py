"""Finds what a control request names. Raises `ApiError` where there is no such thing."""

from bot.sandbox.actors import Bot, Chat, User
from bot.sandbox.control.forms import Place
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


def chat_of(world: World, id: int) -> Chat:
    chat = world.chats.get(id)
    if chat is None:
        raise ApiError(404, f"Not Found: there is no chat {id}")
    return chat


def place_of(world: World, asked: Place) -> tuple[User, Chat]:
    """The person, and the group or their private chat with a bot."""
    user = user_of(world, asked.user)
    if asked.chat < 0:
        return user, chat_of(world, asked.chat)
    bot = bot_of(world, asked.bot or next(iter(world.bots), 0))
    return user, world.private_chat(user, bot)
