"""People, bots, chats and memberships."""

from typing import Any

from bot.sandbox import play
from bot.sandbox.actors import Json, Member
from bot.sandbox.api import Api
from bot.sandbox.control import forms
from bot.sandbox.control.find import bot_of, chat_of, user_of
from bot.sandbox.errors import bad


def new_user(api: Api, asked: forms.NewUser) -> Json:
    fields = asked.model_dump(exclude_none=True)
    if fields.get("id") in api.world.users:
        raise bad("there is a user with this id already")
    return api.world.add_user(fields.pop("first_name"), **fields).json()


def users(api: Api) -> list[Json]:
    return [user.json() for user in api.world.users.values()]


def bots(api: Api) -> list[Json]:
    return [
        bot.json() | {"privacy": bot.privacy, "pending": len(bot.queue), "revoked": bot.revoked}
        for bot in api.world.bots.values()
    ]


def change_bot(api: Api, asked: forms.ChangeBot) -> Json:
    bot = bot_of(api.world, asked.bot)
    bot.privacy = bot.privacy if asked.privacy is None else asked.privacy
    bot.revoked = bot.revoked if asked.revoked is None else asked.revoked
    bot.first_name = asked.name or bot.first_name
    bot.username = asked.username or bot.username
    api.world.touched()
    return bot.json()


def chats(api: Api) -> list[Json]:
    return [
        chat.json()
        | {
            "members": {str(id): m.status for id, m in chat.members.items()},
            "moved_to": chat.moved_to,
            "topics": {str(id): name for id, name in chat.topics.items()},
        }
        for chat in api.world.chats.values()
    ]


def new_chat(api: Api, asked: forms.NewChat) -> Json:
    world = api.world
    members = [user_of(world, id) for id in asked.members]
    chat = world.add_chat(asked.type, asked.title, user_of(world, asked.creator), members)
    if asked.linked_to is not None:
        chat_of(world, asked.linked_to).linked = chat.id
        chat.linked = asked.linked_to
    return chat.json()


def join(api: Api, chat: int, asked: forms.Someone) -> Json:
    place = chat_of(api.world, chat)
    api.world.json_of(asked.user)
    if place.has(asked.user):
        raise bad("the user is a member already")
    play.join(api.world, place, asked.user, asked.by)
    return {"ok": True}


def leave(api: Api, chat: int, asked: forms.Someone) -> Json:
    place = chat_of(api.world, chat)
    if not place.has(asked.user):
        raise bad("the user is not a member of the chat")
    play.leave(api.world, place, asked.user, asked.by)
    return {"ok": True}


def promote(api: Api, chat: int, asked: forms.Promote) -> Json:
    place = chat_of(api.world, chat)
    if not place.has(asked.user):
        raise bad("the user is not a member of the chat")
    by = asked.by or _creator(place.members)
    play.promote(api.world, place, asked.user, by, asked.rights, asked.anonymous)
    return {"ok": True}


def demote(api: Api, chat: int, asked: forms.Someone) -> Json:
    place = chat_of(api.world, chat)
    if not place.has(asked.user):
        raise bad("the user is not a member of the chat")
    play.demote(api.world, place, asked.user, asked.by or _creator(place.members))
    return {"ok": True}


def restrict(api: Api, chat: int, asked: forms.Restrict) -> Json:
    place = chat_of(api.world, chat)
    by = asked.by or _creator(place.members)
    api.world.set_member(place, asked.user, Member("restricted", dict(asked.permissions)), by)
    return {"ok": True}


def migrate(api: Api, chat: int, asked: forms.By) -> Json:
    place = chat_of(api.world, chat)
    if place.type != "group" or place.moved_to:
        raise bad("only a basic group becomes a supergroup")
    return play.migrate(api.world, place, user_of(api.world, asked.by).id).json()


def topic(api: Api, chat: int, asked: forms.NewTopic) -> Json:
    place = chat_of(api.world, chat)
    if not place.forum:
        raise bad("the chat is not a forum")
    icon = {"name": asked.name, "icon_color": 7322096}
    sender = user_of(api.world, asked.by).json()
    message = api.world.post(place, sender=sender, body={"forum_topic_created": icon})
    message.topic = message.id
    place.topics[message.id] = asked.name
    api.world.deliver(message)
    return {"topic": message.id, "name": asked.name}


def rename(api: Api, chat: int, asked: forms.Rename) -> Json:
    play.rename(api.world, chat_of(api.world, chat), asked.title, user_of(api.world, asked.by).id)
    return {"ok": True}


def _creator(members: dict[int, Any]) -> int:
    return next((id for id, m in members.items() if m.status == "creator"), next(iter(members)))
