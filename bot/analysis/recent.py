"""What was worked out for a text a moment ago, until it is forgotten: no words stay behind."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

MOST = 64
"""Texts that are remembered at once."""
P = ParamSpec("P")
R = TypeVar("R")
_forgetting: list[Callable[[], None]] = []


def recent(work: Callable[P, R]) -> Callable[P, R]:
    """Works a thing out once for the few texts that are soon asked about again."""
    kept = lru_cache(maxsize=MOST)(work)
    _forgetting.append(kept.cache_clear)
    return cast("Callable[P, R]", kept)


def forget() -> None:
    """From here on nothing is remembered of any text."""
    for clear in _forgetting:
        clear()
