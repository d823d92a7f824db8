"""A labelled chat as the reader would have heard it."""

from datetime import UTC, datetime, timedelta

from bot.analysis.learn.corpus import Said
from bot.domain.talk import Alone, Heard, Message, Reading

RESIDENT = "resident"
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def moment_of(said: Said) -> datetime:
    """When it was said."""
    return MONDAY + timedelta(minutes=said.minute)


def message_of(said: Said) -> Message:
    """What a reader is given."""
    role = "" if said.role == RESIDENT else said.role
    return Message(said.text, False, role, moment_of(said), said.author, said.reply)


def heard_as(said: Said, alone: Alone, names: tuple[str, ...]) -> Heard:
    """What is remembered of it."""
    reading = Reading(names=names, alone=alone)
    return Heard(said.number, moment_of(said), said.author, said.role, said.reply, reading)
