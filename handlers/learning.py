"""/spotcheck: what chance drew of the week, judged one by one, and how well the reader does."""

from telegram import Message, Update

from bot.domain.basics import CommunityId, Refusal
from bot.domain.learning import COPY, Copied
from bot.domain.letter import Card, Outcome
from bot.domain.people import Need
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.reply import say_card, show, toast
from handlers.sender import words_of


async def spot_check(update: Update, context: Context) -> None:
    """How well the reader does, with a button to begin or to go on."""
    say_card(update, context, context.desks.learning.gauge.figures(context.work, context.actor.id))


async def press(update: Update, context: Context) -> None:
    """A button of the spot check."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    work, member, standing = context.work, context.actor.id, context.actor.standing
    match what:
        case "v":
            context.desks.learning.spot.judge(work, member, id, value, _copied(update), standing)
            toast(update, context, "learn.noted")
        case "stop":
            context.desks.learning.spot.stop(work, member, id, _copied(update))
        case _:
            show(update, context, _card(context, what, CommunityId(id), value))


def _card(context: Context, what: str, community: CommunityId, finding: str) -> Card:
    work, member, standing = context.work, context.actor.id, context.actor.standing
    match what:
        case "go":
            return context.desks.learning.spot.begin(work, member, community, standing)
        case "no":
            return Card("learn.not_this_week")
        case "see":
            return context.desks.learning.gauge.figures(work, member, community)
        case "on" | "off":
            desk = context.desks.learning.gauge
            return desk.switch(work, member, community, finding, what == "on", standing)
    raise Refusal("refuse.old_button")


def _copied(update: Update) -> Copied:
    """The copy under whose text the button stood, as Telegram brings it along."""
    message = update.callback_query.message if update.callback_query else None
    if not isinstance(message, Message):
        return Copied(None if message is None else message.message_id)
    return Copied(message.message_id, words_of(message))


def expire(work: Work, desks: Desks, object: str) -> None:
    """A day has gone by, and nobody judged the copy."""
    desks.learning.spot.expire(work, object)


def outcome(work: Work, desks: Desks, object: str, letter: str, what: Outcome) -> None:
    """What became of a copy."""
    desks.learning.spot.copied(work, object, letter, what)


FEATURE = Feature(
    commands={"spotcheck": Entry(spot_check, Need.MEMBER)},
    triggers={"抽查": "spotcheck"},
    buttons={"le": Entry(press, Need.FRESH)},
    dues={COPY: expire},
    outcomes={"learn": outcome},
)
