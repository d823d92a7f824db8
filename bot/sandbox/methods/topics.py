"""Topics of forums."""

from bot.sandbox.actors import Bot, Chat, Json
from bot.sandbox.errors import NO_THREAD, bad
from bot.sandbox.limits import TOPIC
from bot.sandbox.methods.asked import Method, chat_of, require, text, whole
from bot.sandbox.play import open_topic
from bot.sandbox.world import World

CREATE = "create a topic"
CHANGE = "manage topics"


def _forum(world: World, bot: Bot, asked: Json, what: str = CHANGE) -> Chat:
    chat = chat_of(world, bot, asked)
    if not chat.forum:
        raise bad("the chat is not a forum")
    require(chat, bot, "can_manage_topics", what)
    return chat


def _name(asked: Json) -> str:
    name = text(asked, "name").strip()
    if not 1 <= len(name) <= TOPIC:
        raise bad("topic name must be non-empty" if not name else "topic name is too long")
    return name


def _topic(chat: Chat, asked: Json) -> int:
    topic = whole(asked, "message_thread_id") or 0
    if topic not in chat.topics:
        raise bad(NO_THREAD)
    return topic


def create_topic(world: World, bot: Bot, asked: Json) -> Json:
    chat = _forum(world, bot, asked, CREATE)
    message = open_topic(world, chat, _name(asked), bot.id)
    created: Json = message.body["forum_topic_created"]
    return {"message_thread_id": message.id} | created


def edit_topic(world: World, bot: Bot, asked: Json) -> bool:
    chat = _forum(world, bot, asked)
    topic = _topic(chat, asked)
    if asked.get("name") in (None, ""):
        return True
    chat.topics[topic] = _name(asked)
    _say(world, chat, bot, topic, {"forum_topic_edited": {"name": chat.topics[topic]}})
    return True


def close_topic(world: World, bot: Bot, asked: Json) -> bool:
    chat = _forum(world, bot, asked)
    topic = _topic(chat, asked)
    if topic in chat.closed_topics:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.closed_topics.add(topic)
    _say(world, chat, bot, topic, {"forum_topic_closed": {}})
    return True


def reopen_topic(world: World, bot: Bot, asked: Json) -> bool:
    chat = _forum(world, bot, asked)
    topic = _topic(chat, asked)
    if topic not in chat.closed_topics:
        raise bad("TOPIC_NOT_MODIFIED")
    chat.closed_topics.discard(topic)
    _say(world, chat, bot, topic, {"forum_topic_reopened": {}})
    return True


def delete_topic(world: World, bot: Bot, asked: Json) -> bool:
    chat = _forum(world, bot, asked)
    topic = _topic(chat, asked)
    for message in [m for m in chat.messages.values() if m.topic == topic]:
        chat.forget(message.id)
    del chat.topics[topic]
    world.touched(chat)
    return True


def _say(world: World, chat: Chat, bot: Bot, topic: int, body: Json) -> None:
    message = world.post(chat, sender=bot.json(), bot=bot.id, body=body, topic=topic)
    world.deliver(message, by=bot.id)


METHODS: dict[str, Method] = {
    "createForumTopic": create_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "deleteForumTopic": delete_topic,
}
