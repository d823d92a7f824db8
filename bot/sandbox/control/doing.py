"""What a person does: start, write, edit, delete, tap, vote, react."""

import base64
import binascii

from bot.sandbox import play
from bot.sandbox.actors import Chat, Json, Message, Poll, User
from bot.sandbox.api import Api
from bot.sandbox.control import forms
from bot.sandbox.control.find import bot_of, chat_of, message_of, place_of, user_of
from bot.sandbox.errors import bad, forbidden
from bot.sandbox.methods.polls import open_poll, poll_of
from bot.sandbox.methods.reactions import EMOJI
from bot.sandbox.waiting import until


def start(api: Api, asked: forms.Start) -> Json:
    """Presses Start on a bot, or follows a deep link with a payload."""
    user, bot = user_of(api.world, asked.user), bot_of(api.world, asked.bot)
    return {"message": play.start(api.world, user, bot, asked.payload).id, "chat": user.id}


def block(api: Api, asked: forms.Pair) -> Json:
    """Blocks a bot."""
    play.block(api.world, user_of(api.world, asked.user), bot_of(api.world, asked.bot))
    return {"ok": True}


def unblock(api: Api, asked: forms.Pair) -> Json:
    """Lets a blocked bot write again."""
    play.unblock(api.world, user_of(api.world, asked.user), bot_of(api.world, asked.bot))
    return {"ok": True}


def send(api: Api, asked: forms.Send) -> Json:
    """Sends text, a file, a poll or a forwarded message."""
    user, chat = place_of(api.world, asked)
    if chat.moved_to:
        raise bad("the group was upgraded to a supergroup")
    if asked.forward is not None:
        source = _source(api, user, asked.forward, asked.bot)
        return {"message": play.forward(api.world, user, chat, source).id, "chat": chat.id}
    message = play.write(
        api.world,
        user,
        chat,
        asked.text,
        reply_to=asked.reply_to,
        topic=asked.topic,
        anonymous=asked.anonymous,
        channel=None if asked.as_channel is None else chat_of(api.world, asked.as_channel),
        body=_carried(api, asked),
        mode=asked.parse_mode,
        poll=None if asked.poll is None else _poll(api, asked.poll),
    )
    open_poll(api.world, message)
    return {"message": message.id, "chat": chat.id}


def _poll(api: Api, asked: forms.AskedPoll) -> Poll:
    return poll_of(api.world, asked.model_dump(exclude_none=True))


def _source(api: Api, user: User, asked: forms.Forward, bot: int) -> Message:
    place = forms.Place(user=user.id, chat=asked.chat, bot=bot)
    return message_of(place_of(api.world, place)[1], asked.message)


def _carried(api: Api, asked: forms.Send) -> Json:
    body: Json = {}
    if asked.upload is not None:
        try:
            content = base64.b64decode(asked.upload.base64, validate=True)
        except (binascii.Error, ValueError):
            raise bad("the upload is not base64") from None
        body = play.upload(api.world, asked.upload.kind, content, asked.upload.name)
    if asked.album:
        body["media_group_id"] = asked.album
    return body


def channel_post(api: Api, asked: forms.ChannelPost) -> Json:
    """A channel posts; the group linked to it receives the post by itself."""
    channel = chat_of(api.world, asked.channel)
    if channel.type != "channel":
        raise bad("the chat is no channel")
    message = play.auto_forward(api.world, channel, asked.text)
    return {"message": message.id, "chat": message.chat.id}


def edit(api: Api, asked: forms.Edit) -> Json:
    """Edits one's own message."""
    user, chat = place_of(api.world, asked)
    play.edit(api.world, user, chat, asked.message, asked.text)
    return {"ok": True}


def delete(api: Api, asked: forms.OneMessage) -> Json:
    """Deletes one's own message, or as an administrator anyone's."""
    user, chat = place_of(api.world, asked)
    message = message_of(chat, asked.message)
    if not _may_delete(user, chat, message):
        raise forbidden("the user may not delete this message")
    play.delete(api.world, chat, asked.message)
    return {"ok": True}


def _may_delete(user: User, chat: Chat, message: Message) -> bool:
    own = user.id == (message.author or (message.sender or {}).get("id"))
    return chat.type == "private" or own or chat.member(user.id).may("can_delete_messages")


def pin(api: Api, asked: forms.OneMessage) -> Json:
    """Pins a message."""
    user, chat = place_of(api.world, asked)
    play.pin(api.world, chat, asked.message, user.id)
    return {"ok": True}


def unpin(api: Api, asked: forms.OneMessage) -> Json:
    """Unpins a message."""
    _, chat = place_of(api.world, asked)
    play.unpin(api.world, chat, asked.message)
    return {"ok": True}


async def tap(api: Api, asked: forms.Tap) -> Json:
    """Taps a button; with `wait_seconds` it answers with what the bot showed."""
    user, chat = place_of(api.world, asked)
    button = {"callback_data": asked.data} if asked.data is not None else _button(chat, asked)
    if button.get("callback_data") is None:
        return {"query": None, "answer": None, "url": button.get("url")}
    query = play.tap(api.world, user, chat, asked.message, str(button["callback_data"]))
    asking = api.world.queries[query]
    await until(api.world, lambda: asking["answer"] is not None, asked.wait_seconds)
    return {"query": query, "answer": asking["answer"]}


def _button(chat: Chat, asked: forms.Tap) -> Json:
    message = message_of(chat, asked.message)
    rows: list[list[Json]] = (message.markup or {}).get("inline_keyboard") or []
    if asked.position is not None:
        row, column = asked.position
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            raise bad("there is no button at this position")
        return rows[row][column]
    for button in (button for row in rows for button in row):
        if button["text"] == asked.text:
            return button
    raise bad("there is no button with these words")


def vote(api: Api, asked: forms.Vote) -> Json:
    """Votes in a poll; no options take the vote back."""
    user, chat = place_of(api.world, asked)
    play.vote(api.world, user, chat, asked.message, asked.options)
    return {"ok": True}


def react(api: Api, asked: forms.React) -> Json:
    """Sets one's reactions to a message; none takes them back."""
    user, chat = place_of(api.world, asked)
    if any(one not in EMOJI for one in asked.emoji):
        raise bad("REACTION_INVALID")
    play.react(api.world, user, chat, asked.message, asked.emoji)
    return {"ok": True}
