"""What a person does: start, write, edit, delete, tap, vote, react."""

import base64
import binascii

from bot.sandbox import play
from bot.sandbox.actors import Json, Message
from bot.sandbox.api import Api
from bot.sandbox.control import forms
from bot.sandbox.control.find import bot_of, chat_of, place_of, user_of
from bot.sandbox.errors import bad
from bot.sandbox.methods.messages import EMOJI
from bot.sandbox.waiting import until


def start(api: Api, asked: forms.Start) -> Json:
    user, bot = user_of(api.world, asked.user), bot_of(api.world, asked.bot)
    return {"message": play.start(api.world, user, bot, asked.payload).id}


def block(api: Api, asked: forms.Pair) -> Json:
    play.block(api.world, user_of(api.world, asked.user), bot_of(api.world, asked.bot))
    return {"ok": True}


def unblock(api: Api, asked: forms.Pair) -> Json:
    play.unblock(api.world, user_of(api.world, asked.user), bot_of(api.world, asked.bot))
    return {"ok": True}


def send(api: Api, asked: forms.Send) -> Json:
    user, chat = place_of(api.world, asked)
    if chat.moved_to:
        raise bad("the group was upgraded to a supergroup")
    body: Json = {}
    if asked.upload is not None:
        try:
            content = base64.b64decode(asked.upload.base64, validate=True)
        except binascii.Error:
            raise bad("the upload is not base64") from None
        body = play.upload(api.world, asked.upload.kind, content, asked.upload.name)
    if asked.album:
        body["media_group_id"] = asked.album
    channel = None if asked.as_channel is None else chat_of(api.world, asked.as_channel)
    message = play.write(
        api.world,
        user,
        chat,
        asked.text,
        reply_to=asked.reply_to,
        topic=asked.topic,
        anonymous=asked.anonymous,
        channel=channel,
        body=body,
        mode=asked.parse_mode,
    )
    return {"message": message.id, "chat": chat.id}


def channel_post(api: Api, asked: forms.ChannelPost) -> Json:
    channel = chat_of(api.world, asked.channel)
    if not channel.linked:
        raise bad("the channel is linked to no group")
    return {"message": play.auto_forward(api.world, channel, asked.text).id}


def edit(api: Api, asked: forms.Edit) -> Json:
    user, chat = place_of(api.world, asked)
    play.edit(api.world, user, chat, asked.message, asked.text)
    return {"ok": True}


def delete(api: Api, asked: forms.OneMessage) -> Json:
    _, chat = place_of(api.world, asked)
    play.delete(api.world, chat, asked.message)
    return {"ok": True}


def pin(api: Api, asked: forms.OneMessage) -> Json:
    _, chat = place_of(api.world, asked)
    if asked.message not in chat.messages:
        raise bad("message to pin not found")
    chat.pinned.append(asked.message)
    api.world.touched(chat)
    return {"ok": True}


def unpin(api: Api, asked: forms.OneMessage) -> Json:
    _, chat = place_of(api.world, asked)
    chat.pinned = [id for id in chat.pinned if id != asked.message]
    api.world.touched(chat)
    return {"ok": True}


async def tap(api: Api, asked: forms.Tap) -> Json:
    user, chat = place_of(api.world, asked)
    message = chat.messages.get(asked.message)
    if message is None:
        raise bad("message not found")
    query = play.tap(api.world, user, chat, asked.message, _data(message, asked))
    asking = api.world.queries[query]
    await until(api.world, lambda: asking["answer"] is not None, asked.wait_seconds)
    return {"query": query, "answer": asking["answer"]}


def _data(message: Message, asked: forms.Tap) -> str:
    if asked.data is not None:
        return asked.data
    rows = (message.markup or {}).get("inline_keyboard") or []
    if asked.position is not None:
        row, column = asked.position
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            raise bad("there is no button at this position")
        return str(rows[row][column].get("callback_data") or "")
    for button in (button for row in rows for button in row):
        if button["text"] == asked.text and button.get("callback_data"):
            return str(button["callback_data"])
    raise bad("there is no button with these words")


def vote(api: Api, asked: forms.Vote) -> Json:
    user, chat = place_of(api.world, asked)
    play.vote(api.world, user, chat, asked.message, asked.options)
    return {"ok": True}


def react(api: Api, asked: forms.React) -> Json:
    user, chat = place_of(api.world, asked)
    if any(one not in EMOJI for one in asked.emoji):
        raise bad("REACTION_INVALID")
    play.react(api.world, user, chat, asked.message, asked.emoji)
    return {"ok": True}
