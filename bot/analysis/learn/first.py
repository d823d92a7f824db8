"""Learns the first table: one logistic regression a finding over the same features."""

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from bot.analysis import marks
from bot.analysis.first import ACTORS, CUES, FINDINGS, MOODS, FirstTable, signs
from bot.analysis.folded import folded, grams
from bot.analysis.learn.corpus import Chat, Said
from bot.analysis.normal import normal

SEEN, MOST = 2, 60_000
"""A run of characters is kept that stands in two texts; at most so many, the most frequent."""
STRENGTH = {"mood": 2.0, "asks": 1.5, "claim": 1.5}
WEIGHT = {"asks": 2.0, "claim": 2.0, "complaint": 2.0}
RARE = 4.0
BLAMED = frozenset({"property", "committee", "owners", "grid", "government", "business", "other"})
Table = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Example:
    """One text with what is known of it; a finding that nobody judged is missing in `known`."""

    text: str
    role: str
    known: Mapping[str, int]


def example(said: Said) -> Example:
    """A message of a labelled chat."""
    known = {"mood": MOODS.index(said.mood), "asks": said.asks == "1", "claim": bool(said.claim)}
    signs_of = {target[-1] for target in said.targets}
    known |= {"praises": "+" in signs_of, "blames": "-" in signs_of}
    known |= {f"cue{cue}": cue in said.cues for cue in CUES}
    known |= {f"about:{actor}": actor in said.judged for actor in ACTORS}
    return Example(said.text, said.role, {name: int(value) for name, value in known.items()})


def examples(chats: Iterable[Chat]) -> list[Example]:
    """Every message of some chats."""
    return [example(said) for chat in chats for said in chat.messages]


def lettered(rows: Iterable[Mapping[str, str]]) -> list[Example]:
    """Labelled short messages and letters' titles: only the complaint is taken from them."""
    return [Example(row["text"], "", {"complaint": int(row["complaint"])}) for row in rows]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the features of a text are made of; made once for each text."""

    grams: Mapping[str, int]
    signs: npt.NDArray[np.float32]


def prepared(one: Example) -> Prepared:
    """A text, ready to be counted."""
    text = folded(normal(one.text))
    return Prepared(grams(text), signs(marks.marked(text)[0], one.role))


def learn(chosen: Sequence[Example], ready: Sequence[Prepared] | None = None) -> Table:
    """The table of these examples."""
    ready = ready or [prepared(one) for one in chosen]
    words, idf = _vocabulary(ready)
    table: Table = {
        "grams": np.frombuffer("\n".join(words).encode(), np.uint8),
        "idf": idf.astype(np.float16),
    }
    beside = np.array([one.signs for one in ready])
    rows = _rows(ready, {word: n for n, word in enumerate(words)}, idf, beside)
    weights, bias = _weights(rows, chosen)
    seen, table["signs"] = weights[: len(words)], weights[len(words) :].astype(np.float32)
    table["scale"] = (np.abs(seen).max(axis=0) / 127 + 1e-12).astype(np.float32)
    table["weights"] = np.round(seen / table["scale"]).astype(np.int8)
    table["bias"] = bias.astype(np.float32)
    return table


def _vocabulary(ready: Sequence[Prepared]) -> tuple[list[str], npt.NDArray[np.float32]]:
    counts = Counter(word for one in ready for word in one.grams if "\n" not in word)
    common = [(word, n) for word, n in counts.items() if n >= SEEN]
    common.sort(key=lambda pair: (-pair[1], pair[0]))
    kept = sorted(common[:MOST])
    seen = np.array([n for _, n in kept], np.float32)
    idf = np.log((1 + len(ready)) / (1 + seen)) + 1
    return [word for word, _ in kept], idf.astype(np.float16).astype(np.float32)


def _rows(
    ready: Sequence[Prepared],
    place: Mapping[str, int],
    idf: npt.NDArray[np.float32],
    beside: npt.NDArray[np.float32],
) -> Any:
    """A sparse row a text: runs of characters, then signs."""
    data, columns, ends = [], [], [0]
    for one in ready:
        held = [(place[word], n) for word, n in one.grams.items() if word in place]
        if held:
            places, counts = np.array(held).T
            values = (1 + np.log(counts)) * idf[places]
            columns.append(places)
            data.append(values / np.sqrt(values @ values))
        ends.append(ends[-1] + len(held))
    seen = sparse.csr_matrix(
        (np.concatenate(data), np.concatenate(columns), ends), (len(ready), len(place))
    )
    return sparse.hstack([seen, sparse.csr_matrix(beside)]).tocsr()


def _weights(
    rows: Any, chosen: Sequence[Example]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    weights = np.zeros((rows.shape[1], len(FINDINGS)))
    bias = np.full(len(FINDINGS), -9.0)
    judged = [n for n, one in enumerate(chosen) if "mood" in one.known]
    if judged:
        moods = np.array([chosen[n].known["mood"] for n in judged])
        model = _fitted(rows[judged], moods, STRENGTH["mood"], "balanced")
        weights[:, :3], bias[:3] = model.coef_.T, model.intercept_
    for n, name in enumerate(FINDINGS[3:], 3):
        judged = [row for row, one in enumerate(chosen) if name in one.known]
        truth = np.array([chosen[row].known[name] for row in judged])
        if truth.any() and not truth.all():
            class_weight = {0: 1.0, 1: WEIGHT.get(name, RARE)}
            model = _fitted(rows[judged], truth, STRENGTH.get(name, 2.0), class_weight)
            weights[:, n], bias[n] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _fitted(rows: Any, truth: npt.NDArray[Any], strength: float, class_weight: Any) -> Any:
    """Liblinear for two classes is many times faster; three are weighed against each other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = LogisticRegression(
            C=strength,
            class_weight=class_weight,
            max_iter=150,
            tol=1e-3,
            solver="liblinear" if len(set(truth.tolist())) == 2 else "lbfgs",
        )
        return model.fit(rows, truth)


def table_of(chosen: Sequence[Example]) -> FirstTable:
    """A table that can read at once."""
    return FirstTable(learn(chosen))
