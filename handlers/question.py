"""/ask, /my, /inbox, /answer, /assign: questions on their way to an answer."""

from telegram import Chat, Message, Update

from bot.domain.basics import Refusal
from bot.domain.community import Community, Form
from bot.domain.letter import Card, button
from bot.domain.matter import MatterKind
from bot.domain.people import Need
from bot.domain.question import CARD, OVERDUE, SETTLE, STALE, Said
from bot.domain.question.routing import ASSIGNABLE
from bot.domain.talk import Message as Text
from bot.domain.talk import Reading
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.place import community_here
from handlers.reply import opened, say, say_card, show, toast
from handlers.sender import words_of
from handlers.talk import said_of

ASK_FORM = "ask"


async def ask(update: Update, context: Context) -> None:
    """/ask, 提问：…, or as a reply to a message that should be answered."""
    message = update.message
    if message is None:
        return
    replied = message.reply_to_message
    text = context.words or words_of(replied)
    if not text.strip():
        _ask_for_words(update, context)
        return
    community = community_here(context, message.chat)
    _made(update, context, community, text, _spot(message, replied, context.words))


def _spot(message: Message, replied: Message | None, words: str) -> Said | None:
    """The message that the answer will be a reply to."""
    if message.chat.type == Chat.PRIVATE:
        return None
    return said_of(replied if replied is not None and not words else message)


def _ask_for_words(update: Update, context: Context) -> None:
    """Nothing was asked yet: in private the next message is the question."""
    message = update.message
    if message is not None and message.chat.type == Chat.PRIVATE:
        context.work.forms.put(Form(context.actor.id, ASK_FORM, "words"))
    say(update, context, "ask.what", ((button("form.cancel", "q:cancel"),),))


async def asked(update: Update, context: Context) -> None:
    """The question itself, in private."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    community = community_here(context, update.message.chat)
    _made(update, context, community, context.words, None)
    context.work.forms.drop(context.actor.id)


async def start_ask(update: Update, context: Context) -> None:
    """〔我要提问〕 on the board."""
    opened(update, context)
    _ask_for_words(update, context)


def _made(
    update: Update, context: Context, community: Community, text: str, said: Said | None
) -> None:
    matter = context.desks.questions.ask(
        context.work, community.id, context.actor.id, text, reading_of(context, text), said, True
    )
    due = matter.due_at or context.work.now
    office = Card("ask.noted", (), {"number": matter.number, "due": due})
    say_card(update, context, office)


def reading_of(context: Context, text: str) -> Reading:
    """What the reader finds; nothing where it is off."""
    reader = context.tools.reader
    return Reading() if reader is None else reader.read(Text(text), ())


async def my(update: Update, context: Context) -> None:
    """What I raised."""
    say_card(update, context, context.desks.inbox.my(context.work, context.actor.id))


async def start_my(update: Update, context: Context) -> None:
    """〔我的事项〕 on the board."""
    opened(update, context)
    await my(update, context)


async def inbox(update: Update, context: Context) -> None:
    """What waits for me."""
    say_card(update, context, context.desks.inbox.inbox(context.work, context.actor.id))


async def older(update: Update, context: Context) -> None:
    """The next page of the inbox."""
    page = context.pressed.fields[0]
    card = context.desks.inbox.inbox(
        context.work, context.actor.id, int(page) if page.isdigit() else 0
    )
    show(update, context, card)


async def answer(update: Update, context: Context) -> None:
    """/answer 12 words; without words they are asked for."""
    number, _, words = context.words.partition(" ")
    work, member = context.work, context.actor.id
    matter, _ = context.desks.inbox.find(work, member, number, MatterKind.QUESTION)
    if not words.strip():
        card = context.desks.answers.begin(work, member, matter.id)
    else:
        read = reading_of(context, words)
        card = context.desks.answers.answer(work, member, matter.id, words, read)
    say_card(update, context, card)


async def assign(update: Update, context: Context) -> None:
    """/assign 12 物业 reason; without an office it is asked for."""
    number, _, rest = context.words.partition(" ")
    office, _, why = rest.strip().partition(" ")
    work, member = context.work, context.actor.id
    matter, _ = context.desks.inbox.find(work, member, number, MatterKind.QUESTION)
    if not office:
        card = context.desks.questions.ask_office(work, member, matter.id)
    else:
        role = OFFICES.get(office.lower(), office)
        card = context.desks.questions.assign(work, member, matter.id, role, why)
    say_card(update, context, card)


OFFICES = {role.value: role.value for role in ASSIGNABLE} | {
    "物业": "property",
    "物業": "property",
    "居委会": "manager",
    "居委會": "manager",
    "居委": "manager",
    "网格员": "grid",
    "網格員": "grid",
    "业委会": "committee",
    "業委會": "committee",
    "书记": "secretary",
    "書記": "secretary",
}


async def typed(update: Update, context: Context) -> None:
    """The words of an answer."""
    if update.message is None or not update.message.text:
        raise Refusal("announce.only_text")
    reading = reading_of(context, context.words)
    card = context.desks.answers.typed(context.work, context.actor.id, context.words, reading)
    say_card(update, context, card)


async def press(update: Update, context: Context) -> None:
    """A button of staff or of the asker."""
    what, id, value = [*context.pressed.fields, "", "", ""][:3]
    card = _staff(context, what, id, value) or _asker(context, what, id)
    if what == "write":
        say_card(update, context, card)
        toast(update, context)
    else:
        show(update, context, card)


def _staff(context: Context, what: str, id: str, value: str) -> Card | None:
    desk, work, member = context.desks.questions, context.work, context.actor.id
    match what:
        case "show":
            return desk.show(work, member, id)
        case "take":
            return desk.take(work, member, id)
        case "write":
            return context.desks.answers.begin(work, member, id)
        case "pass":
            return desk.ask_office(work, member, id)
        case "office":
            return desk.assign(work, member, id, value)
        case "not":
            return desk.dismiss(work, member, id)
    return None


def _asker(context: Context, what: str, id: str) -> Card:
    desk, work, member = context.desks.answers, context.work, context.actor.id
    match what:
        case "ok":
            return desk.solved(work, member, id)
        case "no":
            return desk.unsolved(work, member, id)
        case "back":
            return context.desks.questions.withdraw(work, member, id)
        case "cancel":
            context.work.forms.drop(member)
            return Card("form.cancelled")
    raise Refusal("refuse.old_button")


def card_due(work: Work, desks: Desks, id: str) -> None:
    """Half an hour without a likely answer."""
    desks.questions.card_due(work, id)


def overdue(work: Work, desks: Desks, id: str) -> None:
    """Its time is up."""
    desks.questions.overdue(work, id)


def settle(work: Work, desks: Desks, id: str) -> None:
    """Three days of silence after an answer."""
    desks.answers.settle(work, id)


def stale(work: Work, desks: Desks, id: str) -> None:
    """Half a year without any act."""
    desks.questions.stale(work, id)


FEATURE = Feature(
    commands={
        "ask": Entry(ask),
        "my": Entry(my),
        "inbox": Entry(inbox, Need.MEMBER),
        "answer": Entry(answer, Need.MEMBER),
        "assign": Entry(assign, Need.MEMBER),
    },
    triggers={
        "提问": "ask",
        "提問": "ask",
        "问一下": "ask",
        "報修": "ask",
        "报修": "ask",
        "我的事项": "my",
        "我的事項": "my",
        "待办": "inbox",
        "待辦": "inbox",
        "答复": "answer",
        "答覆": "answer",
        "转给": "assign",
        "轉給": "assign",
    },
    buttons={"q": Entry(press, Need.MEMBER), "in": Entry(older, Need.MEMBER)},
    starts={"ask": Entry(start_ask), "my": Entry(start_my)},
    forms={ASK_FORM: Entry(asked), "question": Entry(typed, Need.MEMBER)},
    dues={CARD: card_due, OVERDUE: overdue, SETTLE: settle, STALE: stale},
)
