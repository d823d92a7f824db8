"""/roles: who holds which office, and links by which a role is given."""

from telegram import Update

from bot.domain.letter import Card
from bot.domain.people import Need
from handlers.feature import Context, Entry, Feature
from handlers.reply import say, say_card, show, toast


async def roles(update: Update, context: Context) -> None:
    """The offices of the person's community."""
    say_card(update, context, context.desks.roles.overview(context.work, context.actor.id))


async def press(update: Update, context: Context) -> None:
    """A button under the list."""
    what, first, second = [*context.pressed.fields, "", "", ""][:3]
    if what == "give":
        give(update, context, first, second or "0")
    else:
        show(update, context, _card(context, what, first, second))


def _card(context: Context, what: str, first: str, second: str) -> Card:
    desk, work, member = context.desks.roles, context.work, context.actor.id
    match what:
        case "add":
            return desk.choose()
        case "revoke":
            return desk.ask_revoke(work, member, first)
        case "sure":
            return desk.revoke(work, member, first, second, context.actor.standing)
        case _:
            return desk.overview(work, member)


def give(update: Update, context: Context, role: str, days: str) -> None:
    """A one-time link, to be forwarded to whoever shall have the role."""
    code = context.desks.roles.invite(
        context.work, context.actor.id, role, days, context.actor.standing
    )
    link = f"https://t.me/{context.tools.username}?start=role_{code}"
    say(update, context, "roles.link", link=link)
    toast(update, context, "roles.link_made")


async def accept(update: Update, context: Context) -> None:
    """Somebody pressed Start with such a link."""
    code = context.words
    context.work.letters.release(context.actor.id)
    say_card(update, context, context.desks.roles.accept(context.work, context.actor.id, code))


FEATURE = Feature(
    commands={"roles": Entry(roles)},
    triggers={"角色": "roles"},
    buttons={"ro": Entry(press, Need.FRESH)},
    starts={"role": Entry(accept)},
)
