"""Which message answers which question, and which questions are still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.analysis.lines import Line
from bot.analysis.tables import load
from bot.analysis.threads.linker import AnswerTable
from bot.analysis.threads.links import Talked
from bot.domain.talk import ASKS


@dataclass(frozen=True, slots=True)
class Thread:
    """A question, what answers it, and how likely it is still open."""

    question: int
    answers: tuple[int, ...]
    open_score: float


@cache
def _table() -> AnswerTable:
    return AnswerTable(load("answers"))


def threads(lines: Sequence[Line]) -> Iterable[Thread]:
    """One thread a question, in the order of the chat. Raises `BadTable`."""
    if all(line.reading.asks < ASKS for line in lines):
        return
    for judged in _table().judge(Talked(lines)):
        answers = tuple(lines[at].id for at in judged.answers)
        yield Thread(lines[judged.asked].id, answers, judged.open_score)
