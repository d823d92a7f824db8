"""Danger here and now: what happens, and nothing in the words that puts it elsewhere."""

import re
from functools import cache

from bot.analysis.hazard.dangers import DANGERS, WORTH_A_LOOK
from bot.analysis.hazard.elsewhere import is_elsewhere, is_now
from bot.domain.sieve import Sieve

LONGEST = 40


@cache
def _words() -> Sieve:
    return Sieve([danger.words.pattern for danger in DANGERS], re.IGNORECASE)


def hazard(text: str) -> str:
    """The words that tell of a danger here and now, or nothing. Takes a normal text."""
    if not WORTH_A_LOOK.search(text):
        return ""
    for danger in map(DANGERS.__getitem__, _words().found(text)):
        for found in danger.words.finditer(text):
            if danger.needs_urgency and not is_now(text):
                break
            if not is_elsewhere(text, found, danger):
                return found.group().strip()[:LONGEST]
    return ""
