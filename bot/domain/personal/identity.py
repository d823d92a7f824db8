"""Numbers of identity cards and travel documents."""

import re
from collections.abc import Iterator

from bot.domain.personal.found import IDENTITY, Found
from bot.domain.personal.serials import names_a_thing
from bot.domain.personal.spelled import GAP

_NEAR = 16
_LONG = re.compile(
    rf"(?<![\dA-Za-z])[1-9](?:{GAP}{{0,2}}\d){{16}}{GAP}{{0,2}}[\dXx](?![\dA-Za-z])"
)
_BORN = re.compile(r"[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OLD = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z])"
)
_ISLAND = re.compile(r"(?<![\dA-Za-z])[A-Za-z][1289]\d{8}(?![\dA-Za-z])")
_HARBOUR = re.compile(r"(?<![\dA-Za-z])(?:[A-Za-z]{1,2}\d{6}|[157]\d{6})\s?\([\dAa]\)")
_TRAVEL = re.compile(
    r"(?:护照|通行证|台胞证|回乡证|居留证|居住证|港澳证|身份证|证件|证号|passport)"
    r"[^\d,。;!?]{0,8}?(?<![\dA-Za-z])(?P<number>[A-Za-z]{0,3}\s?\d{3,4}[-\s]?\d{4,6})(?![\dA-Za-z])",
    re.IGNORECASE,
)
_CARD = re.compile(r"身份证|身分证|证件|证号|证[:是]", re.IGNORECASE)


def identities(text: str) -> Iterator[Found]:
    """Numbers of papers in a text of one spelling."""
    for found in _LONG.finditer(text):
        if _born(found.group()) or _CARD.search(
            text[max(0, found.start() - _NEAR) : found.start()]
        ):
            yield from _unless_a_thing(text, *found.span())
    for paper in (_OLD, _ISLAND, _HARBOUR):
        for found in paper.finditer(text):
            yield from _unless_a_thing(text, *found.span())
    for found in _TRAVEL.finditer(text):
        yield Found(IDENTITY, *found.span("number"), found.start("number"))


def _born(number: str) -> bool:
    return _BORN.match(re.sub(r"[^\dXx]", "", number)) is not None


def _unless_a_thing(text: str, start: int, end: int) -> Iterator[Found]:
    if not names_a_thing(text, start):
        yield Found(IDENTITY, start, end, start)
