"""What people do to a chat itself: rename, pin, open topics, link a channel, migrate."""

from bot.sandbox.actors import ADMINS, ANONYMOUS, Chat, Message
from bot.sandbox.errors import bad, forbidden
from bot.sandbox.world import World

TOPIC_COLOUR = 7322096


def migrate(world: World, chat: Chat, by: int) -> Chat:
    """A group becomes a supergroup with another id; its messages stay behind."""
    new = world.add_chat("supergroup", chat.title, world.users[by])
    new.members = {id: member for id, member in chat.members.items() if member.present}
    new.moved_from, new.permissions = chat.id, dict(chat.permissions)
    sender = world.json_of(by)
    world.service(chat, sender, {"migrate_to_chat_id": new.id})
    chat.moved_to = new.id
    arrived = {"migrate_from_chat_id": chat.id}
    message = world.post(new, sender=dict(ANONYMOUS), sender_chat=new.json(), body=arrived)
    world.deliver(message)
    return new


def rename(world: World, chat: Chat, title: str, by: int) -> None:
    chat.title = title
    world.service(chat, world.json_of(by), {"new_chat_title": title})


def link(world: World, channel: Chat, group: Chat) -> None:
    """Posts of the channel come into the group by themselves from now on."""
    if channel.type != "channel" or group.type != "supergroup":
        raise bad("only a channel can be linked, and only to a supergroup")
    channel.linked, group.linked = group.id, channel.id
    world.touched(group)


def pin(world: World, chat: Chat, id: int, by: int) -> None:
    """A person pins a message."""
    message = chat.messages.get(id)
    if message is None:
        raise bad("message to pin not found")
    member, private = chat.member(by), chat.type == "private"
    allowed = private or member.may("can_pin_messages") or chat.permissions.get("can_pin_messages")
    if not allowed:
        raise forbidden("the user may not pin messages")
    if id not in chat.pinned:
        chat.pinned.append(id)
        shown = {"pinned_message": message.json(deep=False)}
        hidden = member.anonymous and member.status in ADMINS
        sender = dict(ANONYMOUS) if hidden else world.json_of(by)
        pinned = world.post(
            chat, sender=sender, sender_chat=chat.json() if hidden else None, body=shown
        )
        pinned.topic = message.topic
        world.deliver(pinned)


def unpin(world: World, chat: Chat, id: int) -> None:
    chat.pinned = [pinned for pinned in chat.pinned if pinned != id]
    world.touched(chat)


def open_topic(world: World, chat: Chat, name: str, by: int) -> Message:
    """Somebody opens a topic of a forum."""
    if not chat.forum:
        raise bad("the chat is not a forum")
    icon = {"name": name, "icon_color": TOPIC_COLOUR}
    bot = by if by in world.bots else None
    message = world.post(
        chat, sender=world.json_of(by), bot=bot, body={"forum_topic_created": icon}
    )
    message.topic = message.id
    chat.topics[message.id] = name
    world.deliver(message, by=bot)
    return message
