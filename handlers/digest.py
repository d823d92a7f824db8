"""/digest: the week, on Fridays and whenever somebody asks."""

from telegram import Update

from bot.domain.digest import MANAGERS, RESIDENTS
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.reply import say_card


async def digest(update: Update, context: Context) -> None:
    """This week so far."""
    say_card(update, context, context.desks.digest.ask(context.work, context.actor.id))


def residents(work: Work, desks: Desks, object: str) -> None:
    """Friday, half past six."""
    desks.digest.residents_due(work, object)


def managers(work: Work, desks: Desks, object: str) -> None:
    """Friday, five o'clock."""
    desks.digest.managers_due(work, object)
    desks.learning.gauge.offer(work, object)


FEATURE = Feature(
    commands={"digest": Entry(digest)},
    triggers={"周报": "digest", "週報": "digest"},
    dues={RESIDENTS: residents, MANAGERS: managers},
)
