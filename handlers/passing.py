"""Passing replies of the bot in groups, deleted a minute later."""

from bot.domain.letter import Kind, Letter
from handlers.desks import Desks
from handlers.feature import Feature, Work
from handlers.reply import CLEAN_UP


def delete(work: Work, desks: Desks, letter: str) -> None:
    """Deletes a passing reply, if it was ever sent."""
    chat = work.letters.chat_of(letter)
    if chat is not None:
        work.letters.put(Letter(f"d{letter}"[:24], chat, kind=Kind.DELETE, refers=letter))


FEATURE = Feature(dues={CLEAN_UP: delete})
