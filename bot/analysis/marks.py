"""Marks: things a reader looks for in a text, each a pattern of `marks.toml` or a length."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.domain.sieve import Sieve

LENGTHS = ("to_2", "to_5", "to_10", "past_20", "past_40", "past_80", "clauses", "asks", "wordless")
_PAUSE = re.compile(r"[,。!?\n ]")
_WORDLESS = re.compile(r"(?:\[[^\]]*\]|\W)*")
Found = Mapping[str, re.Match[str]]


@cache
def patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(group, name, pattern) of every mark, in the order of the file."""
    file = Path(__file__).with_name("marks.toml")
    groups = tomllib.loads(file.read_text("utf-8"))
    return tuple(
        (group, name, re.compile("|".join(lines.strip("\n").split("\n"))))
        for group, marks in groups.items()
        for name, lines in marks.items()
    )


@cache
def names() -> tuple[str, ...]:
    """The names of all marks, in the order of the values of `marked`."""
    return (*(name for _, name, _ in patterns()), *LENGTHS)


@cache
def places() -> Mapping[str, int]:
    """Where the value of each mark stands."""
    return {name: n for n, name in enumerate(names())}


@cache
def group_of() -> Mapping[str, str]:
    """The group of each mark that is a pattern."""
    return {name: group for group, name, _ in patterns()}


@cache
def _sieve() -> Sieve:
    return Sieve([pattern.pattern for _, _, pattern in patterns()])


def marked(text: str) -> tuple[npt.NDArray[np.float32], Found]:
    """Which marks a folded text carries, 0 to 1 each, and the words they were found in."""
    known = patterns()
    values = np.zeros(len(known) + len(LENGTHS), np.float32)
    found = {}
    for n in _sieve().found(text):
        _, name, pattern = known[n]
        hit = pattern.search(text)
        if hit is not None:
            values[n] = 1.0
            found[name] = hit
    values[len(known) :] = _lengths(text)
    return values, found


def _lengths(text: str) -> tuple[float, ...]:
    length = len(text)
    return (
        length <= 2,
        length <= 5,
        length <= 10,
        length > 20,
        length > 40,
        length > 80,
        min(len(_PAUSE.findall(text)), 6) / 6,
        min(text.count("?"), 3) / 3,
        _WORDLESS.fullmatch(text) is not None,
    )
