"""/poll: quick polls, and what Telegram reports of them."""

from telegram import Chat, Update

from bot.domain.basics import ChatId, Refusal
from bot.domain.letter import Card, Outcome
from bot.domain.people import Need
from bot.domain.poll import CLOSE, DROP, KIND, LATE, RESULT, Counted
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.reply import here, say_card, show


async def poll(update: Update, context: Context) -> None:
    """/poll question|a|b, in the group or in private; the draft is looked at in private."""
    chat = update.effective_chat
    in_group = chat is not None and chat.type != Chat.PRIVATE
    place = ChatId(chat.id) if chat is not None and in_group else None
    card = context.desks.poll.begin(context.work, context.actor.id, context.words, place)
    say_card(update, context, card)
    if in_group:
        here(update, context, "poll.see_private")


async def typed(update: Update, context: Context) -> None:
    """Question and options, or the moment of the close."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    card = context.desks.poll.typed(context.work, context.actor.id, context.words)
    say_card(update, context, card)


async def press(update: Update, context: Context) -> None:
    """A button of the author."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    show(update, context, _card(context, what, id, value))


def _card(context: Context, what: str, id: str, value: str) -> Card:
    desk, work, member = context.desks.poll, context.work, context.actor.id
    match what:
        case "open" | "any":
            standing = context.actor.standing
            return desk.publish(work, member, id, standing, confirmed=what == "any")
        case "recall":
            return desk.recall(work, member, id, context.actor.standing)
        case "days":
            return desk.days(work, member, id, value)
        case "group":
            return desk.group(work, member, id, value)
        case "new":
            return desk.begin(work, member, "")
        case "in":
            return desk.choose(work, member, id)
        case "show":
            return desk.show(work, member, id)
        case "cancel":
            return desk.cancel(work, member, id)
    raise Refusal("refuse.old_button")


async def counted(update: Update, context: Context) -> None:
    """Telegram's newest word on a poll."""
    told = update.poll
    if told is None:
        return
    options = tuple(option.text for option in told.options)
    votes = tuple(option.voter_count for option in told.options)
    count = Counted(votes, told.total_voter_count, told.is_closed)
    context.desks.count.update(context.work, told.id, told.question, options, count)


def close(work: Work, desks: Desks, id: str) -> None:
    """Time is up."""
    desks.count.close(work, id)


def result(work: Work, desks: Desks, id: str) -> None:
    """A minute later, with or without a last word from Telegram."""
    desks.count.report(work, id)


def late(work: Work, desks: Desks, object: str) -> None:
    """The result of a poll in a group that we were not in."""
    desks.count.late(work, object)


def drop(work: Work, desks: Desks, id: str) -> None:
    """A draft that nobody opened."""
    desks.poll.drop(work, id)


def told(work: Work, desks: Desks, id: str, letter: str, what: Outcome) -> None:
    """What became of a result on its way."""
    desks.count.told(work, id, what)


def outcome(work: Work, desks: Desks, object: str, letter: str, what: Outcome) -> None:
    """What became of a poll on its way."""
    desks.count.outcome(work, object, letter, what)


FEATURE = Feature(
    commands={"poll": Entry(poll, Need.FRESH)},
    triggers={"投票": "poll"},
    buttons={"p": Entry(press, Need.FRESH)},
    forms={KIND: Entry(typed, Need.FRESH)},
    events={"poll": Entry(counted)},
    dues={CLOSE: close, RESULT: result, LATE: late, DROP: drop},
    outcomes={"poll": outcome, "result": told},
)
