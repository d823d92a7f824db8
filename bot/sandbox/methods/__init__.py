"""The methods of the Bot API, by their name in lower case."""

from bot.sandbox.methods import bots, chats, messages, polls
from bot.sandbox.methods.asked import Method

METHODS: dict[str, Method] = bots.METHODS | chats.METHODS | messages.METHODS | polls.METHODS
