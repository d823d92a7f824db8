"""Editing and deleting."""

from bot.sandbox.actors import Bot, Json, Message
from bot.sandbox.errors import NOT_MODIFIED, bad
from bot.sandbox.limits import DELETABLE, MANY
from bot.sandbox.methods.asked import Method, chat_of, message_of, numbers, record
from bot.sandbox.methods.keyboards import markup
from bot.sandbox.methods.media import item
from bot.sandbox.methods.sending import content
from bot.sandbox.play.files import SHAPE
from bot.sandbox.world import World


def _own(world: World, bot: Bot, asked: Json) -> Message:
    if asked.get("inline_message_id") and asked.get("chat_id") is None:
        raise bad("MESSAGE_ID_INVALID")
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "edit")
    if message.bot != bot.id or message.service or "forward_origin" in message.body:
        raise bad("message can't be edited")
    return message


def edit_text(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    words = content(asked, "text")
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    return _edited(world, message, words, markup(asked, message.chat))


def edit_caption(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    if not any(kind in message.body for kind in SHAPE):
        raise bad("there is no caption in the message to edit")
    kept = {k: v for k, v in message.body.items() if not k.startswith("caption")}
    body = kept | content(asked, "caption")
    return _edited(world, message, body, markup(asked, message.chat))


def edit_media(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    album = {k: v for k, v in message.body.items() if k == "media_group_id"}
    body = album | item(world, record(asked, "media"), asked)
    return _edited(world, message, body, markup(asked, message.chat))


def edit_markup(world: World, bot: Bot, asked: Json) -> Json:
    message = _own(world, bot, asked)
    return _edited(world, message, message.body, markup(asked, message.chat))


def _edited(world: World, message: Message, body: Json, buttons: Json | None) -> Json:
    before = message.markup if message.markup and "inline_keyboard" in message.markup else None
    if body == message.body and buttons == before:
        raise bad(NOT_MODIFIED)
    message.body, message.markup, message.edited = dict(body), buttons, world.now()
    world.touched(message.chat)
    return message.json()


def delete_message(world: World, bot: Bot, asked: Json) -> bool:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "delete")
    _may_delete(world, bot, message)
    chat.forget(message.id)
    world.touched(chat)
    return True


def _may_delete(world: World, bot: Bot, message: Message) -> None:
    """Admins with the right delete anything; others their own, and only for 48 hours."""
    chat = message.chat
    if chat.type != "private" and chat.member(bot.id).may("can_delete_messages"):
        return
    if message.bot != bot.id and chat.type != "private":
        raise bad("message can't be deleted")
    if world.now() - message.at > DELETABLE:
        raise bad("message can't be deleted for everyone")


def delete_messages(world: World, bot: Bot, asked: Json) -> bool:
    chat, ids = chat_of(world, bot, asked), numbers(asked, "message_ids")
    if not 1 <= len(ids) <= MANY:
        raise bad("message identifiers are not specified" if not ids else "too many messages")
    found = [chat.messages[id] for id in ids if id in chat.messages]
    for message in found:
        _may_delete(world, bot, message)
    for id in {message.id for message in found}:
        chat.forget(id)
    world.touched(chat)
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
