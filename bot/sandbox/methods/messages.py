"""Sending, editing, deleting, copying, pinning, reacting."""

from typing import Any

from bot.sandbox.actors import Bot, Chat, Json, Message
from bot.sandbox.entities import parsed, utf16
from bot.sandbox.errors import bad
from bot.sandbox.methods.asked import (
    Method,
    chat_of,
    flag,
    message_of,
    nested,
    require,
    text,
    whole,
)
from bot.sandbox.methods.keyboards import markup
from bot.sandbox.play import CAPTION, TEXT, upload
from bot.sandbox.world import World


def post(world: World, bot: Bot, asked: Json, chat: Chat, body: Json, **more: Any) -> Message:
    """A message of the bot in a chat, with all that sending methods share."""
    if chat.type == "channel":
        require(chat, bot, "can_post_messages", "send messages to the chat")
    topic = whole(asked, "message_thread_id")
    if topic is not None and topic not in chat.topics:
        raise bad("message thread not found")
    message = world.post(
        chat,
        sender=bot.json(),
        bot=bot.id,
        body=body,
        markup=markup(asked),
        reply_to=_replied(chat, asked),
        topic=topic,
        protected=flag(asked, "protect_content"),
        **more,
    )
    world.deliver(message, by=bot.id)
    return message


def _replied(chat: Chat, asked: Json) -> int | None:
    given = nested(asked, "reply_parameters") or {}
    if not isinstance(given, dict):
        raise bad("can't parse reply parameters JSON object")
    id = whole(given, "message_id") or whole(asked, "reply_to_message_id")
    if id is None or id in chat.messages:
        return id
    if flag(given, "allow_sending_without_reply") or flag(asked, "allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def _content(asked: Json, key: str, limit: int) -> Json:
    kind = "entities" if key == "text" else "caption_entities"
    plain, marks = parsed(text(asked, key), asked.get("parse_mode"), nested(asked, kind))
    if key == "text" and not plain:
        raise bad("message text is empty")
    if utf16(plain) > limit:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    return ({key: plain} if plain else {}) | ({kind: marks} if marks else {})


def send_message(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    return post(world, bot, asked, chat, _content(asked, "text", TEXT)).json()


def sender(kind: str) -> Method:
    """sendPhoto, sendDocument and their like."""

    def send(world: World, bot: Bot, asked: Json) -> Json:
        chat = chat_of(world, bot, asked, writing=True)
        given = asked.get(kind)
        if given in (None, ""):
            raise bad(f"there is no {kind} in the request")
        content = given if isinstance(given, bytes) else b""
        if isinstance(given, str) and given in world.files:
            content = world.files[given]
        body = upload(world, kind, content) | _content(asked, "caption", CAPTION)
        return post(world, bot, asked, chat, body).json()

    return send


def send_dice(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    body = {"dice": {"emoji": "🎲", "value": world.random.randint(1, 6)}}
    return post(world, bot, asked, chat, body).json()


def send_location(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    place = {name: float(asked.get(name) or 0) for name in ("latitude", "longitude")}
    return post(world, bot, asked, chat, {"location": place}).json()


def send_media_group(world: World, bot: Bot, asked: Json) -> list[Json]:
    chat = chat_of(world, bot, asked, writing=True)
    media = nested(asked, "media")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad("wrong number of items in media group")
    album = {"media_group_id": f"{world.random.getrandbits(50)}"}
    return [
        post(world, bot, {}, chat, album | upload(world, str(item.get("type")), b"")).json()
        for item in media
    ]


def copy_message(world: World, bot: Bot, asked: Json) -> Json:
    message = _source(world, bot, asked, "copy")
    chat = chat_of(world, bot, asked, writing=True)
    if message.protected:
        raise bad("message can't be copied")
    body = {k: v for k, v in message.body.items() if k != "media_group_id"}
    return {"message_id": post(world, bot, asked, chat, body).id}


def forward_message(world: World, bot: Bot, asked: Json) -> Json:
    message = _source(world, bot, asked, "forward")
    chat = chat_of(world, bot, asked, writing=True)
    origin = {"type": "hidden_user", "date": int(message.at.timestamp()), "sender_user_name": "…"}
    return post(world, bot, asked, chat, message.body | {"forward_origin": origin}).json()


def _source(world: World, bot: Bot, asked: Json, doing: str) -> Message:
    source = chat_of(world, bot, {"chat_id": asked.get("from_chat_id")})
    return message_of(source, asked, doing)


def _own(world: World, bot: Bot, asked: Json) -> Message:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "edit")
    if message.bot != bot.id:
        raise bad("message can't be edited")
    return message


def edit_text(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    return _edited(world, message, _content(asked, "text", TEXT), markup(asked))


def edit_caption(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    kept = {k: v for k, v in message.body.items() if not k.startswith("caption")}
    return _edited(world, message, kept | _content(asked, "caption", CAPTION), markup(asked))


def edit_markup(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    return _edited(world, message, message.body, markup(asked))


def _edited(world: World, message: Message, body: Json, buttons: Json | None) -> Json:
    if body == message.body and (buttons or None) == (message.markup or None):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    message.body, message.markup, message.edited = dict(body), buttons, world.now()
    world.touched(message.chat)
    return message.json()


def delete_message(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "delete")
    foreign = message.bot != bot.id and chat.type != "private"
    if foreign and not chat.member(bot.id).may("can_delete_messages"):
        raise bad("message can't be deleted")
    del chat.messages[message.id]
    chat.pinned = [id for id in chat.pinned if id != message.id]
    world.touched(chat)
    return True


def delete_messages(world: World, bot: Bot, asked: Json) -> bool:
    for id in nested(asked, "message_ids") or []:
        if int(id) in chat_of(world, bot, asked).messages:
            delete_message(world, bot, asked | {"message_id": id})
    return True


def pin(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "pin")
    require(chat, bot, "can_pin_messages", "manage pinned messages in the chat")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        pinned = world.post(
            chat, sender=bot.json(), bot=bot.id, body={"pinned_message": message.json(deep=False)}
        )
        world.deliver(pinned, by=bot.id)
    return True


def unpin(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    require(chat, bot, "can_pin_messages", "manage pinned messages in the chat")
    id = whole(asked, "message_id") or (chat.pinned[-1] if chat.pinned else 0)
    chat.pinned = [pinned for pinned in chat.pinned if pinned != id]
    world.touched(chat)
    return True


def unpin_all(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    require(chat, bot, "can_pin_messages", "manage pinned messages in the chat")
    chat.pinned.clear()
    world.touched(chat)
    return True


def set_reaction(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "react")
    given = nested(asked, "reaction") or []
    if len(given) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(one.get("type") == "emoji" and one.get("emoji") not in EMOJI for one in given):
        raise bad("REACTION_INVALID")
    message.reactions.pop(bot.id, None)
    if given:
        message.reactions[bot.id] = given
    world.touched(chat)
    return True


EMOJI = frozenset(
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 "  # noqa: E501, SIM905 - Telegram's own list
    "💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 "  # noqa: E501
    "💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split(" ")
)
"""The reactions Telegram offers to everybody."""

METHODS: dict[str, Method] = {
    "sendmessage": send_message,
    "senddice": send_dice,
    "sendlocation": send_location,
    "sendmediagroup": send_media_group,
    "copymessage": copy_message,
    "forwardmessage": forward_message,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin,
    "unpinchatmessage": unpin,
    "unpinallchatmessages": unpin_all,
    "setmessagereaction": set_reaction,
} | {f"send{kind}": sender(kind) for kind in ("photo", "document", "voice", "video", "sticker")}
