"""Copying and forwarding."""

from bot.sandbox.actors import Bot, Chat, Json, Message
from bot.sandbox.errors import bad
from bot.sandbox.limits import MANY
from bot.sandbox.methods.asked import Method, chat_of, flag, message_of, numbers
from bot.sandbox.methods.sending import content, post
from bot.sandbox.play import origin
from bot.sandbox.world import World

CAPTION = ("caption", "caption_entities")


def copy_message(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    message = message_of(_source(world, bot, asked), asked, "copy")
    return {"message_id": _copied(world, bot, asked, chat, message).id}


def _source(world: World, bot: Bot, asked: Json) -> Chat:
    return chat_of(world, bot, asked, name="from_chat_id")


def _copied(world: World, bot: Bot, asked: Json, chat: Chat, message: Message) -> Message:
    if message.protected or message.service or message.poll:
        raise bad("message can't be copied")
    body = {k: v for k, v in message.body.items() if k not in ("media_group_id", "forward_origin")}
    if "text" not in body and (asked.get("caption") is not None or flag(asked, "remove_caption")):
        body = {k: v for k, v in body.items() if k not in CAPTION}
        body |= {} if flag(asked, "remove_caption") else content(asked, "caption")
    return post(world, bot, asked, chat, body)


def copy_messages(world: World, bot: Bot, asked: Json) -> list[Json]:
    chat = chat_of(world, bot, asked, writing=True)
    found = [m for m in _many(world, bot, asked) if not (m.protected or m.service or m.poll)]
    if not found:
        raise bad("message to copy not found")
    return [{"message_id": _copied(world, bot, asked, chat, message).id} for message in found]


def _many(world: World, bot: Bot, asked: Json) -> list[Message]:
    source, ids = _source(world, bot, asked), numbers(asked, "message_ids")
    if not 1 <= len(ids) <= MANY:
        raise bad(
            "there are no messages to forward" if not ids else "too many messages to forward"
        )
    if ids != sorted(set(ids)):
        raise bad("message identifiers must be in a strictly increasing order")
    return [source.messages[id] for id in ids if id in source.messages]


def forward_message(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    message = message_of(_source(world, bot, asked), asked, "forward")
    return _forwarded(world, bot, asked, chat, message).json()


def _forwarded(world: World, bot: Bot, asked: Json, chat: Chat, message: Message) -> Message:
    if message.protected or message.service:
        raise bad("message can't be forwarded")
    body = {k: v for k, v in message.body.items() if k != "media_group_id"}
    asked = {k: v for k, v in asked.items() if k not in ("reply_markup", "reply_parameters")}
    found = body | {"forward_origin": origin(message)}
    return post(world, bot, asked, chat, found, poll=message.poll)


def forward_messages(world: World, bot: Bot, asked: Json) -> list[Json]:
    chat = chat_of(world, bot, asked, writing=True)
    found = [m for m in _many(world, bot, asked) if not (m.protected or m.service)]
    if not found:
        raise bad("message to forward not found")
    return [{"message_id": _forwarded(world, bot, asked, chat, message).id} for message in found]


METHODS: dict[str, Method] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
