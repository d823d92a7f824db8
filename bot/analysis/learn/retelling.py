"""Learns which messages tell the same claim, and what each does with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import f1_score

from bot.analysis.claims.pairs import Told, acting, same
from bot.analysis.claims.teller import ACTS, ClaimTable, grouped, pairs_of
from bot.analysis.learn.answers import lines_of
from bot.analysis.learn.corpus import Chat
from bot.analysis.learn.forest import flat
from bot.analysis.learn.score import Score, over_writers
from bot.analysis.threads.links import Vectors
from bot.domain.talk import Reading

Raw = npt.NDArray[Any]
MARKS = "!?xv"
"""The marks of the four acts, in the order of `ACTS`."""
LEASTS = tuple(np.linspace(-0.5, 1.5, 9).tolist())
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """One labelled chat, its claims and every pair of messages that may tell the same."""

    chat: Chat
    told: Told
    pairs: Pairs
    rows: Raw
    truth: Raw
    claims: tuple[tuple[int, ...], ...]
    """The labelled claims, each as the places of its messages."""


def laid(chat: Chat, readings: Sequence[Reading], vectors: Vectors | None = None) -> Laid:
    """Prepares one chat; the messages that tell claims are the labelled ones."""
    lines = lines_of(chat, readings)
    told = Told(lines, frozenset(said.number for said in chat.messages if said.claim), vectors)
    names = [said.claim[:-1] for said in chat.messages]
    pairs = tuple(pairs_of(told))
    known = sorted({names[at] for at in told.telling})
    return Laid(
        chat,
        told,
        pairs,
        np.array([same(told, *pair) for pair in pairs]),
        np.array([names[one] == names[other] for one, other in pairs]),
        tuple(tuple(at for at in told.telling if names[at] == name) for name in known),
    )


def learn(chats: Sequence[Laid]) -> dict[str, Raw]:
    """The table of these chats; where two become one is learned from unseen writers."""
    scores: list[tuple[Laid, dict[tuple[int, int], float]]] = []
    for part in sorted({one.chat.part for one in chats}):
        model = _same([one for one in chats if one.chat.part != part])
        for one in chats:
            if one.chat.part == part:
                raw = model.decision_function(one.rows).tolist()
                scores.append((one, dict(zip(one.pairs, raw, strict=True))))
    return {
        **flat([_same(chats)]).arrays("same"),
        **_acts(chats),
        "least": np.array(max(LEASTS, key=lambda least: _grouped(scores, least)), np.float32),
    }


def _grouped(scores: Sequence[tuple[Laid, dict[tuple[int, int], float]]], least: float) -> float:
    return pair_f1([(one, grouped(one.told.telling, known, least)) for one, known in scores])


def _same(chats: Sequence[Laid]) -> Any:
    rows = np.concatenate([one.rows for one in chats])
    return _boosted(100, None).fit(rows, np.concatenate([one.truth for one in chats]))


def _acts(chats: Sequence[Laid]) -> dict[str, Raw]:
    rows, truth = [], []
    for one in chats:
        for claim in one.claims:
            for n, at in enumerate(claim):
                rows.append(acting(one.told, at, claim[:n]))
                truth.append(MARKS.index(one.chat.messages[at].claim[-1]))
    model = _boosted(60, "balanced").fit(np.array(rows), truth)
    return {**flat([model]).arrays("acts"), "shift": np.zeros(len(ACTS), np.float32)}


def _boosted(rounds: int, weight: str | None) -> Any:
    return HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=0.06,
        max_leaf_nodes=8,
        min_samples_leaf=25,
        l2_regularization=5.0,
        max_features=0.4,
        class_weight=weight,
        random_state=7,
    )


def pair_f1(found: Sequence[tuple[Laid, Sequence[Sequence[int]]]]) -> float:
    """F1 over all pairs of messages: which tell the same claim."""
    shared = told = 0
    for one, groups in found:
        truth, named = _pairs(one.claims), _pairs(groups)
        shared += len(truth & named)
        told += len(truth) + len(named)
    return 2 * shared / told if told else 0.0


def _pairs(groups: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    return {(a, b) for group in groups for a in group for b in group if a < b}


def measure_claims(tables: Mapping[str, Mapping[str, Raw]], chats: Sequence[Laid]) -> list[Score]:
    """How well each writer's claims are told apart by the table that never saw the writer.

    Whole means with the claims that the reader finds by itself, not with the labelled ones.
    """
    same_claim, whole, acts = [], [], []
    for writer, table in tables.items():
        reader = ClaimTable(table)
        own = [one for one in chats if one.chat.part == writer]
        same_claim.append([[(one, reader.group(one.told))] for one in own])
        found = [Told(one.told.lines, vectors=one.told.vectors) for one in own]
        whole.append([[(one, reader.found(each))] for one, each in zip(own, found, strict=True)])
        acts.append([_acted(reader, one) for one in own])
    writers = set(tables)
    count = sum(len(one.told.telling) for one in chats if one.chat.part in writers)
    return [
        over_writers("same claim, pair F1", count, pair_f1, same_claim, 0.45, 0.55),
        over_writers("same claim as found by itself, pair F1", count, pair_f1, whole),
        over_writers("what a message does with a claim, macro-F1", count, _act_f1, acts),
    ]


def _acted(reader: ClaimTable, one: Laid) -> list[tuple[str, str]]:
    """What each message does with its claim, and what the reader says of it."""
    return [
        (ACTS[MARKS.index(one.chat.messages[at].claim[-1])], said)
        for claim in one.claims
        for at, said in zip(claim, reader.acts(one.told, list(claim)), strict=True)
    ]


def _act_f1(acts: Sequence[tuple[str, str]]) -> float:
    truth, found = zip(*acts, strict=True) if acts else ((), ())
    return float(f1_score(truth, found, average="macro", labels=ACTS, zero_division=0))
