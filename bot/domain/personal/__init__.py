"""What leads to a person: a phone, an identity card, a number plate, the door of a home."""

import re

from bot.domain.personal.doors import doors
from bot.domain.personal.found import ADDRESS, IDENTITY, KINDS, PHONE, PLATE, Found
from bot.domain.personal.identity import identities
from bot.domain.personal.phones import phones
from bot.domain.personal.plates import plates
from bot.domain.personal.spelled import counted, narrow, spoken

__all__ = ["ADDRESS", "IDENTITY", "KINDS", "PHONE", "PLATE", "Found", "found"]

_WORTH_A_LOOK = re.compile(r"[\d〇零幺一二三四五六七八九十].{0,3}[\d〇零幺一二三四五六七八九十]")
_FIGURE = re.compile(r"\d")
FEWEST = 6
"""No number of a card or a telephone has fewer figures."""


def found(text: str) -> tuple[Found, ...]:
    """Everything in the text that leads to a person, from left to right, nothing twice."""
    if not _WORTH_A_LOOK.search(text):
        return ()
    plain, figures = narrow(text), counted(text)
    forms = (plain, figures) if spoken(text) else (plain,)
    long = len(_FIGURE.findall(figures)) >= FEWEST
    looks = (identities, phones, plates) if long else (plates,)
    every = [each for look in looks for form in forms for each in look(form)]
    return _apart([*every, *doors(figures)])


def _apart(every: list[Found]) -> tuple[Found, ...]:
    """Of those that overlap, the one that was looked for first."""
    kept: list[Found] = []
    for each in every:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))
