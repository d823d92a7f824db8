"""Pinning."""

from bot.sandbox.actors import Bot, Chat, Json
from bot.sandbox.errors import NO_THREAD, bad
from bot.sandbox.methods.asked import Method, chat_of, message_of, require, whole
from bot.sandbox.world import World

WHAT = "manage pinned messages in the chat"


def _allowed(world: World, bot: Bot, asked: Json) -> Chat:
    chat = chat_of(world, bot, asked)
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    require(chat, bot, right, WHAT)
    return chat


def pin(world: World, bot: Bot, asked: Json) -> bool:
    chat = _allowed(world, bot, asked)
    message = message_of(chat, asked, "pin")
    if message.service:
        raise bad("service messages can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        body = {"pinned_message": message.json(deep=False)}
        pinned = world.post(chat, sender=bot.json(), bot=bot.id, body=body, topic=message.topic)
        world.deliver(pinned, by=bot.id)
    return True


def unpin(world: World, bot: Bot, asked: Json) -> bool:
    chat = _allowed(world, bot, asked)
    id = whole(asked, "message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if id not in chat.messages:
        raise bad("message to unpin not found")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != id]
    world.touched(chat)
    return True


def unpin_all(world: World, bot: Bot, asked: Json) -> bool:
    chat = _allowed(world, bot, asked)
    chat.pinned.clear()
    world.touched(chat)
    return True


def unpin_topic(world: World, bot: Bot, asked: Json) -> bool:
    chat, topic = _allowed(world, bot, asked), whole(asked, "message_thread_id")
    if topic not in chat.topics:
        raise bad(NO_THREAD)
    chat.pinned = [id for id in chat.pinned if chat.messages[id].topic != topic]
    world.touched(chat)
    return True


METHODS: dict[str, Method] = {
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "unpinAllForumTopicMessages": unpin_topic,
}
