"""Writing, editing, forwarding and deleting."""

from bot.sandbox.actors import (
    ADMINS,
    ANONYMOUS,
    CHANNEL_BOT,
    SERVICE,
    Chat,
    Json,
    Message,
    Poll,
    User,
)
from bot.sandbox.entities import parsed, utf16
from bot.sandbox.errors import bad, forbidden
from bot.sandbox.limits import CAPTION, TEXT
from bot.sandbox.play.files import SHAPE
from bot.sandbox.world import World


def write(
    world: World,
    user: User,
    chat: Chat,
    text: str = "",
    *,
    reply_to: int | None = None,
    topic: int | None = None,
    anonymous: bool = False,
    channel: Chat | None = None,
    body: Json | None = None,
    entities: list[Json] | None = None,
    mode: str | None = None,
    poll: Poll | None = None,
) -> Message:
    """Sends a message as a person, as an anonymous admin, or as a channel."""
    sender, sender_chat = _face(user, chat, anonymous, channel)
    _may_write(user, chat, topic)
    content = dict(body or {})
    content |= _words(text, mode, entities, any(kind in content for kind in SHAPE))
    if not content and poll is None:
        raise bad("message text is empty")
    message = world.post(
        chat,
        sender=sender,
        sender_chat=sender_chat,
        body=content,
        reply_to=reply_to if reply_to in chat.messages else None,
        topic=topic if chat.forum else None,
        author=user.id,
        poll=poll,
    )
    world.deliver(message)
    return message


def _words(text: str, mode: str | None, entities: list[Json] | None, caption: bool) -> Json:
    if not text:
        return {}
    plain, marks = parsed(text, mode, entities)
    if utf16(plain) > (CAPTION if caption else TEXT):
        raise bad("message caption is too long" if caption else "message is too long")
    words = {"caption" if caption else "text": plain} if plain else {}
    return words | ({"caption_entities" if caption else "entities": marks} if marks else {})


def _face(
    user: User, chat: Chat, anonymous: bool, channel: Chat | None
) -> tuple[Json | None, Json | None]:
    if chat.type != "private" and not chat.has(user.id) and channel is None:
        raise forbidden("the user is not a member of the chat")
    if chat.type == "channel":
        return None, chat.json()
    if channel is not None:
        return dict(CHANNEL_BOT), channel.json()
    member = chat.member(user.id)
    if anonymous or (member.anonymous and member.status in ADMINS):
        if member.status not in ADMINS:
            raise bad("only administrators can be anonymous")
        return dict(ANONYMOUS), chat.json()
    return user.json(), None


def _may_write(user: User, chat: Chat, topic: int | None) -> None:
    """Raises where this person's phone would not let them write; opens a private chat."""
    if chat.type == "private":
        if chat.bot in user.blocked:
            raise forbidden("the user has blocked the bot")
        user.started.add(chat.bot or 0)
        return
    member = chat.member(user.id)
    if chat.type == "channel" and not member.may("can_post_messages"):
        raise forbidden("only administrators write in a channel")
    if member.status == "restricted" and not member.rights.get("can_send_messages"):
        raise forbidden("the user may not write in the chat")
    if topic is not None and chat.forum and topic not in chat.topics:
        raise bad("message thread not found")
    if topic in chat.closed_topics and member.status not in ADMINS:
        raise bad("TOPIC_CLOSED")


def auto_forward(world: World, channel: Chat, text: str) -> Message:
    """A channel posts; the group linked to it receives the post by itself."""
    body = _words(text, None, None, False)
    if not body:
        raise bad("message text is empty")
    post = world.post(channel, sender=None, sender_chat=channel.json(), body=body)
    world.deliver(post)
    group = world.chats.get(channel.linked or 0)
    if group is None:
        return post
    message = world.post(
        group,
        sender=dict(SERVICE),
        sender_chat=channel.json(),
        body=body | {"forward_origin": origin(post)},
        forward=True,
    )
    world.deliver(message)
    return message


def origin(message: Message) -> Json:
    """Where a forwarded message came from."""
    if "forward_origin" in message.body:
        found: Json = message.body["forward_origin"]
        return found
    body: Json = {"date": int(message.at.timestamp())}
    if message.chat.type == "channel":
        return body | {"type": "channel", "chat": message.chat.json(), "message_id": message.id}
    if message.sender_chat is not None:
        return body | {"type": "chat", "sender_chat": message.sender_chat}
    return body | {"type": "user", "sender_user": message.sender}


def forward(world: World, user: User, chat: Chat, message: Message) -> Message:
    """A person forwards a message they see."""
    if message.protected:
        raise bad("message can't be forwarded")
    body = {k: v for k, v in message.body.items() if k != "media_group_id"}
    body["forward_origin"] = origin(message)
    return write(world, user, chat, body=body)


def edit(world: World, user: User, chat: Chat, id: int, text: str) -> Message:
    message = chat.messages.get(id)
    if message is None or user.id != (message.author or (message.sender or {}).get("id")):
        raise bad("message can't be edited")
    caption = any(kind in message.body for kind in SHAPE)
    if message.service or not (caption or "text" in message.body) or not (caption or text.strip()):
        raise bad("message can't be edited")
    words = ("text", "entities", "caption", "caption_entities")
    kept = {k: v for k, v in message.body.items() if k not in words}
    message.body = kept | _words(text, None, None, caption)
    message.edited = world.now()
    world.deliver(message, "edited_message")
    world.touched(chat)
    return message


def delete(world: World, chat: Chat, id: int) -> None:
    """A message disappears; bots are not told."""
    if id not in chat.messages:
        raise bad("message to delete not found")
    chat.forget(id)
    world.touched(chat)
