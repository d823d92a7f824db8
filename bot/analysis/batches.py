"""What is read together: some neighbours at a time, few where they are long."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

TOGETHER, HELD = 50, 1 << 20
"""So many at once at most, or so many characters or bytes."""
Thing = TypeVar("Thing")


def batches(
    things: Iterable[Thing], length: Callable[[Thing], int], most: int = TOGETHER
) -> Iterator[list[Thing]]:
    """All things in their order, in lists of at most `most`; a long one ends its list."""
    some, held = list[Thing](), 0
    for thing in things:
        some.append(thing)
        held += length(thing)
        if len(some) >= most or held >= HELD:
            yield some
            some, held = [], 0
    if some:
        yield some
