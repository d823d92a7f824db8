"""/announce and /urgent: notices, their acknowledgement, and help under them."""

from telegram import Update

from bot.domain.announce.notice import DROP, PUBLISH, REPORT
from bot.domain.basics import ChatId, MemberId, Refusal
from bot.domain.letter import Card, Outcome
from bot.domain.people import Need, Standing
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Fresh, Work
from handlers.reply import say_card, show, toast


async def announce(update: Update, context: Context) -> None:
    """An ordinary notice; the words may follow the command."""
    _begin(update, context, urgent=False)


async def urgent(update: Update, context: Context) -> None:
    """An urgent notice: 停水, 停电, 停梯."""
    _begin(update, context, urgent=True)


def _begin(update: Update, context: Context, urgent: bool) -> None:
    desk, member = context.desks.draft, context.actor.id
    say_card(update, context, desk.begin(context.work, member, context.words, urgent))


async def typed(update: Update, context: Context) -> None:
    """The answer to a question of the form."""
    form = context.work.forms.get(context.actor.id)
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    if form is not None and form.step == "correct":
        card = _corrected(context, form.fields["matter"])
    else:
        card = context.desks.draft.typed(context.work, context.actor.id, context.words)
    say_card(update, context, card)


def _corrected(context: Context, id: str) -> Card:
    card = context.desks.publish.correct(
        context.work, context.actor.id, id, context.words, context.actor.standing
    )
    context.work.forms.drop(context.actor.id)
    return card


async def press(update: Update, context: Context) -> None:
    """A button of the author."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    show(update, context, _drafting(context, what, id, value) or _out(context, what, id, value))


def _drafting(context: Context, what: str, id: str, value: str) -> Card | None:
    desk, work, member = context.desks.draft, context.work, context.actor.id
    match what:
        case "new":
            return desk.begin(work, member, "", urgent=False)
        case "in":
            return desk.choose(work, member, id)
        case "tpl":
            return desk.template(work, member, id)
        case "show":
            return desk.show(work, member, id)
        case "group" | "bld":
            return desk.toggle(work, member, id, what, value)
        case "when" | "edit" | "groups" | "scope":
            return desk.choices(work, member, id, what)
        case "now":
            return desk.at_once(work, member, id)
        case "drop":
            return desk.drop(work, member, id)
        case "cancel":
            return desk.cancel(work, member)
    return None


def _out(context: Context, what: str, id: str, value: str) -> Card:
    desk, work, member = context.desks.publish, context.work, context.actor.id
    standing = context.actor.standing
    match what:
        case "pub" | "any":
            return desk.publish(work, member, id, standing, confirmed=what == "any")
        case "morn":
            return desk.in_the_morning(work, member, id, standing)
        case "recall":
            return desk.recall(work, member, id, standing)
        case "again" | "arrived":
            return context.desks.follow_up.decide(work, member, id, value, again=what == "again")
        case "progress":
            return context.desks.acknowledge.progress(work, member, id)
        case "correct":
            return desk.ask_correction(work, member, id)
    raise Refusal("refuse.old_button")


async def acknowledge(update: Update, context: Context) -> None:
    """〔知道了〕 under a notice in a group."""
    said = context.desks.acknowledge.note(
        context.work,
        context.actor.id,
        _chat(update),
        context.pressed.fields[0],
        context.actor.standing,
    )
    toast(update, context, said.key, alert=False, **said.values)


async def help_pressed(update: Update, context: Context) -> None:
    """〔家里有困难〕 in the group, and what follows in private."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    desk, work, member = context.desks.help, context.work, context.actor.id
    if what == "ask":
        card = desk.ask(work, member, _chat(update), id, context.actor.standing)
        say_card(update, context, card)
        toast(update, context, "help.see_private")
        return
    match what:
        case "need":
            card = desk.need(work, member, id, value)
        case "reply":
            card = desk.begin_reply(work, member, id)
        case "done":
            card = desk.settle(work, member, id)
        case "cancel":
            card = desk.cancel(work, member)
        case _:
            card = Card("help.good")
    show(update, context, card)


async def help_typed(update: Update, context: Context) -> None:
    """A helper's line to the person."""
    card = context.desks.help.reply(context.work, context.actor.id, context.words)
    say_card(update, context, card)


def _chat(update: Update) -> ChatId:
    chat = update.effective_chat
    return ChatId(0 if chat is None else chat.id)


def drop(work: Work, desks: Desks, id: str) -> None:
    """A draft is a day old."""
    desks.draft.forget(work, id)


def author(work: Work, desks: Desks, id: str) -> tuple[MemberId, tuple[ChatId, ...]]:
    """Whose notice it is, and where it is to appear."""
    return desks.publish.author(work, id)


def publish(work: Work, desks: Desks, id: str, standing: Standing) -> None:
    """A scheduled moment has come."""
    desks.publish.due(work, id, standing)


def report(work: Work, desks: Desks, id: str) -> None:
    """The numbers of the evening."""
    desks.acknowledge.report(work, id)


def outcome(work: Work, desks: Desks, object: str, letter: str, what: Outcome) -> None:
    """What became of a post."""
    desks.follow_up.outcome(work, object, letter, what)


FEATURE = Feature(
    commands={
        "announce": Entry(announce, Need.FRESH),
        "notice": Entry(announce, Need.FRESH),
        "urgent": Entry(urgent, Need.FRESH),
    },
    triggers={"公告": "announce", "紧急公告": "urgent", "緊急公告": "urgent"},
    buttons={
        "an": Entry(press, Need.FRESH),
        "ak": Entry(acknowledge, Need.MEMBER),
        "hp": Entry(help_pressed, Need.MEMBER),
    },
    forms={"announce": Entry(typed, Need.FRESH), "help": Entry(help_typed)},
    dues={DROP: drop, REPORT: report},
    fresh={PUBLISH: Fresh(author, publish)},
    outcomes={"announce": outcome},
)
