"""People, bots, chats and memberships."""

from bot.sandbox import play
from bot.sandbox.actors import Chat, Json
from bot.sandbox.api import Api
from bot.sandbox.control import forms
from bot.sandbox.control.find import bot_of, chat_of, someone_of, user_of
from bot.sandbox.errors import bad


def new_user(api: Api, asked: forms.NewUser) -> Json:
    """A new person."""
    fields = asked.model_dump(exclude_none=True)
    if fields.get("id") in api.world.users or fields.get("id") in api.world.bots:
        raise bad("there is a user with this id already")
    return api.world.add_user(fields.pop("first_name"), **fields).json()


def users(api: Api) -> list[Json]:
    """All people."""
    return [
        user.json() | {"started": sorted(user.started), "blocked": sorted(user.blocked)}
        for user in api.world.users.values()
    ]


def bots(api: Api) -> list[Json]:
    """All bots, and how many updates wait for each."""
    return [
        bot.json() | {"privacy": bot.privacy, "pending": len(bot.queue), "revoked": bot.revoked}
        for bot in api.world.bots.values()
    ]


def change_bot(api: Api, asked: forms.ChangeBot) -> Json:
    """Changes a bot's privacy mode or name, or revokes its token."""
    bot = bot_of(api.world, asked.bot)
    bot.privacy = bot.privacy if asked.privacy is None else asked.privacy
    bot.revoked = bot.revoked if asked.revoked is None else asked.revoked
    bot.first_name = asked.name or bot.first_name
    bot.username = asked.username or bot.username
    api.world.touched()
    return bot.json()


def chats(api: Api) -> list[Json]:
    """All groups and channels with their members."""
    return [
        chat.json()
        | {
            "members": {str(id): m.status for id, m in chat.members.items()},
            "moved_to": chat.moved_to,
            "topics": {str(id): name for id, name in chat.topics.items()},
            "linked": chat.linked,
        }
        for chat in api.world.chats.values()
    ]


def new_chat(api: Api, asked: forms.NewChat) -> Json:
    """A new group, supergroup, forum or channel; bots among the members are told."""
    world = api.world
    creator, people = user_of(world, asked.creator), [someone_of(world, i) for i in asked.members]
    group = None if asked.linked_to is None else chat_of(world, asked.linked_to)
    users = [one for one in people if one.id in world.users]
    chat = world.add_chat(asked.type, asked.title, creator, users)
    chat.username = asked.username
    for one in people:
        if one.id in world.bots:
            play.join(world, chat, one.id, creator.id)
    if group is not None:
        play.link(world, chat, group)
    return chat.json()


def link(api: Api, chat: int, asked: forms.Link) -> Json:
    """Links a channel to a supergroup."""
    play.link(api.world, chat_of(api.world, chat), chat_of(api.world, asked.group))
    return {"ok": True}


def join(api: Api, chat: int, asked: forms.Someone) -> Json:
    """Somebody comes in, by themselves or added by somebody."""
    place = chat_of(api.world, chat)
    someone_of(api.world, asked.user)
    if asked.by is not None:
        user_of(api.world, asked.by)
    if place.has(asked.user):
        raise bad("the user is a member already")
    if place.moved_to:
        raise bad("the group was upgraded to a supergroup")
    if asked.by is None and place.member(asked.user).status == "kicked":
        raise bad("the user was removed from the chat and must be added by somebody")
    play.join(api.world, place, asked.user, asked.by)
    return {"ok": True}


def leave(api: Api, chat: int, asked: forms.Someone) -> Json:
    """Somebody goes, or is removed by somebody."""
    place = _with_member(api, chat, asked)
    play.leave(api.world, place, asked.user, asked.by)
    return {"ok": True}


def remove(api: Api, chat: int, asked: forms.Someone) -> Json:
    """Somebody is removed, by the creator if it is not said by whom."""
    place = _with_member(api, chat, asked)
    play.leave(api.world, place, asked.user, asked.by or _creator(place))
    return {"ok": True}


def promote(api: Api, chat: int, asked: forms.Promote) -> Json:
    """Makes a member an administrator, with all rights or those given."""
    place = _with_member(api, chat, asked)
    by = asked.by or _creator(place)
    play.promote(api.world, place, asked.user, by, asked.rights, asked.anonymous)
    return {"ok": True}


def demote(api: Api, chat: int, asked: forms.Someone) -> Json:
    """Makes an administrator a member."""
    place = _with_member(api, chat, asked)
    if place.member(asked.user).status == "creator":
        raise bad("the creator stays the creator")
    play.demote(api.world, place, asked.user, asked.by or _creator(place))
    return {"ok": True}


def restrict(api: Api, chat: int, asked: forms.Restrict) -> Json:
    """Leaves a member only the permissions given."""
    place = _with_member(api, chat, asked)
    if place.member(asked.user).status == "creator":
        raise bad("the creator cannot be restricted")
    by = asked.by or _creator(place)
    play.restrict(api.world, place, asked.user, by, dict(asked.permissions), asked.until)
    return {"ok": True}


def _with_member(api: Api, chat: int, asked: forms.Someone) -> Chat:
    place = chat_of(api.world, chat)
    if asked.by is not None:
        someone_of(api.world, asked.by)
    if not place.has(asked.user):
        raise bad("the user is not a member of the chat")
    return place


def migrate(api: Api, chat: int, asked: forms.By) -> Json:
    """Upgrades a group to a supergroup; answers with the new chat."""
    place = chat_of(api.world, chat)
    if place.type != "group" or place.moved_to:
        raise bad("only a basic group becomes a supergroup")
    return play.migrate(api.world, place, user_of(api.world, asked.by).id).json()


def topic(api: Api, chat: int, asked: forms.NewTopic) -> Json:
    """Opens a topic of a forum."""
    place, by = chat_of(api.world, chat), someone_of(api.world, asked.by)
    return {"topic": play.open_topic(api.world, place, asked.name, by.id).id, "name": asked.name}


def rename(api: Api, chat: int, asked: forms.Rename) -> Json:
    """Gives a chat another title."""
    play.rename(api.world, chat_of(api.world, chat), asked.title, user_of(api.world, asked.by).id)
    return {"ok": True}


def _creator(chat: Chat) -> int:
    return next(
        (id for id, m in chat.members.items() if m.status == "creator"), next(iter(chat.members))
    )
