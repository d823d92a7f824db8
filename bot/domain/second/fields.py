"""A reading as plain fields and back, for whatever carries it from one process to another."""

from collections.abc import Mapping
from dataclasses import astuple, fields
from typing import Any

from bot.domain.talk import Alone, Mood, Reading, TextKind

_NUMBERS = ("score", "asks", "claim")
_LISTS = ("topics", "names", "personal", "evidence")
_WORDS = ("office", "cues")
ALONE = len(fields(Alone))
LOWEST = {"score": -1.0, "asks": 0.0, "claim": 0.0}


class BadFields(ValueError):
    """These fields are no reading."""


def fields_of(reading: Reading) -> dict[str, Any]:
    """Every field under its name, in values that JSON knows."""
    found = {one.name: getattr(reading, one.name) for one in fields(reading)}
    lists: dict[str, Any] = {name: list(found[name]) for name in _LISTS}
    targets = [list(pair) for pair in reading.targets]
    return found | lists | {"targets": targets, "alone": list(astuple(reading.alone))}


def reading_of(given: object) -> Reading:
    """The reading these fields stand for. Raises `BadFields` on anything else."""
    if not isinstance(given, Mapping) or set(given) != {one.name for one in fields(Reading)}:
        raise BadFields("other fields")
    try:
        kind, mood = TextKind(given["kind"]), Mood(given["mood"])
    except ValueError:
        raise BadFields("an unknown label") from None
    values = {name: _checked(name, given[name]) for name in given if name not in ("kind", "mood")}
    return Reading(kind=kind, mood=mood, **values)


def _checked(name: str, value: object) -> Any:
    if name in _NUMBERS:
        if isinstance(value, (int, float)) and LOWEST[name] <= value <= 1.0:
            return float(value)
    elif name in _LISTS:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
    elif name == "targets":
        if isinstance(value, list) and all(map(_is_target, value)):
            return tuple((actor, stance) for actor, stance in value)
    elif name == "alone":
        if isinstance(value, list) and len(value) == ALONE and all(map(_is_chance, value)):
            return Alone(*value)
    elif isinstance(value, str if name in _WORDS else bool):
        return value
    raise BadFields(name)


def _is_chance(value: object) -> bool:
    return isinstance(value, (int, float)) and 0.0 <= value <= 1.0


def _is_target(pair: object) -> bool:
    """Whom it judges, and for or against."""
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and isinstance(pair[0], str)
        and pair[1] in (-1, 1)
    )
