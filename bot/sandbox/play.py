"""What people do: join, leave, write, edit, tap, vote, react."""

from datetime import timedelta
from typing import Any

from bot.sandbox.actors import (
    ADMINS,
    ANONYMOUS,
    CHANNEL_BOT,
    SERVICE,
    Bot,
    Chat,
    Json,
    Member,
    Message,
    User,
)
from bot.sandbox.entities import parsed, utf16
from bot.sandbox.errors import bad, forbidden
from bot.sandbox.world import World

TEXT, CAPTION = 4096, 1024
QUERY_LASTS = timedelta(seconds=30)


def start(world: World, user: User, bot: Bot, payload: str = "") -> Message:
    """Presses Start, or follows a deep link."""
    user.started.add(bot.id)
    unblock(world, user, bot)
    chat = world.private_chat(user, bot)
    return write(world, user, chat, f"/start {payload}".strip())


def block(world: World, user: User, bot: Bot) -> None:
    _private_member(world, user, bot, "member", "kicked")
    user.blocked.add(bot.id)


def unblock(world: World, user: User, bot: Bot) -> None:
    if bot.id in user.blocked:
        user.blocked.discard(bot.id)
        _private_member(world, user, bot, "kicked", "member")


def _private_member(world: World, user: User, bot: Bot, old: str, new: str) -> None:
    body = {
        "chat": world.private_chat(user, bot).json(),
        "from": user.json(),
        "date": int(world.now().timestamp()),
        "old_chat_member": Member(old).json(bot.json()),
        "new_chat_member": Member(new).json(bot.json()),
    }
    world.update(bot, "my_chat_member", body)


def join(world: World, chat: Chat, id: int, by: int | None = None) -> None:
    """A person or a bot comes in, by itself or added by somebody."""
    actor = by or id
    world.set_member(chat, id, Member("member"), actor)
    added = world.json_of(id)
    body = {"new_chat_members": [added], "new_chat_member": added, "new_chat_participant": added}
    if chat.type != "channel":
        world.service(chat, world.json_of(actor), body)


def leave(world: World, chat: Chat, id: int, by: int | None = None) -> None:
    """Somebody goes, or is removed."""
    actor = by or id
    gone = world.json_of(id)
    message = world.post(chat, sender=world.json_of(actor), body={"left_chat_member": gone})
    if chat.type != "channel":
        world.deliver(message)
    world.set_member(chat, id, Member("left" if by is None else "kicked"), actor)


def promote(
    world: World,
    chat: Chat,
    id: int,
    by: int,
    rights: dict[str, bool] | None = None,
    anonymous: bool = False,
) -> None:
    new = Member("administrator", rights or world.all_rights(), anonymous)
    if chat.member(id).status == "creator":
        new = Member("creator", anonymous=anonymous)
    world.set_member(chat, id, new, by)


def demote(world: World, chat: Chat, id: int, by: int) -> None:
    world.set_member(chat, id, Member("member"), by)


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
) -> Message:
    """Sends a message as a person, as an anonymous admin, or as a channel."""
    sender, sender_chat = _face(user, chat, anonymous, channel)
    content = dict(body or {})
    if text:
        plain, marks = parsed(text, mode, entities)
        caption = any(kind in content for kind in ("photo", "voice", "document", "video"))
        _fits(plain, CAPTION if caption else TEXT, caption)
        content["caption" if caption else "text"] = plain
        if marks:
            content["caption_entities" if caption else "entities"] = marks
    if not content:
        raise bad("message text is empty")
    message = world.post(
        chat,
        sender=sender,
        sender_chat=sender_chat,
        body=content,
        reply_to=reply_to if reply_to in chat.messages else None,
        topic=topic if chat.forum else None,
    )
    world.deliver(message)
    return message


def _face(
    user: User, chat: Chat, anonymous: bool, channel: Chat | None
) -> tuple[Json, Json | None]:
    if chat.type != "private" and not chat.has(user.id) and channel is None:
        raise forbidden("the user is not a member of the chat")
    if channel is not None:
        return dict(CHANNEL_BOT), channel.json()
    if anonymous:
        if chat.member(user.id).status not in ADMINS:
            raise bad("only administrators can be anonymous")
        return dict(ANONYMOUS), chat.json()
    return user.json(), None


def _fits(text: str, limit: int, caption: bool) -> None:
    if utf16(text) > limit:
        raise bad("message caption is too long" if caption else "message is too long")


def auto_forward(world: World, channel: Chat, text: str) -> Message:
    """A channel posts; the group linked to it receives the post by itself."""
    world.post(channel, sender=None, sender_chat=channel.json(), body={"text": text})
    group = world.chats[channel.linked or 0]
    message = world.post(
        group, sender=dict(SERVICE), sender_chat=channel.json(), body={"text": text}, forward=True
    )
    world.deliver(message)
    return message


def edit(world: World, user: User, chat: Chat, id: int, text: str) -> Message:
    message = chat.messages.get(id)
    if message is None or (message.sender or {}).get("id") != user.id:
        raise bad("message can't be edited")
    plain, marks = parsed(text, None, None)
    message.body = {"text": plain} | ({"entities": marks} if marks else {})
    message.edited = world.now()
    world.deliver(message, "edited_message")
    world.touched(chat)
    return message


def tap(world: World, user: User, chat: Chat, id: int, data: str) -> str:
    """Taps a button; returns the id under which its answer will be found."""
    message = chat.messages.get(id)
    query = f"{world.random.getrandbits(60)}"
    bot = world.bots.get((message.bot if message else None) or chat.bot or 0)
    if message is None or bot is None:
        raise bad("there is no such button")
    body: Json = {
        "id": query,
        "from": user.json(),
        "chat_instance": str(chat.id),
        "message": message.json(),
        "data": data,
    }
    world.queries[query] = {"at": world.now(), "bot": bot.id, "user": user.id, "answer": None}
    world.update(bot, "callback_query", body)
    return query


def vote(world: World, user: User, chat: Chat, id: int, options: list[int]) -> None:
    message = chat.messages.get(id)
    poll = message.poll if message else None
    if poll is None or poll.closed:
        raise bad("poll has already been closed")
    if not chat.has(user.id) and chat.type != "private":
        raise forbidden("the user is not a member of the chat")
    if any(not 0 <= n < len(poll.options) for n in options):
        raise bad("there is no such option")
    if len(options) > 1 and not poll.multiple:
        raise bad("only one option can be chosen")
    if poll.votes.get(user.id) and not poll.revoting:
        raise bad("the vote cannot be changed")
    poll.votes.pop(user.id, None)
    if options:
        poll.votes[user.id] = sorted(set(options))
    if poll.bot in world.bots and not poll.anonymous:
        answer = {
            "poll_id": poll.id,
            "user": user.json(),
            "option_ids": sorted(set(options)),
            "option_persistent_ids": [f"{poll.id}-{n}" for n in sorted(set(options))],
        }
        world.update(world.bots[poll.bot], "poll_answer", answer)
    world.tell_poll(poll)
    world.touched(chat)


def react(world: World, user: User, chat: Chat, id: int, emoji: list[str]) -> None:
    message = chat.messages.get(id)
    if message is None:
        raise bad("message to react not found")
    old = message.reactions.pop(user.id, [])
    new: list[Json] = [{"type": "emoji", "emoji": one} for one in emoji]
    if new:
        message.reactions[user.id] = new
    body = {
        "chat": chat.json(),
        "message_id": id,
        "user": user.json(),
        "date": int(world.now().timestamp()),
        "old_reaction": old,
        "new_reaction": new,
    }
    for bot in world.bots.values():
        if chat.member(bot.id).status in ADMINS or chat.bot == bot.id:
            world.update(bot, "message_reaction", body)
    world.touched(chat)


def migrate(world: World, chat: Chat, by: int) -> Chat:
    """A group becomes a supergroup with another id; its messages stay behind."""
    new = world.add_chat("supergroup", chat.title, world.users[by])
    new.members = {id: member for id, member in chat.members.items() if member.status != "left"}
    chat.moved_to = new.id
    sender = world.json_of(by)
    world.service(chat, sender, {"migrate_to_chat_id": new.id})
    arrived = {"migrate_from_chat_id": chat.id}
    message = world.post(new, sender=dict(ANONYMOUS), sender_chat=new.json(), body=arrived)
    world.deliver(message)
    return new


def rename(world: World, chat: Chat, title: str, by: int) -> None:
    chat.title = title
    world.service(chat, world.json_of(by), {"new_chat_title": title})


def delete(world: World, chat: Chat, id: int) -> None:
    """A message disappears; bots are not told."""
    if chat.messages.pop(id, None) is None:
        raise bad("message to delete not found")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != id]
    world.touched(chat)


def upload(world: World, kind: str, content: bytes, name: str = "") -> Json:
    """The body of a message that carries a file."""
    id = f"file{len(world.files) + 1:06}"
    world.files[id] = content
    file: Json = {"file_id": id, "file_unique_id": f"u{id}", "file_size": len(content)}
    if kind == "photo":
        return {"photo": [file | {"width": 640, "height": 480}]}
    extra: dict[str, Any] = {
        "voice": {"duration": 14, "mime_type": "audio/ogg"},
        "document": {"file_name": name or "file.bin"},
        "video": {"width": 640, "height": 480, "duration": 5},
        "sticker": {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        },
    }
    if kind not in extra:
        raise bad("there is no such kind of file")
    return {kind: file | extra[kind]}
