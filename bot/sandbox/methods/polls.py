"""Native polls."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.actors import Bot, Json, Poll
from bot.sandbox.entities import utf16
from bot.sandbox.errors import bad
from bot.sandbox.methods.asked import Method, chat_of, flag, message_of, nested, text, whole
from bot.sandbox.methods.messages import post
from bot.sandbox.world import World

QUESTION, OPTION, OPTIONS = 300, 100, 12
SHORTEST, LONGEST = 5, 2_628_000


def send_poll(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked, writing=True)
    poll = _poll(world, asked)
    poll.bot = bot.id
    message = post(world, bot, asked, chat, {}, poll=poll)
    world.polls[poll.id] = message
    return message.json()


def _poll(world: World, asked: Json) -> Poll:
    question = text(asked, "question").strip()
    if not question:
        raise bad("poll question must be non-empty")
    if utf16(question) > QUESTION:
        raise bad(f"poll question length must not exceed {QUESTION}")
    kind = text(asked, "type", "regular")
    correct = nested(asked, "correct_option_ids")
    if correct is None and asked.get("correct_option_id") is not None:
        correct = [whole(asked, "correct_option_id")]
    if kind == "quiz" and not correct:
        raise bad("poll must have a correct option")
    return Poll(
        id=f"{world.random.getrandbits(62)}",
        question=question,
        options=_options(nested(asked, "options")),
        anonymous=flag(asked, "is_anonymous", default=True),
        multiple=flag(asked, "allows_multiple_answers"),
        revoting=flag(asked, "allows_revoting", default=kind != "quiz"),
        hidden=flag(asked, "hide_results_until_closes"),
        kind=kind,
        correct=list(correct or []),
        closed=flag(asked, "is_closed"),
        **_until(world, asked),
    )


def _options(given: Any) -> list[str]:
    if not isinstance(given, list):
        raise bad("poll options must be an Array")
    options = [str(one.get("text", "") if isinstance(one, dict) else one).strip() for one in given]
    if not options:
        raise bad("poll must have at least 1 answer option")
    if len(options) > OPTIONS:
        raise bad(f"poll can't have more than {OPTIONS} options")
    if not all(options):
        raise bad("poll options must be non-empty")
    if any(utf16(option) > OPTION for option in options):
        raise bad(f"poll options length must not exceed {OPTION}")
    return options


def _until(world: World, asked: Json) -> dict[str, Any]:
    period, date = whole(asked, "open_period"), whole(asked, "close_date")
    if period is None and date is None:
        return {}
    now = world.now()
    closes = now + timedelta(seconds=period) if period else datetime.fromtimestamp(date or 0, UTC)
    left = (closes - now).total_seconds()
    if not SHORTEST - 1 <= left <= LONGEST + 1:
        raise bad("can't use the close date specified for the poll")
    return {"closes": closes, "period": period}


def stop_poll(world: World, bot: Bot, asked: Json) -> Json:
    chat = chat_of(world, bot, asked)
    message = message_of(chat, asked, "stop")
    if message.poll is None or message.bot != bot.id:
        raise bad("message with poll to stop not found")
    if message.poll.closed:
        raise bad("poll has already been closed")
    world.close_poll(message)
    return message.poll.json()


METHODS: dict[str, Method] = {"sendpoll": send_poll, "stoppoll": stop_poll}
