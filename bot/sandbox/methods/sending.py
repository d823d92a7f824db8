"""Sending, and what all sending methods share."""

from typing import Any

from bot.sandbox.actors import ADMINS, Bot, Chat, Json, Message
from bot.sandbox.entities import parsed, utf16
from bot.sandbox.errors import NO_THREAD, bad, forbidden
from bot.sandbox.limits import CAPTION, TEXT
from bot.sandbox.methods.asked import (
    Method,
    chat_of,
    flag,
    nested,
    real,
    record,
    require,
    text,
    whole,
)
from bot.sandbox.methods.keyboards import markup
from bot.sandbox.world import World

NEEDS = {
    "photo": "can_send_photos",
    "document": "can_send_documents",
    "audio": "can_send_audios",
    "voice": "can_send_voice_notes",
    "video": "can_send_videos",
    "video_note": "can_send_video_notes",
    "sticker": "can_send_other_messages",
    "animation": "can_send_other_messages",
    "dice": "can_send_other_messages",
}
PLAIN = "can_send_messages"


def post(world: World, bot: Bot, asked: Json, chat: Chat, body: Json, **more: Any) -> Message:
    """A message of the bot in a chat, with all that sending methods share."""
    _may_post(chat, bot, body, more)
    channel = chat.type == "channel"
    topic = _topic(chat, bot, asked)
    message = world.post(
        chat,
        sender=None if channel else bot.json(),
        sender_chat=chat.json() if channel else None,
        bot=bot.id,
        body=body,
        markup=markup(asked, chat),
        reply_to=_replied(chat, asked),
        topic=topic,
        protected=flag(asked, "protect_content"),
        **more,
    )
    world.deliver(message, by=bot.id)
    return message


def _may_post(chat: Chat, bot: Bot, body: Json, more: Json) -> None:
    if chat.type == "channel":
        return require(chat, bot, "can_post_messages", "send messages to the chat")
    member = chat.member(bot.id)
    if chat.type == "private" or member.status in ADMINS:
        return None
    limited = member.status == "restricted"
    rights = member.rights if limited else chat.permissions
    kind = next((kind for kind in NEEDS if kind in body), None)
    right = "can_send_polls" if more.get("poll") else NEEDS.get(kind or "", PLAIN)
    if (limited or rights) and not rights.get(right, False):
        what = (
            "text messages"
            if right == PLAIN
            else right.removeprefix("can_send_").replace("_", " ")
        )
        raise bad(f"not enough rights to send {what} to the chat")
    return None


def _topic(chat: Chat, bot: Bot, asked: Json) -> int | None:
    topic = whole(asked, "message_thread_id")
    if topic is None or (chat.forum and topic == 1):
        return None
    if chat.type == "supergroup" and not chat.forum and topic in chat.messages:
        return None
    if topic not in chat.topics:
        raise bad(NO_THREAD)
    if topic in chat.closed_topics and not chat.member(bot.id).may("can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return topic


def _replied(chat: Chat, asked: Json) -> int | None:
    given = record(asked, "reply_parameters")
    id = whole(given, "message_id") or whole(asked, "reply_to_message_id")
    if id is None or (id in chat.messages and chat.messages[id].service != "migrate_to_chat_id"):
        return id
    if flag(given, "allow_sending_without_reply") or flag(asked, "allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def content(asked: Json, key: str) -> Json:
    """The text or caption of a call with its entities. Raises past Telegram's limits."""
    kind = "entities" if key == "text" else "caption_entities"
    plain, marks = parsed(text(asked, key), asked.get("parse_mode"), nested(asked, kind))
    if key == "text" and not plain:
        raise bad("message text is empty" if not text(asked, key) else "text must be non-empty")
    if utf16(plain) > (TEXT if key == "text" else CAPTION):
        raise bad("message is too long" if key == "text" else "message caption is too long")
    return ({key: plain} if plain else {}) | ({kind: marks} if marks else {})


def send_message(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    return post(world, bot, asked, chat, content(asked, "text")).json()


def send_dice(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    sign = text(asked, "emoji", "🎲")
    sides = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}.get(sign)
    if sides is None:
        raise bad("wrong dice emoji specified")
    body = {"dice": {"emoji": sign, "value": world.random.randint(1, sides)}}
    return post(world, bot, asked, chat, body).json()


def _place(asked: Json) -> Json:
    for name in ("latitude", "longitude"):
        if asked.get(name) in (None, ""):
            raise bad(f"{name} is empty")
    place = {name: real(asked, name) for name in ("latitude", "longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad("wrong location specified")
    return place


def send_location(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    return post(world, bot, asked, chat, {"location": _place(asked)}).json()


def send_venue(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    place, named = _place(asked), {name: text(asked, name) for name in ("title", "address")}
    if not all(named.values()):
        raise bad("venue title and address must be non-empty")
    body = {"venue": {"location": place} | named, "location": place}
    return post(world, bot, asked, chat, body).json()


def send_contact(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    fields = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: text(asked, name) for name in fields if text(asked, name)}
    if "phone_number" not in contact or "first_name" not in contact:
        raise bad("contact phone number and first name must be non-empty")
    return post(world, bot, asked, chat, {"contact": contact}).json()


ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_action(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked, writing=True)
    if text(asked, "action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    if chat.type == "channel":
        raise forbidden("CHAT_WRITE_FORBIDDEN")
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendDice": send_dice,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_action,
}
