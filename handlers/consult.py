"""/consult, /outcome, /task: consultations, their outcomes, and what was promised."""

from telegram import Update

from bot.domain.basics import ChatId, Refusal
from bot.domain.consult import CLOSE, FORM, PROMISE, REVIEW
from bot.domain.consult.draft import STEPS, WHICH
from bot.domain.consult.promise import FORM as PROMISE_FORM
from bot.domain.consult.values import REASON_FORM
from bot.domain.letter import Card, Outcome
from bot.domain.people import Need
from bot.domain.stale import STALE
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.place import group_of
from handlers.reply import here, say_card, show, toast


async def consult(update: Update, context: Context) -> None:
    """A new consultation; the title may follow the command."""
    desk, chat = context.desks.consult.draft, group_of(update)
    card = desk.begin(context.work, context.actor.id, context.words, chat=chat)
    say_card(update, context, card)
    if chat is not None:
        here(update, context, "poll.see_private")


async def outcome(update: Update, context: Context) -> None:
    """/outcome 12, or those that wait for one."""
    card = context.desks.consult.outcome.numbered(context.work, context.actor.id, context.words)
    say_card(update, context, card)


async def task(update: Update, context: Context) -> None:
    """/task: a promise with an office and a day."""
    desk = context.desks.consult.promise
    say_card(update, context, desk.begin(context.work, context.actor.id, chat=group_of(update)))


async def stance(update: Update, context: Context) -> None:
    """A tap under the consultation; only the one who tapped sees the answer."""
    id, chosen = [*context.pressed.fields, "", ""][:2]
    chat = update.effective_chat
    card = context.desks.consult.stance.take(
        context.work,
        context.actor.id,
        ChatId(0 if chat is None else chat.id),
        id,
        chosen,
        context.actor.standing,
    )
    toast(update, context, card.key, alert=True, **card.values)


async def press(update: Update, context: Context) -> None:
    """A button of a manager, or of somebody who gave a reason."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    card = _draft(context, what, id) or _outcome(context, what, id, value)
    show(update, context, card)


def _draft(context: Context, what: str, id: str) -> Card | None:
    desk, work, member = context.desks.consult.draft, context.work, context.actor.id
    standing = context.actor.standing
    match what:
        case "back" | "skip" | "free" | "cancel":
            return desk.press(work, member, what)
        case "in":
            return desk.choose(work, member, id)
        case "days":
            return desk.press(work, member, what, id)
        case "open" | "any":
            return desk.publish(work, member, standing, confirmed=what == "any")
        case "recall":
            return desk.recall(work, member, id, standing)
        case "why":
            return context.desks.consult.stance.begin_reason(work, member, id)
    return None


def _outcome(context: Context, what: str, id: str, value: str) -> Card:
    desk, work, member = context.desks.consult.outcome, context.work, context.actor.id
    standing = context.actor.standing
    match what:
        case "show":
            return desk.show(work, member, id)
        case "begin":
            return desk.begin(work, member, id, value)
        case "mean":
            return desk.meant(work, member, id, yes=value == "1")
        case "review":
            return desk.review_in(work, member, id, value)
        case "out" | "outany":
            return desk.publish(work, member, id, standing, confirmed=what == "outany")
        case "again":
            return _reviewed(context, id, value)
        case "drop":
            work.forms.drop(member)
            return Card("form.cancelled")
    raise Refusal("refuse.old_button")


def _reviewed(context: Context, id: str, what: str) -> Card:
    """重议 opens a new draft that is linked to the old one."""
    card = context.desks.consult.outcome.reviewed(context.work, context.actor.id, id, what)
    if what != "new":
        return card
    return context.desks.consult.draft.begin(context.work, context.actor.id, before=id)


async def typed(update: Update, context: Context) -> None:
    """The answer to what is asked: a step of the draft, or of the outcome."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    form = context.work.forms.get(context.actor.id)
    desk = context.desks.consult.outcome
    if form is not None and form.step == WHICH:
        raise Refusal("setup.use_buttons")
    if form is not None and form.step in STEPS:
        card = context.desks.consult.draft.typed(context.work, context.actor.id, context.words)
    else:
        card = desk.typed(context.work, context.actor.id, context.words)
    say_card(update, context, card)


async def reason(update: Update, context: Context) -> None:
    """Why somebody objects, in a sentence."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    card = context.desks.consult.stance.reason(context.work, context.actor.id, context.words)
    say_card(update, context, card)


async def promised(update: Update, context: Context) -> None:
    """A button about a promise."""
    what, id = [*context.pressed.fields, "", ""][:2]
    desk, work, member = context.desks.consult.promise, context.work, context.actor.id
    match what:
        case "add":
            card = desk.begin(work, member, id)
        case "office":
            card = desk.office(work, member, id)
        case "kept":
            card = desk.kept(work, member, id)
        case "show":
            card = desk.show(work, member, id)
        case _:
            card = desk.cancel(work, member)
    show(update, context, card)


async def promising(update: Update, context: Context) -> None:
    """What is promised, or by when."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    card = context.desks.consult.promise.typed(context.work, context.actor.id, context.words)
    say_card(update, context, card)


def close(work: Work, desks: Desks, id: str) -> None:
    """Time is up."""
    desks.consult.stance.close(work, id)


def review(work: Work, desks: Desks, id: str) -> None:
    """The day on which it is looked at again."""
    desks.consult.outcome.review(work, id)


def promise_due(work: Work, desks: Desks, id: str) -> None:
    """The day of a promise."""
    desks.consult.promise.due(work, id)


def forgotten(work: Work, desks: Desks, id: str) -> None:
    """Half a year without any act."""
    desks.consult.stale.due(work, id)


def became(work: Work, desks: Desks, id: str, letter: str, what: Outcome) -> None:
    """What became of a consultation, or of its outcome, on its way."""
    desks.consult.stance.outcome(work, id, letter, what)


FEATURE = Feature(
    commands={
        "consult": Entry(consult, Need.FRESH),
        "outcome": Entry(outcome, Need.MEMBER),
        "task": Entry(task, Need.MEMBER),
    },
    triggers={"协商": "consult", "協商": "consult", "承诺": "task", "承諾": "task"},
    buttons={
        "c": Entry(press, Need.FRESH),
        "cs": Entry(stance, Need.MEMBER),
        "pm": Entry(promised, Need.MEMBER),
    },
    forms={
        FORM: Entry(typed, Need.FRESH),
        REASON_FORM: Entry(reason),
        PROMISE_FORM: Entry(promising, Need.MEMBER),
    },
    dues={CLOSE: close, REVIEW: review, PROMISE: promise_due, STALE: forgotten},
    outcomes={"consult": became, "outcome": became},
)
