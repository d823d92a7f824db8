"""Reactions of bots."""

from bot.sandbox.actors import Bot, Json
from bot.sandbox.errors import bad
from bot.sandbox.methods.asked import Method, chat_of, message_of, records
from bot.sandbox.world import World

WORDS = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 "
    "🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 "
    "🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ "
    "💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
EMOJI = frozenset(WORDS.split(" "))
"""The reactions Telegram offers to everybody."""


def set_reaction(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "react")
    given = records(asked, "reaction")
    if len(given) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(one.get("type") != "emoji" or str(one.get("emoji")) not in EMOJI for one in given):
        raise bad("REACTION_INVALID")
    if message.service:
        raise bad("MESSAGE_ID_INVALID")
    message.reactions.pop(bot.id, None)
    if given:
        message.reactions[bot.id] = [{"type": "emoji", "emoji": given[0]["emoji"]}]
    world.touched(chat)
    return True


METHODS: dict[str, Method] = {"setMessageReaction": set_reaction}
