"""/settings: what managers may change in the chat."""

from telegram import Update

from bot.domain.people import Need
from handlers.feature import Context, Entry, Feature
from handlers.reply import say, say_card, show, toast


async def settings(update: Update, context: Context) -> None:
    """What is set now."""
    say_card(update, context, context.desks.configure.overview(context.work, context.actor.id))


async def press(update: Update, context: Context) -> None:
    """A button under the settings."""
    what, *more = (*context.pressed.fields, "")
    desk, work, member = context.desks.configure, context.work, context.actor.id
    if what == "code":
        code = context.desks.roles.invite_setup(work, member, context.actor.standing)
        say(update, context, "settings.code", code=code)
        toast(update, context, "roles.link_made")
    elif what == "set":
        show(update, context, desk.set_lang(work, member, more[0], context.actor.standing))
    elif what == "switch":
        show(update, context, desk.switch(work, member, more[0], context.actor.standing))
    elif what == "list":
        show(update, context, desk.overview(work, member))
    else:
        show(update, context, desk.ask(work, member, what))


async def typed(update: Update, context: Context) -> None:
    """A new value."""
    standing = context.actor.standing
    card = context.desks.configure.typed(context.work, context.actor.id, context.words, standing)
    say_card(update, context, card)


FEATURE = Feature(
    commands={"settings": Entry(settings)},
    triggers={"设置": "settings", "設定": "settings"},
    buttons={"se": Entry(press, Need.FRESH)},
    forms={"settings": Entry(typed, Need.FRESH)},
)
