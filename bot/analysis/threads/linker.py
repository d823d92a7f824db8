"""What a trained table says of each question: who answers it, and whether it is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.forest import Forest
from bot.analysis.threads.company import Company
from bot.analysis.threads.links import FAR, Linked, Talked, Vector, pair

SETTLED = 0.9
"""How likely a formal reply with substance answers: 151 of 167 do in the labelled chats."""
TOP = 3
FIRST_FEW = (3, 8)
LATER = 30
LONG = 2880.0
"""Minutes after which it no longer matters how long a question has stood."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with its answers, as places in the chat, and how likely it is still open."""

    asked: int
    answers: tuple[int, ...]
    open_score: float


class AnswerTable:
    """The forests of answers and of open questions, and where each begins to count.

    Answers are looked at twice: the second forest knows who talks with whom by the first. Whether
    a question is open is told from the first look, which is better at it.
    """

    def __init__(self, table: Mapping[str, npt.NDArray[Any]]) -> None:
        self._answers = Forest.load(table, "answers")
        self._again = Forest.load(table, "again")
        self._open = Forest.load(table, "open")
        self._least = float(table["least"])

    def judge(self, talked: Talked) -> list[Judged]:
        """All questions of a chat, in its order."""
        found = []
        for first, again in self.links_of(talked):
            raw = float(self._open.raw(opened(talked, first)[None, :])[0, 0])
            answers = answers_of(again, self._least)
            found.append(Judged(first.asked, answers, float(_chance(raw))))
        return found

    def likely(self, talked: Talked, asked: int, at: int) -> float:
        """How likely one message answers a question, both given by their places."""
        if not talked.may_answer(asked, at):
            return 0.0
        raw = self._answers.one(pair(talked, asked, at))[0]
        return float(_chance(raw))

    def links_of(self, talked: Talked) -> list[tuple[Linked, Linked]]:
        """What may answer each question of a chat, as the first look and the second have it."""
        asked = [(at, tuple(talked.follows(at))) for at in talked.asked]
        rows = [np.array([pair(talked, at, one) for one in after]) for at, after in asked]
        first = [
            linked(talked, *one, _likely(self._answers, row))
            for one, row in zip(asked, rows, strict=True)
        ]
        company = Company(talked, first)
        return [
            (
                one,
                linked(
                    talked, one.asked, one.after, _likely(self._again, company.beside(row, one))
                ),
            )
            for one, row in zip(first, rows, strict=True)
        ]


def linked(
    talked: Talked, asked: int, after: tuple[int, ...], likely: npt.NDArray[np.float64]
) -> Linked:
    """The links of one question; a formal reply with substance is one whatever the trees say."""
    formal = [SETTLED if talked.settles(asked, at) else 0.0 for at in after]
    return Linked(asked, after, np.maximum(likely, formal))


def _likely(forest: Forest, rows: Vector) -> npt.NDArray[np.float64]:
    """The probability of each row, where there is one."""
    found: npt.NDArray[np.float64] = _chance(forest.raw(rows)[:, 0]) if len(rows) else np.zeros(0)
    return found


def _chance(raw: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(raw, np.float64)))


def answers_of(linked: Linked, least: float) -> tuple[int, ...]:
    """The likely answers in their order, from the one that is most likely the first."""
    if not linked.after or linked.likely.max() < least:
        return ()
    none_yet = np.concatenate([[1.0], np.cumprod(1 - linked.likely)[:-1]])
    first = int((linked.likely * none_yet).argmax())
    rest = zip(linked.after[first + 1 :], linked.likely[first + 1 :], strict=True)
    return (linked.after[first], *(at for at, likely in rest if likely >= max(least, 0.5)))


def opened(talked: Talked, linked: Linked) -> Vector:
    """What tells whether a question is still open, as numbers."""
    question = talked.seen[linked.asked]
    likely = np.sort(linked.likely)[::-1]
    top = np.concatenate([likely, np.zeros(TOP)])[:TOP]
    near = [
        max((p for at, p in _pairs(linked) if at - linked.asked <= few), default=0.0)
        for few in FIRST_FEW
    ]
    numbers = [
        *top,
        *near,
        float(np.prod(1 - linked.likely)),
        float(linked.likely.sum()),
        *_own(talked, linked.asked),
        float(min(len(talked.seen) - linked.asked, FAR)),
        min(talked.seen[-1].minute - question.minute, LONG),
        *question.wants,
        *question.alone,
    ]
    return np.array(numbers, np.float32)


def _pairs(linked: Linked) -> Sequence[tuple[int, float]]:
    return list(zip(linked.after, linked.likely.tolist(), strict=True))


def _own(talked: Talked, asked: int) -> tuple[float, ...]:
    """Whether the asker thanks, asks again or speaks again, and who writes next."""
    asker = talked.seen[asked].line.author
    later = talked.seen[asked + 1 : asked + 1 + LATER]
    own = [one for one in later if asker and one.line.author == asker]
    again = [
        talked.wording.cover(asked, at)
        for at in talked.asked
        if asked < at <= asked + FAR and asker and talked.seen[at].line.author == asker
    ]
    return (
        float(len(own)),
        float(any(one.thanks for one in own)),
        max(again, default=0.0),
        float(sum(one.line.reading.clueless for one in later[:8])),
        float(any(one.line.reply_to == talked.seen[asked].line.id for one in later)),
        later[0].minute - talked.seen[asked].minute if later else -1.0,
    )
