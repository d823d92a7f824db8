"""Which messages tell the same claim; by shared pairs of characters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.analysis.lines import Line
from bot.domain.similar import SAME, likeness
from bot.domain.talk import ASKS, CLAIMS


@dataclass(frozen=True, slots=True)
class ClaimThread:
    """A claim and its messages, each with what it does: asserts, asks, refutes or confirms."""

    claim: int
    messages: tuple[tuple[int, str], ...]


def claims(lines: Sequence[Line]) -> Iterable[ClaimThread]:
    """One thread a claim, in the order in which they came up."""
    found: list[list[Line]] = []
    for line in lines:
        if line.reading.claim >= CLAIMS:
            _home(found, line).append(line)
    for number, told in enumerate(found, 1):
        yield ClaimThread(number, tuple((line.id, _act(line)) for line in told))


def _home(found: list[list[Line]], line: Line) -> list[Line]:
    for told in found:
        if likeness(told[0].text, line.text) >= SAME:
            return told
    found.append([])
    return found[-1]


def _act(line: Line) -> str:
    return "asks" if line.reading.asks >= ASKS else "asserts"
