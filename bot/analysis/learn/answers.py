"""Learns which message answers which question, and which questions stay open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from bot.analysis.learn.corpus import Chat
from bot.analysis.learn.forest import flat
from bot.analysis.learn.score import Score, over_writers
from bot.analysis.learn.week import moment_of
from bot.analysis.lines import Line
from bot.analysis.threads.company import Company
from bot.analysis.threads.linker import AnswerTable, Judged, answers_of, linked, opened
from bot.analysis.threads.links import Linked, Talked, Vectors, pair
from bot.domain.talk import Reading

Raw = npt.NDArray[Any]
Readings = Mapping[str, Sequence[Reading]]
"""The readings of each chat, by its name, from a reader that never saw its writer."""
Rows = Sequence[Mapping[int, Raw]]
"""For each chat the rows of each question."""
LEASTS = tuple(np.linspace(0.1, 0.6, 11).tolist())


@dataclass(frozen=True, slots=True)
class Laid:
    """One labelled chat, its questions and every pair that may be linked."""

    chat: Chat
    talked: Talked
    after: Mapping[int, tuple[int, ...]]
    rows: Mapping[int, Raw]
    truth: Mapping[int, Raw]
    open: Mapping[int, bool]
    first: Mapping[int, int | None]


Found = Sequence[tuple[Laid, Judged]]


def lines_of(chat: Chat, readings: Sequence[Reading]) -> list[Line]:
    """A labelled chat as lines."""
    return [
        Line(
            said.number,
            moment_of(said),
            said.author,
            "" if said.role == "resident" else said.role,
            said.reply,
            said.text,
            reading,
        )
        for said, reading in zip(chat.messages, readings, strict=True)
    ]


def laid(chat: Chat, readings: Sequence[Reading], vectors: Vectors | None = None) -> Laid:
    """Prepares one chat; its questions are the labelled ones."""
    asked = frozenset(said.number for said in chat.messages if said.asks == "1")
    talked = Talked(lines_of(chat, readings), asked, vectors)
    after = {at: tuple(talked.follows(at)) for at in talked.asked}
    number = [said.number for said in chat.messages]
    known = chat.first_answers
    firsts = {at: known.get(number[at]) for at in talked.asked}
    return Laid(
        chat,
        talked,
        after,
        {at: np.array([pair(talked, at, one) for one in then]) for at, then in after.items()},
        {
            at: np.array([number[at] in chat.messages[one].answers for one in then])
            for at, then in after.items()
        },
        {at: first is None for at, first in firsts.items()},
        {at: None if first is None else talked.place[first] for at, first in firsts.items()},
    )


def learn(chats: Sequence[Laid]) -> dict[str, Raw]:
    """The table of these chats.

    Open questions and the second look at answers are learned from links by forests that never saw
    the writer.
    """
    rows: Rows = [one.rows for one in chats]
    first = _unseen(chats, rows)
    beside: Rows = [_beside(one, found) for one, found in zip(chats, first, strict=True)]
    pairs = _each(chats, first)
    seen = np.array([opened(one.talked, each) for one, each in pairs])
    forests = {
        "answers": _answers(chats, rows),
        "again": _answers(chats, beside),
        "open": _boosted(60).fit(seen, [one.open[each.asked] for one, each in pairs]),
    }
    table = {"least": np.array(_least(_each(chats, _unseen(chats, beside))), np.float32)}
    for name, model in forests.items():
        table |= flat([model]).arrays(name)
    return table


def _each(chats: Sequence[Laid], links: Sequence[Sequence[Linked]]) -> list[tuple[Laid, Linked]]:
    return [(one, each) for one, found in zip(chats, links, strict=True) for each in found]


def _beside(one: Laid, links: Sequence[Linked]) -> Mapping[int, Raw]:
    company = Company(one.talked, links)
    return {each.asked: company.beside(one.rows[each.asked], each) for each in links}


def _unseen(chats: Sequence[Laid], rows: Rows) -> list[list[Linked]]:
    """The links of every chat by a forest that never saw its writer."""
    models = {}
    for part in {one.chat.part for one in chats}:
        others = [n for n, one in enumerate(chats) if one.chat.part != part]
        models[part] = _answers([chats[n] for n in others], [rows[n] for n in others])
    pairs = zip(chats, rows, strict=True)
    return [_links(one, seen, models[one.chat.part]) for one, seen in pairs]


def _answers(chats: Sequence[Laid], rows: Rows) -> Any:
    seen = np.concatenate([each for found in rows for each in found.values() if len(each)])
    truth = np.concatenate([truth for one in chats for truth in one.truth.values() if len(truth)])
    return _boosted(150).fit(seen, truth)


def _boosted(rounds: int) -> Any:
    return HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=0.06,
        max_leaf_nodes=10,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.4,
        random_state=7,
    )


def _links(one: Laid, rows: Mapping[int, Raw], model: Any) -> list[Linked]:
    found = []
    for at, then in one.after.items():
        likely = model.predict_proba(rows[at])[:, 1] if then else np.zeros(0)
        found.append(linked(one.talked, at, then, likely))
    return found


def _least(links: Sequence[tuple[Laid, Linked]]) -> float:
    """The probability from which an answer is named: where most first answers are right."""

    def right(least: float) -> int:
        found = [(one.first[each.asked], answers_of(each, least)[:1]) for one, each in links]
        return sum((() if first is None else (first,)) == named for first, named in found)

    best: float = max(LEASTS, key=right)
    return best


def measure_answers(tables: Mapping[str, Mapping[str, Raw]], chats: Sequence[Laid]) -> list[Score]:
    """How well each writer's chats are linked by the table that never saw the writer."""
    by_writer: list[list[Found]] = []
    for writer, table in tables.items():
        reader = AnswerTable(table)
        own = [one for one in chats if one.chat.part == writer]
        by_writer.append([[(one, each) for each in reader.judge(one.talked)] for one in own])
    every = [one for writer in by_writer for found in writer for one in found]
    answered = sum(not one.open[each.asked] for one, each in every)
    return [
        over_writers("open question, AUC", len(every), _auc, by_writer, 0.80, 0.84),
        over_writers("first answer found", answered, _first, by_writer, 0.50, 0.60),
        over_writers("answers named, precision", answered, _precise, by_writer),
    ]


def _auc(found: Found) -> float:
    truth = [one.open[each.asked] for one, each in found]
    scores = [each.open_score for _, each in found]
    return float(roc_auc_score(truth, scores)) if len(set(truth)) > 1 else float("nan")


def _first(found: Found) -> float:
    """The share of answered questions whose first answer is the first that is named."""
    return _mean(
        [
            each.answers[:1] == (one.first[each.asked],)
            for one, each in found
            if not one.open[each.asked]
        ]
    )


def _precise(found: Found) -> float:
    """The share of the answers named that are answers."""
    return _mean(
        [
            one.chat.messages[each.asked].number in one.chat.messages[at].answers
            for one, each in found
            for at in each.answers
        ]
    )


def _mean(right: Sequence[bool]) -> float:
    """Of nothing, nobody knows."""
    return fmean(right) if right else float("nan")
