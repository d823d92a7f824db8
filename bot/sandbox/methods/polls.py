"""Native polls."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.actors import Bot, Json, Message, Poll
from bot.sandbox.entities import parsed, utf16
from bot.sandbox.errors import bad
from bot.sandbox.limits import EXPLANATION, OPTION, OPTIONS, POLL_DESCRIPTION, POLL_LIVES, QUESTION
from bot.sandbox.methods.asked import (
    Method,
    array,
    chat_of,
    flag,
    message_of,
    nested,
    numbers,
    text,
    whole,
)
from bot.sandbox.methods.keyboards import markup
from bot.sandbox.methods.sending import post
from bot.sandbox.world import World


def send_poll(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    poll = poll_of(world, asked)
    poll.bot = bot.id
    if chat.type == "channel" and not poll.anonymous:
        raise bad("non-anonymous polls can't be sent to channel chats")
    message = post(world, bot, asked, chat, {}, poll=poll)
    open_poll(world, message)
    return message.json()


def open_poll(world: World, message: Message) -> None:
    """The poll runs from now on, and closes at its time."""
    poll = message.poll
    if poll is None:
        return
    world.polls[poll.id] = message
    if poll.closes is not None and not poll.closed:
        world.at(poll.closes, lambda: world.close_poll(message))


def poll_of(world: World, asked: Json) -> Poll:
    """A poll as asked for. Raises `ApiError` past Telegram's limits."""
    kind = text(asked, "type", "regular") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad("unsupported poll type specified")
    options = _options(array(asked, "options"))
    multiple = flag(asked, "allows_multiple_answers")
    return Poll(
        id=f"{world.random.getrandbits(62)}",
        question=_question(asked),
        options=options,
        anonymous=flag(asked, "is_anonymous", default=True),
        multiple=multiple,
        revoting=flag(asked, "allows_revoting", default=kind != "quiz"),
        hidden=flag(asked, "hide_results_until_closes"),
        kind=kind,
        correct=_correct(asked, len(options), multiple) if kind == "quiz" else [],
        explanation=_words(asked, "explanation", EXPLANATION) if kind == "quiz" else "",
        description=_words(asked, "description", POLL_DESCRIPTION),
        closed=flag(asked, "is_closed"),
        **_until(world, asked),
    )


def _question(asked: Json) -> str:
    given = nested(asked, "question_entities")
    question, _ = parsed(text(asked, "question"), asked.get("question_parse_mode"), given)
    if not question:
        raise bad("poll question must be non-empty")
    if utf16(question) > QUESTION:
        raise bad(f"poll question length must not exceed {QUESTION}")
    return question


def _words(asked: Json, name: str, limit: int) -> str:
    words, _ = parsed(text(asked, name), asked.get(f"{name}_parse_mode"), None)
    if utf16(words) > limit or (name == "explanation" and words.count("\n") > 2):
        raise bad("MESSAGE_TOO_LONG" if name == "explanation" else f"poll {name} is too long")
    return words


def _correct(asked: Json, options: int, multiple: bool) -> list[int]:
    correct = sorted(set(numbers(asked, "correct_option_ids")))
    if not correct and asked.get("correct_option_id") is not None:
        correct = [whole(asked, "correct_option_id") or 0]
    if not correct or any(not 0 <= n < options for n in correct):
        raise bad("wrong correct option ID specified")
    if len(correct) > 1 and not multiple:
        raise bad("wrong number of correct options specified")
    return correct


def _options(given: list[Any]) -> list[str]:
    options = [_option(one) for one in given]
    if not options:
        raise bad("poll must have at least 1 answer option")
    if len(options) > OPTIONS:
        raise bad(f"poll can't have more than {OPTIONS} options")
    if not all(options):
        raise bad("poll options must be non-empty")
    if any(utf16(option) > OPTION for option in options):
        raise bad(f"poll options length must not exceed {OPTION}")
    return options


def _option(one: Any) -> str:
    if not isinstance(one, (dict, str)):
        raise bad("can't parse poll option: expected an Object")
    return text(one if isinstance(one, dict) else {"text": one}, "text").strip()


def _until(world: World, asked: Json) -> dict[str, Any]:
    period, date = whole(asked, "open_period"), whole(asked, "close_date")
    if not period and not date:
        return {}
    seconds = period or (date or 0) - world.stamp()
    if not POLL_LIVES[0] <= seconds <= POLL_LIVES[1]:
        raise bad("can't use the close date specified for the poll")
    if period:
        return {"closes": world.now() + timedelta(seconds=period), "period": period}
    return {"closes": datetime.fromtimestamp(date or 0, UTC)}


def stop_poll(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "stop")
    if message.poll is None or message.bot != bot.id or "forward_origin" in message.body:
        raise bad("message with poll to stop not found")
    if message.poll.closed:
        raise bad("poll has already been closed")
    message.markup = markup(asked, chat)
    world.close_poll(message)
    return message.poll.json()


METHODS: dict[str, Method] = {"sendPoll": send_poll, "stopPoll": stop_poll}
