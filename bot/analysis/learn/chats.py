"""How well labelled chats are read by somebody who never met their writer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, f1_score, precision_score

from bot.analysis.first import ACTORS, CUES
from bot.analysis.learn.corpus import Chat, Said
from bot.analysis.learn.score import Score, over_writers
from bot.analysis.learn.week import message_of, moment_of
from bot.domain.talk import ASKS, REMEMBERED, Heard, Message, Mood, Reading

LITTLE = 0.03
Pair = tuple[Said, Reading]


class Reads(Protocol):
    """Whoever reads a message after what was heard before."""

    def read(self, message: Message, before: Sequence[Heard]) -> Reading: ...


def read_through(chat: Chat, reader: Reads) -> Iterator[Pair]:
    """Every message of a chat with its reading, one after the other, as in a group."""
    before: list[Heard] = []
    for said in chat.messages:
        reading = reader.read(message_of(said), before[-REMEMBERED:])
        before.append(
            Heard(said.number, moment_of(said), said.author, said.role, said.reply, reading)
        )
        yield said, reading


def mood(pairs: Sequence[Pair]) -> float:
    """Macro-F1 of three classes; unknown counts as neutral."""
    truth = [said.mood for said, _ in pairs]
    found = ["0" if r.mood is Mood.UNKNOWN else r.mood.value for _, r in pairs]
    return float(f1_score(truth, found, average="macro", labels=["-", "0", "+"]))


def unknown(pairs: Sequence[Pair]) -> float:
    """The share of messages whose mood is unknown."""
    return fmean(reading.mood is Mood.UNKNOWN for _, reading in pairs)


def _asks(pairs: Sequence[Pair]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    return (
        np.array([said.asks == "1" for said, _ in pairs]),
        np.array([reading.asks >= ASKS for _, reading in pairs]),
    )


def question(pairs: Sequence[Pair]) -> float:
    """F1 of messages that need an answer."""
    return float(f1_score(*_asks(pairs), zero_division=0))


def question_precision(pairs: Sequence[Pair]) -> float:
    """How many of the questions found are questions."""
    return float(precision_score(*_asks(pairs), zero_division=0))


def _claims(pairs: Sequence[Pair]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    return (
        np.array([bool(said.claim) for said, _ in pairs]),
        np.array([reading.claim for _, reading in pairs]),
    )


def claim(pairs: Sequence[Pair]) -> float:
    """Average precision of messages about an unverified claim."""
    return float(average_precision_score(*_claims(pairs)))


def claim_recall(pairs: Sequence[Pair]) -> float:
    """Recall of claims where 3 % of ordinary talk is flagged."""
    truth, scores = _claims(pairs)
    return float((scores[truth] > np.quantile(scores[~truth], 1 - LITTLE)).mean())


def _targets(reading: Reading) -> set[str]:
    return {f"{actor}{'+' if stance > 0 else '-'}" for actor, stance in reading.targets}


def stances(pairs: Sequence[Pair]) -> float:
    """Macro-F1 of for, against and neither, for each actor; the mean over the actors."""
    scores = []
    for actor in ACTORS:
        truth = [_stance(set(said.targets), actor) for said, _ in pairs]
        found = [_stance(_targets(reading), actor) for _, reading in pairs]
        scores.append(f1_score(truth, found, average="macro", zero_division=0))
    return fmean(scores)


def _stance(targets: set[str], actor: str) -> int:
    return (f"{actor}+" in targets) - (f"{actor}-" in targets)


def targets(pairs: Sequence[Pair]) -> float:
    """Micro-F1 of (actor, stance) labels: how many of all are found, and found right."""
    shared = sum(len(set(said.targets) & _targets(reading)) for said, reading in pairs)
    told = sum(len(said.targets) + len(reading.targets) for said, reading in pairs)
    return 2 * shared / told if told else 0.0


def cues(pairs: Sequence[Pair]) -> float:
    """Macro-F1 of the five cues."""
    return fmean(
        float(
            f1_score(
                [cue in said.cues for said, _ in pairs],
                [cue in reading.cues for _, reading in pairs],
                zero_division=0,
            )
        )
        for cue in CUES
    )


@dataclass(frozen=True, slots=True)
class Task:
    """One figure of the table: how it is worked out, and what it must reach."""

    name: str
    measure: Callable[[Sequence[Pair]], float]
    must: float | None = None
    must_with_meaning: float | None = None


TASKS = (
    Task("mood, macro-F1", mood, 0.63, 0.67),
    Task("mood unknown, share", unknown),
    Task("question F1", question, 0.75, 0.78),
    Task("question precision", question_precision, 0.70, 0.70),
    Task("claim AP", claim, 0.58, 0.64),
    Task("claim recall at 3 % flagged", claim_recall, 0.40, 0.50),
    Task("whom it judges and how, macro-F1", stances, 0.45, 0.50),
    Task("whom it judges and how, micro-F1", targets),
    Task("cues, macro-F1", cues),
)


def by_writer(read: Mapping[str, Sequence[Pair]], task: Task) -> Score:
    """The mean over writers of one figure; `read` holds the pairs of each chat by its name."""
    writers = sorted({name[0] for name in read})
    chats = [[read[name] for name in read if name[0] == writer] for writer in writers]
    count = sum(map(len, read.values()))
    return over_writers(task.name, count, task.measure, chats, task.must, task.must_with_meaning)
