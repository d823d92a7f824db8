"""Learns the second look from first looks that had not seen the writer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import f1_score, precision_recall_curve

from bot.analysis import marks
from bot.analysis.context import context
from bot.analysis.first import ACTORS, MOODS, FirstTable, Vector
from bot.analysis.folded import folded
from bot.analysis.learn.corpus import Chat, Said
from bot.analysis.learn.first import Table
from bot.analysis.learn.forest import flat
from bot.analysis.learn.week import heard_as, message_of
from bot.analysis.named import named_in
from bot.analysis.normal import normal
from bot.analysis.second import Seen, candidates, judged, mixed, placed
from bot.analysis.trained import alone_of
from bot.domain.talk import REMEMBERED, Heard

Raw = npt.NDArray[Any]
Weighing = Callable[[str, Vector, str], Vector]
"""What a meaning says, told of a text, its marks and the speaker's role."""
PRECISE, FLAGGED = 0.70, 0.03
"""The least precision of questions, and the most ordinary talk that may be flagged as a claim."""
FIRMLY = 0.01
"""What a limit of an actor's own costs, in F1, one logit away from that of all."""
FOLDS = 4
"""Thresholds are chosen over so many shares of the parts, each unseen by who is asked."""
ROUNDS, BINS = 100, 255
"""How many trees a forest has for each class, and how many values of a feature it tells apart."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One labelled message and everything that goes into the second look."""

    said: Said
    seen: Seen
    part: str


def walked(chat: Chat, table: FirstTable, weighing: Weighing | None) -> Iterator[Placed]:
    """The messages of one chat, each in its place; what went before is what the words said."""
    before: list[Heard] = []
    for said in chat.messages:
        text = folded(normal(said.text))
        marked, found = marks.marked(text)
        logits = table.logits(text, marked, said.role)
        meant = weighing(said.text, marked, said.role) if weighing else None
        place = context(message_of(said), before[-REMEMBERED:])
        yield Placed(said, Seen(logits, marked, place, said.role, meant), chat.part)
        before.append(heard_as(said, alone_of(logits), named_in(found)))


def learn(rows: Sequence[Placed]) -> Table:
    """The forests of these messages, with the shifts that put thresholds at one half."""
    parts = sorted({row.part for row in rows})
    groups = np.array([parts.index(row.part) % FOLDS for row in rows])
    seen = np.array([placed(row.seen) for row in rows])
    words = np.array([row.seen.moods for row in rows])
    targets = _truths(rows)
    models, shifts = [], []
    for name, truth in targets.items():
        models.append(_boosted(name).fit(seen, truth))
        raw = _out_of_fold(name, seen, truth, groups)
        shifts.append(_shift(name, truth, mixed(raw, words) if name == "mood" else raw))
    whom, limits = _whom(rows, groups)
    return {
        **flat(models).arrays("talk"),
        **whom,
        "shift": np.concatenate(shifts).astype(np.float32),
        "limits": limits.astype(np.float32),
    }


def _truths(rows: Sequence[Placed]) -> dict[str, npt.NDArray[np.int64]]:
    return {
        "mood": np.array([MOODS.index(row.said.mood) for row in rows]),
        "asks": np.array([int(row.said.asks == "1") for row in rows]),
        "claim": np.array([int(bool(row.said.claim)) for row in rows]),
    }


def _boosted(name: str) -> Any:
    weight: Any = {"mood": "balanced", "whom": None}.get(name, {0: 1.0, 1: 2.0})
    return HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        max_bins=BINS,
        learning_rate=0.08,
        max_leaf_nodes=12,
        max_depth=5,
        l2_regularization=5.0,
        min_samples_leaf=30,
        class_weight=weight,
        max_features=0.3,
        random_state=7,
    )


def _out_of_fold(
    name: str,
    seen: npt.NDArray[np.float32],
    truth: npt.NDArray[np.int64],
    groups: npt.NDArray[np.int64],
) -> Raw:
    """The raw scores of each part's messages from a model that never saw its writers."""
    raw: Raw | None = None
    for group in np.unique(groups):
        out = groups == group
        model = _boosted(name).fit(seen[~out], truth[~out])
        said = model._raw_predict(seen[out])
        raw = np.zeros((len(seen), said.shape[1])) if raw is None else raw
        raw[out] = said
    if raw is None:
        raise ValueError("nothing to learn from")
    return raw


def _shift(name: str, truth: npt.NDArray[np.int64], raw: Raw) -> Raw:
    """What is added to the logits, so that the best threshold becomes one half."""
    if name == "mood":
        return _balance(truth, raw)
    scores = raw[:, 0]
    if name == "claim":
        least: Raw = -np.quantile(scores[truth == 0], [1 - FLAGGED])
        return least
    f1, precision, thresholds = _f1_from(scores, truth)
    f1[precision < PRECISE + 0.03] = 0
    best: Raw = -thresholds[[int(f1.argmax())]]
    return best


def _f1_from(raw: Raw, truth: npt.NDArray[np.int64]) -> tuple[Raw, Raw, Raw]:
    """F1 and precision where a finding counts from each threshold, and the thresholds."""
    precision, recall, thresholds = precision_recall_curve(truth, raw)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return f1[:-1], precision[:-1], thresholds


def _balance(truth: npt.NDArray[np.int64], raw: Raw) -> Raw:
    """The shifts of negative and positive that serve macro-F1 best."""
    steps = np.linspace(-0.8, 0.8, 9)
    tried = [np.array([bad, 0.0, good]) for bad in steps for good in steps]
    scores = [
        f1_score(truth, (raw + shift).argmax(1), average="macro", zero_division=0)
        for shift in tried
    ]
    return tried[int(np.argmax(scores))]


def _whom(rows: Sequence[Placed], groups: npt.NDArray[np.int64]) -> tuple[Table, Raw]:
    """The forest that tells who is judged, of every actor that may be, and each actor's limit."""
    found = [(row.seen, candidates(row.seen)) for row in rows]
    pairs = [(n, actor) for n, (_, actors) in enumerate(found) for actor in actors]
    seen = np.concatenate([judged(one, actors, placed(one)) for one, actors in found if actors])
    truth = np.array([int(ACTORS[actor] in rows[n].said.judged) for n, actor in pairs])
    model = _boosted("whom").fit(seen, truth)
    raw = _out_of_fold("whom", seen, truth, groups[[n for n, _ in pairs]])[:, 0]
    return flat([model]).arrays("judged"), _limits(raw, truth, [actor for _, actor in pairs])


def _limits(raw: Raw, truth: npt.NDArray[np.int64], actors: Sequence[int]) -> Raw:
    """From which logit each actor counts as judged: best for its F1, not far from that of all."""
    of_all = _limit(raw, truth)
    limits = np.full(len(ACTORS), of_all)
    for actor in range(len(ACTORS)):
        own = np.equal(actors, actor)
        if truth[own].any():
            limits[actor] = _limit(raw[own], truth[own], of_all)
    return limits


def _limit(raw: Raw, truth: npt.NDArray[np.int64], near: float | None = None) -> float:
    """The threshold of the best F1; few examples say little of where it lies far from `near`."""
    f1, _, thresholds = _f1_from(raw, truth)
    worth = f1 if near is None else f1 - FIRMLY * (thresholds - near) ** 2
    return float(thresholds[int(worth.argmax())])


def without_words(rows: Sequence[Placed]) -> list[Placed]:
    """The same rows without a text, small enough to be kept side by side."""
    return [replace(row, said=replace(row.said, text="")) for row in rows]
