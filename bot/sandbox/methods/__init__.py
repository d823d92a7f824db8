"""The methods of the Bot API, by their name in lower case."""

from bot.sandbox.methods import (
    bots,
    chats,
    copying,
    editing,
    media,
    members,
    menus,
    pins,
    polls,
    reactions,
    sending,
    topics,
)
from bot.sandbox.methods.asked import Method

_ROOMS = (
    bots,
    chats,
    copying,
    editing,
    media,
    members,
    menus,
    pins,
    polls,
    reactions,
    sending,
    topics,
)
METHODS: dict[str, Method] = {
    name.lower(): method for room in _ROOMS for name, method in room.METHODS.items()
}
