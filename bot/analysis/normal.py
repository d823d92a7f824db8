"""One form for many spellings: width, invisible characters, traditional script, length."""

import re
import unicodedata
from functools import cache
from typing import Any

from bot.analysis.recent import recent

LONGEST = 1_000
"""Characters that are read of one message; what a long text wants stands at its beginning."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_MARKS = re.compile(r"[\u0300-\u036f]{2,}")
_RUNS = re.compile(r"([^\d〇零洞一二三四五六七八九])\1{3,}")
"""Drawn-out words; figures stay, for four zeros are not three."""


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@recent
def normal(text: str) -> str:
    """The text as the rules expect it; at most `LONGEST` characters."""
    head = text[: LONGEST * 2].encode("utf-8", "replace").decode("utf-8")
    head = _MARKS.sub("", _INVISIBLE.sub("", head))
    head = unicodedata.normalize("NFKC", head)[:LONGEST]
    head = _RUNS.sub(r"\1\1\1", head)
    simple: str = _converter().convert(head)
    return simple.strip()


def simplified(text: str) -> str:
    """The text in the simplified script, otherwise untouched."""
    plain: str = _converter().convert(text)
    return plain
