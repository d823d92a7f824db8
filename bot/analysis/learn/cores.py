"""Work that is shared out over all cores."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

Thing = TypeVar("Thing")
Made = TypeVar("Made")
_work: list[Callable[[Any], Any]] = []
"""What a worker was forked to do."""


def in_one_order() -> Any:
    """A context in which sums are taken in one order: tables and figures come out the same.

    On more threads last digits differ, and a model that stops where it is good enough differs in
    more of them. Cores are used by forked workers instead.
    """
    return threadpool_limits(1)


def on_every_core(work: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    """What `work` makes of each thing, in their order.

    Workers are forked, so they know all that `work` knows; only things and what is made of them
    are sent. Each keeps to one thread: the threads of scikit-learn do not outlive a fork.
    """
    workers = min(os.cpu_count() or 1, len(things))
    with ProcessPoolExecutor(workers, get_context("fork"), _begin, (work,)) as pool:
        return list(pool.map(_do, things))


def _begin(work: Callable[[Any], Any]) -> None:
    _work[:] = [work]


def _do(thing: Any) -> Any:
    with in_one_order():
        return _work[0](thing)
