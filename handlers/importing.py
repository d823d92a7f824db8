"""A group's past: `result.json` sent in private is read, shown once, and gone."""

import re

from telegram import Update

from bot.domain.basics import Refusal
from bot.domain.importing import Imported
from bot.domain.letter import Card
from bot.domain.people import Need
from handlers.feature import Context, Entry, Feature
from handlers.fetch import TooLarge, Unfetched
from handlers.reply import say_card, toast

_LINE = re.compile(r"^(\d{1,3})\. 「(.*)」", re.MULTILINE)


async def document(update: Update, context: Context) -> None:
    """A file in private: from those in charge an export, from others nothing we can read."""
    context.desks.imports.require(context.work, context.actor.id)
    brought = context.step.brought
    if isinstance(brought, TooLarge):
        raise Refusal("import.too_large", limit=brought.limit)
    if isinstance(brought, Unfetched):
        raise Refusal(brought.key)
    if not isinstance(brought, Imported):
        raise Refusal("import.no_json")
    for card in context.desks.imports.show(context.work, context.actor.id, brought):
        say_card(update, context, card)


async def how(update: Update, context: Context) -> None:
    """〔导入聊天记录〕: how to get the file."""
    context.desks.imports.require(context.work, context.actor.id)
    say_card(update, context, Card("import.how"))
    toast(update, context)


async def keep(update: Update, context: Context) -> None:
    """A tap under the list: the words are those of the message the button stands in."""
    query, reader = update.callback_query, context.tools.reader
    message = query.message if query is not None else None
    text = getattr(message, "text", None) or ""
    found = dict(_LINE.findall(text))
    number, community = [*context.pressed.fields, "", ""][:2]
    if number not in found or reader is None:
        raise Refusal("refuse.old_button")
    card = context.desks.imports.keep(
        context.work, context.actor.id, found[number], reader, community
    )
    toast(update, context, card.key, alert=True, **card.values)


FEATURE = Feature(
    events={"document": Entry(document, Need.NONE, fetch=True)},
    buttons={"im": Entry(keep, Need.MEMBER), "ih": Entry(how)},
)
