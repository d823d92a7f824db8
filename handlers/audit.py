"""/audit: who did or looked at what."""

from telegram import Update

from handlers.feature import Context, Entry, Feature
from handlers.reply import say_card, show


async def audit(update: Update, context: Context) -> None:
    """The last month."""
    say_card(update, context, context.desks.audit.read(context.work, context.actor.id))


async def older(update: Update, context: Context) -> None:
    """A page further back."""
    page = context.pressed.fields[0]
    number = int(page) if page.isascii() and page.isdigit() else 0
    show(update, context, context.desks.audit.read(context.work, context.actor.id, number))


FEATURE = Feature(
    commands={"audit": Entry(audit)},
    triggers={"审计": "audit", "審計": "audit"},
    buttons={"au": Entry(older)},
)
