"""/setup: opening a community, in three steps in private chat."""

from telegram import Chat, Update

from bot.domain.basics import ChatId, MemberId
from bot.domain.letter import Kind, Letter
from bot.domain.people import Need
from bot.domain.setup import Place
from handlers.feature import Context, Entry, Feature
from handlers.reply import change, here, say, say_card, show, toast

_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)


async def setup(update: Update, context: Context) -> None:
    """Asked in the group, answered in private; a code does not stay in the group."""
    message = update.message
    if message is None or message.chat.type not in _GROUPS:
        say(update, context, "setup.in_the_group")
        return
    if context.words:
        _take_away(update, context)
    topic = message.message_thread_id if message.is_topic_message else None
    place = Place(
        ChatId(message.chat.id), message.chat.title or "", bool(message.chat.is_forum), topic
    )
    card = context.desks.setup.ask(
        context.work,
        context.actor.id,
        context.lang,
        place,
        context.actor.standing,
        context.words.strip(),
    )
    say_card(update, context, card)
    here(update, context, "setup.see_private")


def _take_away(update: Update, context: Context) -> None:
    """Deletes the command that carries a code, where we may."""
    message = update.message
    if message is not None:
        chat = ChatId(message.chat.id)
        context.work.letters.put(
            Letter(context.new_id(), chat, kind=Kind.DELETE, target=message.message_id)
        )


async def press(update: Update, context: Context) -> None:
    """A button of the form."""
    what, *more = context.pressed.fields
    desk, work, member = context.desks.setup, context.work, context.actor.id
    value = more[0] if more else ""
    if what == "role":
        _offer_role(update, context, member, value)
    elif what == "look":
        show(update, context, desk.card(work, member))
        toast(update, context, "setup.looked")
    else:
        show(update, context, desk.press(work, member, what, value))


def _offer_role(update: Update, context: Context, member: MemberId, role: str) -> None:
    code = context.desks.setup.invite(context.work, member, role)
    link = f"https://t.me/{context.tools.username}?start=role_{code}"
    say(update, context, "roles.link", link=link)
    toast(update, context, "roles.link_made")


async def finish(update: Update, context: Context) -> None:
    """Posts the notice and starts, or joins a community: with fresh rights."""
    what, *more = context.pressed.fields
    desk, work, member = context.desks.setup, context.work, context.actor.id
    if what == "publish":
        card = desk.publish(work, member, context.actor.standing)
    else:
        card = desk.merge(work, member, more[0] if more else "", context.actor.standing)
    change(update, context, card.key, card.rows, **card.values)


async def pressed(update: Update, context: Context) -> None:
    """Which of the two kinds of button it is."""
    if context.pressed.fields[:1] in (("publish",), ("merge",)):
        await finish(update, context)
    elif context.pressed.fields:
        await press(update, context)


async def typed(update: Update, context: Context) -> None:
    """The answer to a question of the form."""
    card = context.desks.setup.typed(context.work, context.actor.id, context.words)
    say_card(update, context, card)


FEATURE = Feature(
    commands={"setup": Entry(setup, Need.FRESH)},
    triggers={"开通": "setup", "開通": "setup"},
    buttons={"su": Entry(pressed, Need.FRESH)},
    forms={"setup": Entry(typed)},
)
