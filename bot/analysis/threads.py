"""Which message answers which question; formal replies only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.analysis.lines import Line
from bot.domain.talk import ASKS, Reading


@dataclass(frozen=True, slots=True)
class Thread:
    """A question, what answers it, and how likely it is still open."""

    question: int
    answers: tuple[int, ...]
    open_score: float


def threads(lines: Sequence[Line]) -> Iterable[Thread]:
    """One thread a question, in the order of the chat."""
    answers: dict[int, list[int]] = {line.id: [] for line in lines if line.reading.asks >= ASKS}
    for line in lines:
        if line.reply_to in answers and _has_substance(line.reading):
            answers[line.reply_to].append(line.id)
    for question, found in answers.items():
        yield Thread(question, tuple(found), 0.0 if found else 1.0)


def _has_substance(reading: Reading) -> bool:
    return not (reading.canned or reading.clueless or reading.asks >= ASKS)
