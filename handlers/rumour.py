"""/check for everybody, /rumor for those in charge: claims and their verdicts."""

from telegram import Chat, Update

from bot.domain.basics import Refusal
from bot.domain.community import Form
from bot.domain.letter import Card, Outcome, Phrase, button
from bot.domain.matter import Stage
from bot.domain.people import Need
from bot.domain.rumour import REMIND
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.place import community_here
from handlers.question import reading_of
from handlers.reply import opened, say, say_card, show
from handlers.sender import words_of
from handlers.talk import said_of

FORM = "check"


async def check(update: Update, context: Context) -> None:
    """/check, 求证：…, or as a reply to what should be checked."""
    message = update.message
    if message is None:
        return
    replied = message.reply_to_message
    text = context.words or words_of(replied)
    if not text.strip():
        if message.chat.type == Chat.PRIVATE:
            context.work.forms.put(Form(context.actor.id, FORM, "words"))
        say(update, context, "check.what", ((button("form.cancel", "q:cancel"),),))
        return
    _checked(update, context, text)


async def typed(update: Update, context: Context) -> None:
    """What should be checked, in private: written or forwarded."""
    message = update.message
    text = words_of(message)
    if not text.strip():
        raise Refusal("announce.only_text")
    _checked(update, context, text)
    context.work.forms.drop(context.actor.id)


async def start_check(update: Update, context: Context) -> None:
    """〔求证〕 on the board."""
    opened(update, context)
    context.work.forms.put(Form(context.actor.id, FORM, "words"))
    say(update, context, "check.what", ((button("form.cancel", "q:cancel"),),))


def _checked(update: Update, context: Context, text: str) -> None:
    """What is known already is told with its age; else it goes to those in charge."""
    message = update.message
    if message is None:
        return
    community, desk = community_here(context, message.chat), context.desks.rumours
    known = desk.known(context.work, community.id, text)
    if known is not None and known.stage is Stage.JUDGED:
        say(
            update,
            context,
            "check.known",
            verdict=Phrase(f"verdict.{known.fact('verdict')}"),
            words=known.fact("words"),
            source=known.fact("source"),
            at=known.closed_at or known.created_at,
        )
        return
    replied, said = message.reply_to_message, None
    if message.chat.type != Chat.PRIVATE:
        said = said_of(replied if replied is not None and not context.words else message)
    matter = desk.flag(
        context.work, community.id, context.actor.id, text, reading_of(context, text), said
    )
    say(update, context, "check.noted", number=matter.number)


async def rumours(update: Update, context: Context) -> None:
    """/rumor 12, or the list."""
    card = context.desks.rumours.numbered(context.work, context.actor.id, context.words)
    say_card(update, context, card)


async def press(update: Update, context: Context) -> None:
    """A button of those in charge."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    desk, work, member = context.desks.rumours, context.work, context.actor.id
    match what:
        case "show":
            card = desk.show(work, member, id)
        case "wait":
            card = desk.wait(work, member, id)
        case "not":
            card = desk.dismiss(work, member, id)
        case _:
            card = _judged(context, what, id, value)
    show(update, context, card)


def _judged(context: Context, what: str, id: str, value: str) -> Card:
    desk, work, member = context.desks.judge, context.work, context.actor.id
    standing = context.actor.standing
    match what:
        case "check":
            return desk.check(work, member, id, standing, confirmed=value == "any")
        case "judge":
            return desk.ask(work, member, id)
        case "v":
            return desk.choose(work, member, id, value)
        case "pub":
            return desk.publish(work, member, id, standing, confirmed=value == "any")
        case "cancel":
            return desk.cancel(work, member)
    raise Refusal("refuse.old_button")


async def written(update: Update, context: Context) -> None:
    """The source, or the words, of a verdict."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    card = context.desks.judge.typed(context.work, context.actor.id, context.words)
    say_card(update, context, card)


def remind(work: Work, desks: Desks, id: str) -> None:
    """Half an hour without a first word."""
    desks.rumours.remind(work, id)


def outcome(work: Work, desks: Desks, id: str, letter: str, what: Outcome) -> None:
    """What became of the one message."""
    desks.judge.lost(work, id, letter, what)


FEATURE = Feature(
    commands={
        "check": Entry(check),
        "rumor": Entry(rumours, Need.MEMBER),
        "rumour": Entry(rumours, Need.MEMBER),
    },
    triggers={"求证": "check", "求證": "check", "核实": "rumor", "核實": "rumor"},
    buttons={"r": Entry(press, Need.FRESH)},
    starts={"check": Entry(start_check)},
    forms={FORM: Entry(typed), "rumour": Entry(written)},
    dues={REMIND: remind},
    outcomes={"rumour": outcome},
)
