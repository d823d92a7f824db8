"""Which messages tell the same claim in other words, and what each does with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.claims.pairs import Told
from bot.analysis.claims.teller import ClaimTable
from bot.analysis.lines import Line
from bot.analysis.tables import load
from bot.domain.talk import CLAIMS


@dataclass(frozen=True, slots=True)
class ClaimThread:
    """A claim and its messages, each with what it does: asserts, asks, refutes or confirms."""

    claim: int
    messages: tuple[tuple[int, str], ...]


@cache
def _table() -> ClaimTable:
    return ClaimTable(load("retelling"))


def claims(lines: Sequence[Line]) -> Iterable[ClaimThread]:
    """One thread a claim, in the order in which they came up. Raises `BadTable`."""
    if all(line.reading.claim < CLAIMS for line in lines):
        return
    table, told = _table(), Told(lines)
    for number, claim in enumerate(table.found(told), 1):
        acts = table.acts(told, claim)
        ids = (lines[at].id for at in claim)
        yield ClaimThread(number, tuple(zip(ids, acts, strict=True)))
