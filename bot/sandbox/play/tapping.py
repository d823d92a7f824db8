"""Tapping buttons, voting and reacting."""

from collections import Counter

from bot.sandbox.actors import ADMINS, Chat, Json, Message, Poll, User
from bot.sandbox.errors import bad, forbidden
from bot.sandbox.play.saying import write
from bot.sandbox.world import World

QUERIES_KEPT = 5000
REACTIONS = 3


def tap(world: World, user: User, chat: Chat, id: int, data: str) -> str:
    """Taps a button; returns the id under which its answer will be found."""
    message = chat.messages.get(id)
    owner = message.bot if message else chat.gone.get(id)
    bot = world.bots.get(owner or chat.bot or 0)
    if bot is None or (message is None and id not in chat.gone):
        raise bad("there is no such button")
    if not chat.has(user.id) and chat.type != "private" and not chat.username:
        raise forbidden("the user is not a member of the chat")
    query = f"{world.random.getrandbits(60)}"
    shown = message.json() if message else {"chat": chat.json(), "message_id": id, "date": 0}
    told: Json = {"id": query, "from": user.json(), "message": shown, "data": data}
    asking = {"at": world.now(), "bot": bot.id, "user": user.id, "chat": chat.id, "answer": None}
    world.queries[query] = asking | {"message": id}
    if len(world.queries) > QUERIES_KEPT:
        del world.queries[next(iter(world.queries))]
    world.update(bot, "callback_query", told | {"chat_instance": str(chat.id)})
    return query


def press(world: World, user: User, chat: Chat, text: str, topic: int | None = None) -> Message:
    """Presses a key of a reply keyboard: it writes what stands on it."""
    return write(world, user, chat, text, topic=topic)


def vote(world: World, user: User, chat: Chat, id: int, options: list[int]) -> None:
    """Votes in a poll; no options take the vote back."""
    message = chat.messages.get(id)
    if message is None or message.poll is None:
        raise bad("there is no poll in this message")
    if not chat.has(user.id) and chat.type != "private":
        raise forbidden("the user is not a member of the chat")
    world.tick()
    chosen = sorted(set(options))
    _may_vote(message.poll, user, chosen)
    if chosen == message.poll.votes.get(user.id, []):
        return
    message.poll.votes.pop(user.id, None)
    if chosen:
        message.poll.votes[user.id] = chosen
    _tell_vote(world, message.poll, user, chosen)
    world.tell_poll(message.poll)
    world.touched(chat)


def _may_vote(poll: Poll, user: User, chosen: list[int]) -> None:
    if poll.closed:
        raise bad("poll has already been closed")
    if any(not 0 <= n < len(poll.options) for n in chosen):
        raise bad("there is no such option")
    if len(chosen) > 1 and not poll.multiple:
        raise bad("only one option can be chosen")
    if poll.votes.get(user.id) and not poll.revoting:
        raise bad("the vote cannot be changed")


def _tell_vote(world: World, poll: Poll, user: User, chosen: list[int]) -> None:
    """Only the bot that sent a poll learns who voted, and only if it is not anonymous."""
    if poll.bot in world.bots and not poll.anonymous:
        answer = {
            "poll_id": poll.id,
            "user": user.json(),
            "option_ids": chosen,
            "option_persistent_ids": poll.persistent(chosen),
        }
        world.update(world.bots[poll.bot], "poll_answer", answer)


def react(world: World, user: User, chat: Chat, id: int, emoji: list[str]) -> None:
    message = chat.messages.get(id)
    if message is None:
        raise bad("message to react not found")
    if not chat.has(user.id) and chat.type != "private":
        raise forbidden("the user is not a member of the chat")
    if len(emoji) > REACTIONS:
        raise bad("REACTIONS_TOO_MANY")
    old = message.reactions.pop(user.id, [])
    new: list[Json] = [{"type": "emoji", "emoji": one} for one in dict.fromkeys(emoji)]
    if new:
        message.reactions[user.id] = new
    if old != new:
        _tell_reaction(world, message, user, old, new)
    world.touched(chat)


def _tell_reaction(
    world: World, message: Message, user: User, old: list[Json], new: list[Json]
) -> None:
    chat = message.chat
    body: Json = {"chat": chat.json(), "message_id": message.id, "date": world.stamp()}
    if chat.type == "channel":
        kind, body = "message_reaction_count", body | {"reactions": _counts(message)}
    else:
        member = chat.member(user.id)
        hidden = member.anonymous and member.status in ADMINS
        who = {"actor_chat": chat.json()} if hidden else {"user": user.json()}
        kind, body = "message_reaction", body | who | {"old_reaction": old, "new_reaction": new}
    for bot in world.bots.values():
        if chat.member(bot.id).status in ADMINS or chat.bot == bot.id:
            world.update(bot, kind, body)


def _counts(message: Message) -> list[Json]:
    counted = Counter(one["emoji"] for given in message.reactions.values() for one in given)
    return [
        {"type": {"type": "emoji", "emoji": emoji}, "total_count": count}
        for emoji, count in counted.items()
    ]
