"""Tells the reader what it reads next, so that it may look at many texts in one go."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.hearing import HearingDesk, Words
from bot.domain.talk import Reader
from handlers.sender import sender_of, words_of
from handlers.store import Store
from handlers.talk import spoken

COMMAND = ("/", "／")


def look_ahead(
    store: Store, hearing: HearingDesk, reader: Reader | None, updates: Sequence[Update]
) -> None:
    """Names the talk of people who are read, and nothing else."""
    if reader is None:
        return
    coming = [words for update in updates if (words := _said(update)) is not None]
    if not coming:
        reader.ahead(())
        return
    with store.work() as work:
        hearing.ahead(work, coming, reader)


def _said(update: Update) -> Words | None:
    message = update.message
    if message is None or words_of(message).startswith(COMMAND):
        return None
    return spoken(message, sender_of(update))
